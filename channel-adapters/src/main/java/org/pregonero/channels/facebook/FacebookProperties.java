package org.pregonero.channels.facebook;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The institution's page on Facebook. Without page and token there is no Facebook channel.
 *
 * @param pageId number of the page
 * @param accessToken of the page, not of a person
 * @param baseUrl where the Graph API is
 * @param graphVersion version of the Graph API; each works for about two years
 * @param impressionsMetric what insights call the number of displays; the names change every few years
 * @param reachedAccountsMetric what insights call the number of accounts that it was displayed to
 * @param connectTimeout longest wait for a connection
 * @param readTimeout longest wait for an answer; giving up after that leaves a post to be looked up
 */
@ConfigurationProperties(FacebookProperties.PREFIX)
public record FacebookProperties(
        @DefaultValue("") String pageId,
        @DefaultValue("") String accessToken,
        @DefaultValue("https://graph.facebook.com") String baseUrl,
        @DefaultValue("v24.0") String graphVersion,
        @DefaultValue("post_media_view") String impressionsMetric,
        @DefaultValue("post_total_media_view_unique") String reachedAccountsMetric,
        @DefaultValue("10s") Duration connectTimeout,
        @DefaultValue("30s") Duration readTimeout) {

    static final String PREFIX = "pregonero.channels.facebook";
    static final List<String> KEYS = List.of("page-id", "access-token");

    private static final Pattern VERSION = Pattern.compile("v\\d+\\.\\d+");
    private static final Pattern METRIC = Pattern.compile("\\w+");

    public FacebookProperties {
        pageId = pageId.strip();
        accessToken = accessToken.strip();
        baseUrl = baseUrl.strip().replaceAll("/+$", "");
        graphVersion = graphVersion.strip();
    }

    static FacebookProperties none() {
        return new FacebookProperties("", "", "", "", "", "", Duration.ZERO, Duration.ZERO);
    }

    /** Everything that is wrong or missing, in Spanish. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        demand(
                problems,
                !pageId.isEmpty() && pageId.chars().allMatch(c -> c >= '0' && c <= '9'),
                "page-id",
                "falta o no es el número de la página; está en la configuración de la página de Facebook");
        demand(
                problems,
                !accessToken.isEmpty(),
                "access-token",
                "falta el token de acceso de la página; genérelo en el portal de desarrolladores de Meta");
        demand(
                problems,
                accessToken.chars().allMatch(c -> c > ' ' && c < 127),
                "access-token",
                "tiene espacios, saltos de línea o letras que un token no tiene; cópielo de nuevo");
        demand(problems, isWebAddress(baseUrl), "base-url", "no es una dirección http(s) completa");
        demand(problems, VERSION.matcher(graphVersion).matches(), "graph-version", "debe ser como v24.0");
        demand(problems, METRIC.matcher(impressionsMetric).matches(), "impressions-metric", "no es un nombre de cifra");
        demand(
                problems,
                METRIC.matcher(reachedAccountsMetric).matches() && !reachedAccountsMetric.equals(impressionsMetric),
                "reached-accounts-metric",
                "no es un nombre de cifra, o es el mismo de impressions-metric");
        demand(problems, connectTimeout.toMillis() > 0, "connect-timeout", "debe ser mayor que 0, por ejemplo 10s");
        demand(problems, readTimeout.toMillis() > 0, "read-timeout", "debe ser mayor que 0, por ejemplo 30s");
        return problems;
    }

    private static void demand(List<String> problems, boolean holds, String key, String problem) {
        if (!holds) {
            problems.add(PREFIX + "." + key + ": " + problem);
        }
    }

    private static boolean isWebAddress(@Nullable String text) {
        try {
            URI uri = new URI(text == null ? "" : text);
            return uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "FacebookProperties[" + baseUrl + "/" + graphVersion + "/" + pageId + "]";
    }
}
