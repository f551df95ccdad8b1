package org.pregonero.dispatcher.inbound.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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

    private final Callbacks callbacks;
    private final String publicUrl;

    CallbackDoor(Callbacks callbacks, @Value("${pregonero.public-url}") String publicUrl) {
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
            log.warn(
                    "A callback in the name of {} was refused, because its signature is absent or wrong. If the provider"
                            + " did send it: do pregonero.public-url and the provider's secret match what it knows?",
                    provider);
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
    }

    private CallbackRequest read(HttpServletRequest request) {
        var query = request.getQueryString();
        var url = URI.create(publicUrl + request.getRequestURI() + (query == null ? "" : "?" + query));
        var headers = new HashMap<String, List<String>>();
        for (var name : Collections.list(request.getHeaderNames())) {
            headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(Collections.list(request.getHeaders(name))));
        }
        return new CallbackRequest(url, headers, form(request, query));
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
