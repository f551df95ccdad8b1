package org.pregonero.channels.twilio;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The account at Twilio that WhatsApp and SMS share.
 *
 * @param accountSid {@code AC…}, from Twilio's console
 * @param authToken belongs to the account; signs the callbacks, too
 * @param baseUrl where Twilio's API is; another one for a region of Twilio's or for a simulator
 * @param callbackUrl public address under which Twilio reaches this installation; statuses go there with the delivery's
 *     token added to the path. Without it no statuses are asked for
 * @param connections most requests under way at one time
 * @param connectTimeout longest wait for a connection, TLS included
 * @param readTimeout longest silence while waiting for an answer; giving up then leaves the delivery in doubt
 */
@ConfigurationProperties(TwilioProperties.PREFIX)
public record TwilioProperties(
        @Nullable String accountSid,
        @Nullable String authToken,
        @DefaultValue("https://api.twilio.com") String baseUrl,
        @Nullable String callbackUrl,
        @DefaultValue("64") int connections,
        @DefaultValue("10s") Duration connectTimeout,
        @DefaultValue("30s") Duration readTimeout) {

    static final String PREFIX = "pregonero.channels.twilio";

    private static final Pattern ACCOUNT_SID = Pattern.compile("AC[0-9a-fA-F]{32}");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.[0-9.]+|\\[::1]");
    private static final String DEFAULT_BASE = "https://api.twilio.com";

    /** Blank values count as absent: that is how an environment passes on what it does not know. */
    public TwilioProperties {
        accountSid = blankToNull(accountSid);
        authToken = blankToNull(authToken);
        baseUrl = baseUrl.isBlank() ? DEFAULT_BASE : withoutSlash(baseUrl.strip());
        callbackUrl = blankToNull(callbackUrl);
        callbackUrl = callbackUrl == null ? null : withoutSlash(callbackUrl);
    }

    /** Everything that is wrong or missing, in Spanish. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        demand(problems, accountSid != null, "account-sid", "falta; está en la consola de Twilio y empieza por AC");
        demand(
                problems,
                accountSid == null || ACCOUNT_SID.matcher(accountSid).matches(),
                "account-sid",
                "debe empezar por AC y seguir con 32 letras y números");
        demand(problems, authToken != null, "auth-token", "falta; está en la consola de Twilio, junto al account-sid");
        demand(
                problems,
                secret(baseUrl),
                "base-url",
                "debe ser una dirección https:// (http:// sólo hacia esta misma máquina)");
        demand(
                problems,
                callbackUrl == null || address(callbackUrl) != null,
                "callback-url",
                "debe ser la dirección pública, https://, por la que Twilio llega a esta instalación");
        demand(problems, connections >= 1 && connections <= 1000, "connections", "debe estar entre 1 y 1000");
        demandTime(problems, connectTimeout, "connect-timeout");
        demandTime(problems, readTimeout, "read-timeout");
        return problems;
    }

    private static boolean secret(String url) {
        URI address = address(url);
        return address != null
                && (address.getScheme().equalsIgnoreCase("https")
                        || LOOPBACK.matcher(address.getHost()).matches());
    }

    private static @Nullable URI address(String url) {
        try {
            URI address = URI.create(url);
            boolean http =
                    "https".equalsIgnoreCase(address.getScheme()) || "http".equalsIgnoreCase(address.getScheme());
            return http && address.getHost() != null && address.getQuery() == null ? address : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static void demandTime(List<String> problems, Duration value, String key) {
        demand(
                problems,
                value.toMillis() > 0 && value.compareTo(Duration.ofHours(1)) <= 0,
                key,
                "debe ser un tiempo entre 1ms y 1h, por ejemplo 30s");
    }

    private static void demand(List<String> problems, boolean holds, String key, String problem) {
        if (!holds) {
            problems.add(PREFIX + "." + key + ": " + problem);
        }
    }

    private static @Nullable String blankToNull(@Nullable String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }

    private static String withoutSlash(String url) {
        return url.replaceAll("/+$", "");
    }

    /** Without account and token. */
    @Override
    public String toString() {
        return "TwilioProperties[" + baseUrl + "]";
    }
}
