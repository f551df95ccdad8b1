package org.pregonero.channels.x;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The institution's account on X, as the developer portal names it. Without any of the first five there is no X channel.
 *
 * @param consumerKey API key of the app
 * @param consumerSecret API key secret of the app
 * @param accessToken of the account, with the permission to read and write
 * @param accessTokenSecret belongs to the access token
 * @param userId number of the account: what stands before the hyphen of the access token
 * @param baseUrl where the API is
 * @param connectTimeout longest wait for a connection
 * @param readTimeout longest wait for an answer; giving up after that leaves a post to be looked up
 */
@ConfigurationProperties(XProperties.PREFIX)
public record XProperties(
        @DefaultValue("") String consumerKey,
        @DefaultValue("") String consumerSecret,
        @DefaultValue("") String accessToken,
        @DefaultValue("") String accessTokenSecret,
        @DefaultValue("") String userId,
        @DefaultValue("https://api.x.com") String baseUrl,
        @DefaultValue("10s") Duration connectTimeout,
        @DefaultValue("30s") Duration readTimeout) {

    static final String PREFIX = "pregonero.channels.x";
    static final List<String> KEYS =
            List.of("consumer-key", "consumer-secret", "access-token", "access-token-secret", "user-id");

    public XProperties {
        consumerKey = consumerKey.strip();
        consumerSecret = consumerSecret.strip();
        accessToken = accessToken.strip();
        accessTokenSecret = accessTokenSecret.strip();
        userId = userId.strip();
        baseUrl = baseUrl.strip().replaceAll("/+$", "");
    }

    static XProperties none() {
        return new XProperties("", "", "", "", "", "", Duration.ZERO, Duration.ZERO);
    }

    /** What must appear nowhere. */
    List<String> credentials() {
        return List.of(consumerKey, consumerSecret, accessToken, accessTokenSecret);
    }

    /** Everything that is wrong or missing, in Spanish. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        List<String> values = List.of(consumerKey, consumerSecret, accessToken, accessTokenSecret, userId);
        for (int i = 0; i < KEYS.size(); i++) {
            demand(
                    problems,
                    !values.get(i).isEmpty(),
                    KEYS.get(i),
                    "falta; cópielo del portal de desarrolladores de X");
        }
        demand(
                problems,
                userId.chars().allMatch(c -> c >= '0' && c <= '9'),
                "user-id",
                "debe ser el número de la cuenta: lo que está antes del guion en access-token");
        demand(problems, isWebAddress(baseUrl), "base-url", "no es una dirección http(s) completa");
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

    /** Without keys and tokens. */
    @Override
    public String toString() {
        return "XProperties[" + baseUrl + "]";
    }
}
