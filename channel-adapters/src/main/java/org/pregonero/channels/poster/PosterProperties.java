package org.pregonero.channels.poster;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where printable pieces are kept.
 *
 * @param directory where the files are written; without it there is no poster channel
 * @param baseUrl address under which that directory can be read, for example {@code https://difusion.ejemplo.gov.co/afiches/}
 */
@ConfigurationProperties(PosterProperties.PREFIX)
public record PosterProperties(String directory, @Nullable String baseUrl) {

    static final String PREFIX = "pregonero.channels.poster";

    /** Everything that is wrong or missing, in Spanish. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        try {
            Path ignored = Path.of(directory);
        } catch (InvalidPathException e) {
            problems.add(PREFIX + ".directory: no es una ruta de carpeta");
        }
        if (!isWebAddress(baseUrl)) {
            problems.add(PREFIX + ".base-url: falta o no es una dirección http(s) completa");
        }
        return problems;
    }

    private static boolean isWebAddress(@Nullable String text) {
        try {
            URI uri = new URI(text == null ? "" : text.strip());
            return uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** The base with its closing slash, so that names can be resolved against it. */
    URI base() {
        String text = String.valueOf(baseUrl).strip();
        return URI.create(text.endsWith("/") ? text : text + "/");
    }
}
