package org.pregonero.dispatcher.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.pregonero.dispatcher.delivery.DeliveryState;

/** Shows how far each channel is: in one place on a terminal, a line now and then in a file. */
final class Progress {

    private static final Set<DeliveryState> ON_THE_WAY =
            EnumSet.of(DeliveryState.PENDING, DeliveryState.QUEUED, DeliveryState.SENDING);
    private static final int WIDTH = 16;

    private final Outcome outcome;
    private final PrintStream out;
    private final boolean inPlace = onTerminal();

    Progress(Outcome outcome, PrintStream out) {
        this.outcome = outcome;
        this.out = out;
    }

    /** @throws DemoFailure when it takes longer than {@code patience}, or will never end */
    void untilFinished(List<Long> occurrences, Duration patience) {
        var deadline = System.nanoTime() + patience.toNanos();
        var pause = inPlace ? Duration.ofMillis(200) : Duration.ofSeconds(2);
        var shown = System.nanoTime() - pause.toNanos();
        var finished = false;
        while (!finished) {
            finished = outcome.finished(occurrences);
            if (finished || System.nanoTime() - shown >= pause.toNanos()) {
                show(bars(outcome.counts(occurrences)));
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

    static String bars(SortedMap<String, SortedMap<DeliveryState, Long>> counts) {
        return counts.entrySet().stream().map(Progress::bar).collect(Collectors.joining("   "));
    }

    private static String bar(Map.Entry<String, SortedMap<DeliveryState, Long>> channel) {
        long total = 0;
        long through = 0;
        for (var state : channel.getValue().entrySet()) {
            total += state.getValue();
            through += ON_THE_WAY.contains(state.getKey()) ? 0 : state.getValue();
        }
        var full = total == 0 ? 0 : (int) (WIDTH * through / total);
        return String.format(
                Locale.ROOT,
                "%s %s%s %d/%d",
                Epilogue.channel(channel.getKey()),
                "█".repeat(full),
                "░".repeat(WIDTH - full),
                through,
                total);
    }

    private void show(String bars) {
        if (bars.isEmpty()) {
            return;
        }
        if (inPlace) {
            // what a longer line left behind is covered
            out.print("\r" + bars + "   ");
            out.flush();
        } else {
            out.println(bars);
        }
    }

    private static void await(long millis) {
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
