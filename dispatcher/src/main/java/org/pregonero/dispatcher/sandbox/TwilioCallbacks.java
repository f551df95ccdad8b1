package org.pregonero.dispatcher.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Posts to the application as Twilio does: a form, signed for the public address. */
final class TwilioCallbacks {

    private static final Logger log = LoggerFactory.getLogger(TwilioCallbacks.class);

    /** Twilio's own patience. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String authToken;
    private final Function<URI, Optional<URI>> shortWay;

    TwilioCallbacks(String authToken, Function<URI, Optional<URI>> shortWay) {
        this.authToken = authToken;
        this.shortWay = shortWay;
    }

    /**
     * @param idempotencyToken the same when the same event is told again
     * @return the answer, or nothing when there was none
     */
    Optional<HttpResponse<String>> post(String url, SortedMap<String, String> parameters, String idempotencyToken) {
        URI called = URI.create(url);
        Optional<URI> target = shortWay.apply(called);
        if (target.isEmpty()) {
            log.warn("A simulated callback would have left this machine, and was not sent");
            return Optional.empty();
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(target.get())
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
                .header("User-Agent", "TwilioProxy/1.1")
                .header("X-Twilio-Signature", TwilioSignature.of(url, parameters, authToken))
                .header("I-Twilio-Idempotency-Token", idempotencyToken)
                .POST(BodyPublishers.ofString(form(parameters)));
        if (!target.get().equals(called)) {
            // as the proxy in front of an installation would say it
            request.header("X-Forwarded-Proto", called.getScheme())
                    .header("X-Forwarded-Host", called.getRawAuthority());
        }
        try {
            return Optional.of(http.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            log.debug("A simulated callback found nobody");
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static String form(SortedMap<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
