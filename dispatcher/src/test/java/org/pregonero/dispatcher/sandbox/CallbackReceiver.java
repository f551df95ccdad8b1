package org.pregonero.dispatcher.sandbox;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes what a simulator calls back, and answers with one text. */
final class CallbackReceiver implements AutoCloseable {

    private final HttpServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();

    record Received(URI uri, Map<String, String> headers, SortedMap<String, String> form) {
        String field(String name) {
            return form.getOrDefault(name, "");
        }
    }

    CallbackReceiver(String answer) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            var headers = new TreeMap<String, String>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
            var form = new TreeMap<String, String>();
            for (String field :
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).split("&", -1)) {
                var pair = field.split("=", 2);
                form.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
            }
            received.add(new Received(exchange.getRequestURI(), headers, form));
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Received> received() {
        return received;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
