package org.pregonero.dispatcher.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * Writes outcomes to the database as they come, in whatever batch has gathered while the last one was being written.
 * When the database is away it keeps them and tries again: what was sent is known here alone until it is written.
 */
final class OutcomeRecorder {

    private static final Logger log = LoggerFactory.getLogger(OutcomeRecorder.class);
    private static final int LARGEST_BATCH = 500;
    /** What is sent and not yet written is in doubt if the process dies; so not long. */
    private static final Duration LONGEST_WAIT_FOR_COMPANY = Duration.ofMillis(5);

    private static final Duration PAUSE_WHEN_DATABASE_IS_AWAY = Duration.ofMillis(500);

    private final Deliveries deliveries;
    private final UUID worker;
    private final int worthAWrite;
    private final BlockingQueue<Entry> entries = new LinkedBlockingQueue<>();
    private final Thread writer;
    private volatile boolean closed;

    private record Entry(Deliveries.Judged judged, Runnable written) {}

    /**
     * @param worthAWrite how many outcomes are written without waiting a moment for more
     */
    OutcomeRecorder(Deliveries deliveries, UUID worker, String name, int worthAWrite) {
        this.deliveries = deliveries;
        this.worker = worker;
        this.worthAWrite = worthAWrite;
        this.writer = new Thread(this::write, "outcomes-" + name);
        this.writer.start();
    }

    /** Takes an outcome; calls back once it is in the database. */
    void record(Claimed claimed, Verdict verdict, Runnable written) {
        entries.add(new Entry(new Deliveries.Judged(claimed, verdict), written));
    }

    private void write() {
        var batch = new ArrayList<Entry>();
        try {
            while (!closed || !entries.isEmpty()) {
                var first = entries.poll(200, TimeUnit.MILLISECONDS);
                if (first == null) {
                    continue;
                }
                batch.add(first);
                gather(batch);
                write(batch.stream().map(Entry::judged).toList());
                batch.forEach(entry -> entry.written().run());
                batch.clear();
            }
        } catch (InterruptedException e) {
            log.error(
                    "Stopped with {} outcomes unwritten; these deliveries will be in doubt",
                    batch.size() + entries.size());
        }
    }

    /** Takes what is there, and waits a moment for what ends at about the same time: a write for each costs more. */
    private void gather(List<Entry> batch) throws InterruptedException {
        var until = System.nanoTime() + LONGEST_WAIT_FOR_COMPANY.toNanos();
        entries.drainTo(batch, LARGEST_BATCH - batch.size());
        while (batch.size() < worthAWrite) {
            var next = entries.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                return;
            }
            batch.add(next);
            entries.drainTo(batch, LARGEST_BATCH - batch.size());
        }
    }

    /**
     * Only what the database has read and refused is a matter of the outcome itself. Everything else is the database's
     * trouble and passes, although Spring counts a refused or broken connection as non-transient.
     */
    private void write(List<Deliveries.Judged> judged) throws InterruptedException {
        while (true) {
            try {
                deliveries.record(worker, judged);
                return;
            } catch (DataIntegrityViolationException e) {
                log.error("The database refuses {} outcomes as they are", judged.size(), e);
                writeOneByOne(judged);
                return;
            } catch (RuntimeException e) {
                log.warn("The database does not take {} outcomes; they are kept and tried again", judged.size(), e);
                TimeUnit.MILLISECONDS.sleep(PAUSE_WHEN_DATABASE_IS_AWAY.toMillis());
            }
        }
    }

    /** One outcome that cannot be written, for whatever is in its texts, must not hold up the others. */
    private void writeOneByOne(List<Deliveries.Judged> judged) throws InterruptedException {
        if (judged.size() > 1) {
            for (var one : judged) {
                write(List.of(one));
            }
            return;
        }
        var only = judged.get(0);
        var bare = withoutWords(only);
        if (bare.equals(only)) {
            log.error(
                    "Delivery {} stays as it is; a person must look at it",
                    only.claimed().id());
        } else {
            write(List.of(bare));
        }
    }

    private static Deliveries.Judged withoutWords(Deliveries.Judged judged) {
        var verdict = judged.verdict();
        return new Deliveries.Judged(
                judged.claimed(),
                new Verdict(
                        verdict.state(),
                        verdict.counted(),
                        verdict.notBefore(),
                        null,
                        null,
                        verdict.reasonCode(),
                        null,
                        null,
                        null));
    }

    /** Writes what is left, for as long as this. */
    void close(Duration patience) throws InterruptedException {
        closed = true;
        writer.join(patience.toMillis());
        writer.interrupt();
    }
}
