package org.pregonero.dispatcher.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An HTTP server on a random port of the loopback interface that stands in for one provider. */
final class LoopbackServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LoopbackServer.class);

    private static final int BACKLOG = 512;
    private static final int SILENCE_SECONDS = 90;

    private final HttpServer server;
    private final ExecutorService threads;
    private final CountDownLatch closing = new CountDownLatch(1);

    /** What a provider does with a request. */
    interface Endpoint {
        Reply answer(Call call) throws IOException;
    }

    private LoopbackServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    static LoopbackServer open(String name, Endpoint endpoint) {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
            ExecutorService threads = Executors.newCachedThreadPool(work -> {
                Thread thread = new Thread(work, "sandbox-" + name);
                thread.setDaemon(true);
                return thread;
            });
            LoopbackServer server = new LoopbackServer(http, threads);
            http.setExecutor(threads);
            http.createContext("/", exchange -> server.handle(endpoint, exchange));
            http.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(Endpoint endpoint, HttpExchange exchange) throws IOException {
        try (exchange) {
            Reply reply;
            try {
                reply = endpoint.answer(Call.of(exchange));
            } catch (RuntimeException e) {
                log.error("A simulator failed on a request", e);
                reply = Reply.json(500, java.util.Map.of("error", "the simulator failed; see the log"));
            }
            if (reply instanceof Reply.Answer answer) {
                exchange.getResponseHeaders().set("Content-Type", answer.contentType());
                answer.headers()
                        .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
                exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
                exchange.getResponseBody().write(answer.body());
            } else {
                closing.await(SILENCE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
