package org.pregonero.dispatcher.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs PostgreSQL's own programs and waits for their end. */
final class PostgresCommand {

    private final PostgresBinaries binaries;

    PostgresCommand(PostgresBinaries binaries) {
        this.binaries = binaries;
    }

    record Result(int exitCode, String output) {
        boolean succeeded() {
            return exitCode == 0;
        }
    }

    Result run(Duration timeout, String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (runsAsRoot()) {
            // PostgreSQL refuses to run as root. In a user namespace of its own it is nobody, and still owns its files.
            command.addAll(List.of("unshare", "--user"));
        }
        command.add(binaries.program(program));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile("pregonero-", ".out");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().put("LC_ALL", "C");
            builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("PREGONERO_"));
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(timeout.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return new Result(-1, program + " did not end within " + timeout.toSeconds() + " s");
            }
            return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for " + program, e);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    static boolean runsAsRoot() throws IOException {
        return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }
}
