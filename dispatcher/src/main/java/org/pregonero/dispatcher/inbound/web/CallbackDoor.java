package org.pregonero.dispatcher.inbound.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pregonero.channels.CallbackRequest;
import org.pregonero.channels.ReadsCallbacks.ForgedCallbackException;
import org.pregonero.dispatcher.inbound.Callbacks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Where providers call back. A provider signs the address that it called; behind a proxy that is not the one that arrives
 * here, so it is put together from the public one.
 */
@RestController
class CallbackDoor {

    private static final Logger log = LoggerFactory.getLogger(CallbackDoor.class);

    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

    private final Callbacks callbacks;
    private final String publicUrl;
    private final Clock clock;
    private long refused;
    private Instant quietUntil = Instant.EPOCH;

    CallbackDoor(Callbacks callbacks, @Value("${pregonero.public-url}") String publicUrl, Clock clock) {
        this.clock = clock;
        this.callbacks = callbacks;
        this.publicUrl = publicUrl.replaceAll("/+$", "");
    }

    @PostMapping({CallbackLimits.PATH + "{provider}", CallbackLimits.PATH + "{provider}/{token}"})
    ResponseEntity<String> take(@PathVariable String provider, HttpServletRequest request) {
        try {
            var answer = callbacks
                    .take(provider, read(request))
                    .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
            return ResponseEntity.ok()
                    .contentType(new MediaType(MediaType.parseMediaType(answer.contentType()), StandardCharsets.UTF_8))
                    .body(answer.body());
        } catch (ForgedCallbackException e) {
            refused(provider);
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
    }

    /** Anybody can send as many as they like, so not a line for each. */
    private synchronized void refused(String provider) {
        refused++;
        var now = clock.instant();
        if (now.isBefore(quietUntil)) {
            return;
        }
        log.warn(
                "{} callbacks were refused, the last one in the name of {}, because their signature is absent or wrong. If"
                        + " the provider did send them: do pregonero.public-url and the provider's secret match what it"
                        + " knows?",
                refused,
                provider);
        refused = 0;
        quietUntil = now.plus(BETWEEN_WARNINGS);
    }

    private CallbackRequest read(HttpServletRequest request) {
        var query = request.getQueryString();
        var url = url(publicUrl + request.getRequestURI() + (query == null ? "" : "?" + query));
        var headers = new HashMap<String, List<String>>();
        for (var name : Collections.list(request.getHeaderNames())) {
            headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(Collections.list(request.getHeaders(name))));
        }
        return new CallbackRequest(url, headers, form(request, query));
    }

    private static URI url(String called) {
        try {
            return new URI(called);
        } catch (URISyntaxException e) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
    }

    /** The container joins the query's parameters and the form's, the query's first (Servlet 6.1, 3.1). */
    private static Map<String, List<String>> form(HttpServletRequest request, @Nullable String query) {
        var inQuery = query == null
                ? Map.<String, List<String>>of()
                : UriComponentsBuilder.newInstance().query(query).build().getQueryParams();
        var form = new HashMap<String, List<String>>();
        request.getParameterMap().forEach((name, values) -> {
            var own = new ArrayList<>(Arrays.asList(values));
            own.subList(
                            0,
                            Math.min(
                                    own.size(),
                                    inQuery.getOrDefault(name, List.of()).size()))
                    .clear();
            if (!own.isEmpty()) {
                form.put(name, List.copyOf(own));
            }
        });
        return form;
    }
}
