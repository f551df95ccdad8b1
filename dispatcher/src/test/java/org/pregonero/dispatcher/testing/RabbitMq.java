package org.pregonero.dispatcher.testing;

import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.springframework.test.context.DynamicPropertyRegistry;

/** The real RabbitMQ that {@code bin/test} starts and names in two variables of the environment. */
public final class RabbitMq {

    private static final String ADDRESS = "PREGONERO_TEST_RABBITMQ";
    private static final String CONTROL = "PREGONERO_TEST_RABBITMQCTL";

    private RabbitMq() {}

    /** Waits until it is up. Says what to do when there is none: a test that is skipped without a word proves nothing. */
    public static void require() {
        address();
        control("await_startup");
    }

    /** An external broker as an operator would configure it: nothing said about queues. */
    public static void register(DynamicPropertyRegistry registry) {
        URI address = address();
        String[] login = address.getUserInfo().split(":", 2);
        registry.add("pregonero.amqp.addresses", () -> "amqp://" + address.getHost() + ":" + address.getPort());
        registry.add("pregonero.amqp.user", () -> login[0]);
        registry.add("pregonero.amqp.password", () -> login[1]);
    }

    public static void delete(List<String> queues) {
        try {
            var factory = new ConnectionFactory();
            factory.setUri(address());
            try (var connection = factory.newConnection("tests");
                    var channel = connection.createChannel()) {
                for (String queue : queues) {
                    channel.queueDelete(queue);
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException("The queues of an earlier run could not be deleted", e);
        }
    }

    /** Runs rabbitmqctl against the test's own node and waits for its end. */
    public static String control(String command, String... arguments) {
        var line = new java.util.ArrayList<>(List.of(control(), "-q", command));
        line.addAll(List.of(arguments));
        try {
            var process = new ProcessBuilder(line).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("rabbitmqctl " + command + ": " + said);
            }
            return said;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static URI address() {
        return URI.create(variable(ADDRESS));
    }

    private static String control() {
        return variable(CONTROL);
    }

    private static String variable(String name) {
        return Optional.ofNullable(System.getenv(name))
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> new IllegalStateException(
                        "This test needs a RabbitMQ, and " + name + " names none. Run bin/test, which starts one."));
    }
}
