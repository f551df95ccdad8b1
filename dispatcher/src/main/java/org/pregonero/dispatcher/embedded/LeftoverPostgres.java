package org.pregonero.dispatcher.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.pregonero.dispatcher.runtime.StartFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an earlier process that was killed left behind: a postmaster that goes on running, or the file that says so.
 * Called by the holder of the data directory's lock only, so whatever runs there belongs to nobody.
 */
final class LeftoverPostgres {

    private static final Logger log = LoggerFactory.getLogger(LeftoverPostgres.class);

    private final Path data;
    private final PostgresCommand command;

    LeftoverPostgres(Path data, PostgresCommand command) {
        this.data = data;
        this.command = command;
    }

    void clear() throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (Files.notExists(pidFile)) {
            return;
        }
        long pid = firstLineAsNumber(pidFile);
        if (processes().stream().anyMatch(process -> process.pid() == pid)) {
            log.warn("A PostgreSQL of an earlier start still runs on {} (pid {}); stopping it", data, pid);
            var stopped =
                    command.run(Duration.ofMinutes(2), "pg_ctl", "stop", "-D", data.toString(), "-m", "fast", "-w");
            if (!stopped.succeeded()) {
                throw new StartFailure(
                        "Un PostgreSQL de un arranque anterior (proceso " + pid + ") sigue usando " + data
                                + " y no se deja detener.",
                        "Deténgalo con «kill -INT " + pid + "» y vuelva a iniciar Pregonero.");
            }
        }
        // Without its postmaster, a session ends by itself as soon as it notices.
        for (ProcessHandle orphan : processes()) {
            await(orphan);
        }
        // PostgreSQL clears away the file of a dead process, but not when another program has got the number since.
        if (Files.exists(pidFile) && ProcessHandle.of(pid).isPresent()) {
            log.warn("{} names process {}, which is no PostgreSQL of this directory; removing it", pidFile, pid);
            Files.delete(pidFile);
        }
    }

    /** Every process of PostgreSQL that has this data directory as its working directory, which they all do. */
    private List<ProcessHandle> processes() throws IOException {
        Path real = data.toRealPath();
        return ProcessHandle.allProcesses()
                .filter(process -> worksIn(process, real))
                .toList();
    }

    private static boolean worksIn(ProcessHandle process, Path directory) {
        Path proc = Path.of("/proc", Long.toString(process.pid()));
        try {
            return Files.readSymbolicLink(proc.resolve("cwd")).equals(directory)
                    && Files.readSymbolicLink(proc.resolve("exe"))
                            .getFileName()
                            .toString()
                            .startsWith("postgres");
        } catch (IOException e) {
            // gone meanwhile, or of another user
            return false;
        }
    }

    private void await(ProcessHandle orphan) {
        try {
            orphan.onExit().get(30, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new StartFailure(
                    "El proceso " + orphan.pid() + " de un PostgreSQL anterior sigue usando " + data + ".",
                    "Deténgalo con «kill " + orphan.pid() + "» y vuelva a iniciar Pregonero.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for process " + orphan.pid(), e);
        }
    }

    private static long firstLineAsNumber(Path file) throws IOException {
        try {
            return Long.parseLong(
                    Files.readString(file).lines().findFirst().orElse("").strip());
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
