package org.pregonero.dispatcher.acceptance;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.embedded.PostgresServer;
import org.pregonero.dispatcher.testing.HttpApi;

/** Pregonero in a process of its own, which can be killed and started again on the same data directory. */
final class ForkedApplication implements AutoCloseable {

    private static final Path PROGRAMS = Path.of("target", "postgres-programs").toAbsolutePath();

    private final Path data;
    private final Map<String, String> settings;
    private @Nullable Process process;

    ForkedApplication(Path data, Map<String, String> settings) {
        this.data = data.toAbsolutePath();
        this.settings = settings;
    }

    /** Starts it and waits until it is ready. */
    HttpApi start() throws IOException {
        Files.createDirectories(data);
        if (Files.notExists(data.resolve("postgres-programs"))) {
            Files.createDirectories(PROGRAMS);
            // Unpacked once for all the tests.
            Files.createSymbolicLink(data.resolve("postgres-programs"), PROGRAMS);
        }
        int port = freePort();
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx512m");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-XX:+UseSerialGC");
        command.add("-Dpregonero.data=" + data);
        command.add("-Dpregonero.port=" + port);
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), "org.pregonero.dispatcher.PregoneroApplication"));
        var output = data.resolve("output.txt");
        var started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
        process = started;
        note(started);
        var api = new HttpApi(port, data);
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
            if (!started.isAlive()) {
                throw new AssertionError("It ended instead of starting: " + Files.readString(output));
            }
            return api.page("/actuator/health/readiness").status() == 200;
        });
        return api;
    }

    /** Where bin/test finds it, should the tests themselves be killed. */
    private void note(Process started) throws IOException {
        var notes = System.getenv("PREGONERO_TEST_APPLICATIONS");
        if (notes != null) {
            Files.writeString(Path.of(notes, String.valueOf(started.pid())), data.toString());
        }
    }

    /** SIGKILL: no hook runs, nothing is put in order. */
    void kill() {
        var killed = Objects.requireNonNull(process);
        killed.destroyForcibly();
        await("the end of the killed process").atMost(Duration.ofSeconds(10)).until(() -> !killed.isAlive());
    }

    /** Stops it in order, and the database that a killed one left running. */
    @Override
    public void close() {
        if (process == null) {
            return;
        }
        try {
            process.destroy();
            if (!process.waitFor(40, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (Files.exists(data.resolve("postgres/18/postmaster.pid"))) {
            PostgresServer.start(data.resolve("postgres"), PROGRAMS, data.resolve("logs/postgres.log"))
                    .close();
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
