package org.pregonero.dispatcher.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that reached a simulator.
 *
 * @param url as the caller wrote it, query included
 * @param headers by lower-case name
 * @param query decoded parameters of the query
 */
@SuppressWarnings("ArrayRecordComponent") // calls are never compared
record Call(String method, URI url, Map<String, List<String>> headers, Map<String, List<String>> query, byte[] body) {

    private static final int LARGEST_BODY = 64 * 1024 * 1024;

    static Call of(HttpExchange exchange) throws IOException {
        var headers = new LinkedHashMap<String, List<String>>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        var host = headers.getOrDefault("host", List.of("127.0.0.1")).get(0);
        return new Call(
                exchange.getRequestMethod(),
                URI.create("http://" + host + exchange.getRequestURI()),
                headers,
                parameters(exchange.getRequestURI().getRawQuery()),
                exchange.getRequestBody().readNBytes(LARGEST_BODY));
    }

    /** Decoded fields of a form; none when the body is something else. */
    Map<String, List<String>> form() {
        return header("content-type").orElse("").startsWith("application/x-www-form-urlencoded")
                ? parameters(text())
                : Map.of();
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    String path() {
        return url.getPath();
    }

    Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    Optional<String> parameter(String name) {
        return query.getOrDefault(name, List.of()).stream().findFirst();
    }

    private static Map<String, List<String>> parameters(@Nullable String encoded) {
        var parameters = new LinkedHashMap<String, List<String>>();
        if (encoded == null || encoded.isEmpty()) {
            return parameters;
        }
        for (String pair : encoded.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            parameters.computeIfAbsent(decoded(name), key -> new ArrayList<>()).add(decoded(value));
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** Without what it carries, which must not reach a log. */
    @Override
    public String toString() {
        return "Call[" + method + "]";
    }
}
