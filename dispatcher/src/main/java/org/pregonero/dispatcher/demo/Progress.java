package org.pregonero.dispatcher.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.pregonero.dispatcher.delivery.DeliveryState;

/** Shows how far each channel is: in one place on a terminal, a line now and then in a file. */
final class Progress {

    private static final int WIDTH = 30;

    private final Outcome outcome;
    private final PrintStream out;
    private final boolean inPlace = onTerminal();

    Progress(Outcome outcome, PrintStream out) {
        this.outcome = outcome;
        this.out = out;
    }

    /** @throws DemoFailure when it takes longer than {@code patience}, or will never end */
    void untilFinished(Invitation.Sent sent, Duration patience) {
        var deadline = System.nanoTime() + patience.toNanos();
        var pause = inPlace ? Duration.ofMillis(200) : Duration.ofSeconds(2);
        var shown = System.nanoTime() - pause.toNanos();
        var finished = false;
        while (!finished) {
            finished = outcome.finished(sent);
            if (finished || System.nanoTime() - shown >= pause.toNanos()) {
                show(bar(outcome.counts(sent.all())));
                shown = System.nanoTime();
            }
            if (!finished && System.nanoTime() > deadline) {
                out.println();
                throw new DemoFailure("La demostración no terminó a tiempo." + outcome.obstacles());
            }
            await(finished ? 0 : 200);
        }
        if (inPlace) {
            out.println();
        }
    }

    /** How many deliveries of all channels together are with their providers. */
    static String bar(SortedMap<String, SortedMap<DeliveryState, Long>> counts) {
        long total = 0;
        long through = 0;
        for (var channel : counts.values()) {
            for (var state : channel.entrySet()) {
                total += state.getValue();
                through += state.getKey().settled() ? state.getValue() : 0;
            }
        }
        var full = total == 0 ? 0 : (int) (WIDTH * through / total);
        return String.format(
                Locale.ROOT,
                "%s%s %d/%d en %d canales",
                "█".repeat(full),
                "░".repeat(WIDTH - full),
                through,
                total,
                counts.size());
    }

    private void show(String bar) {
        if (inPlace) {
            // what a longer line left behind is covered
            out.print("\r" + bar + "   ");
            out.flush();
        } else {
            out.println(bar);
        }
    }

    static void await(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("La demostración fue interrumpida.", e);
        }
    }

    /** Asks the system: Java's own console is there only when the input is a terminal too, and from Java 22 on always. */
    private static boolean onTerminal() {
        try {
            var output = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return output.startsWith("/dev/pts/") || output.startsWith("/dev/tty") || output.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }
}
