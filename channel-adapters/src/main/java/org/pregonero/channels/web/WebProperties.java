package org.pregonero.channels.web;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where public announcements are read.
 *
 * @param baseUrl address below which an announcement is shown by its token, for example
 *     {@code https://avisos.ejemplo.gov.co/anuncios}; without it there is no web channel
 */
@ConfigurationProperties(WebProperties.PREFIX)
public record WebProperties(String baseUrl) {

    static final String PREFIX = "pregonero.channels.web";

    /** The address with its closing slash, if it is one. */
    Optional<URI> base() {
        try {
            URI base = new URI(baseUrl.strip().replaceAll("/*$", "/"));
            return base.getHost() != null && ("http".equals(base.getScheme()) || "https".equals(base.getScheme()))
                    ? Optional.of(base)
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
