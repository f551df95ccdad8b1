package org.pregonero.dispatcher.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pregonero.dispatcher.message.OccurrenceState;
import org.pregonero.dispatcher.message.Occurrences;
import org.springframework.integration.jdbc.lock.JdbcLockRegistry;
import org.springframework.stereotype.Component;

/**
 * The engine's housekeeping, done by one process at a time. Each step can be repeated, and by two processes at once,
 * without harm; one that fails does not keep the others from their work.
 */
@Component
class Rounds {

    private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(10);

    private final JdbcLockRegistry locks;
    private final Deliveries deliveries;
    private final Occurrences occurrences;
    private final Duration lease;
    private final Clock clock;
    private final Map<Outages, Runnable> steps = new LinkedHashMap<>();
    private volatile Instant lastRound = Instant.EPOCH;
    private volatile Instant steadySince = Instant.EPOCH;
    private Instant countedAt = Instant.EPOCH;

    Rounds(
            JdbcLockRegistry locks,
            Deliveries deliveries,
            Occurrences occurrences,
            NextChannel nextChannel,
            Reminders reminders,
            Completion completion,
            EngineProperties properties,
            Clock clock) {
        this.locks = locks;
        this.deliveries = deliveries;
        this.occurrences = occurrences;
        this.lease = properties.lease();
        this.clock = clock;
        steps.put(new Outages("Expiry"), deliveries::expire);
        steps.put(new Outages("Cancelling the rest of what was cancelled"), deliveries::cancelOfCancelled);
        steps.put(new Outages("Recalling the rest of what was paused"), deliveries::recallOfPaused);
        steps.put(new Outages("Reopening"), this::reopen);
        steps.put(new Outages("Taking people to the next channel"), nextChannel::look);
        steps.put(new Outages("Reminding of notices"), reminders::look);
        steps.put(new Outages("Completion"), completion::look);
        steps.put(new Outages("Adding up counts"), this::addUpCounts);
    }

    void make() {
        noteRound();
        var only = locks.obtain("rounds");
        if (!only.tryLock()) {
            return;
        }
        try {
            steps.forEach(Outages::watch);
        } finally {
            only.unlock();
        }
    }

    private void addUpCounts() {
        if (!countedAt.plus(BETWEEN_COUNTS).isAfter(clock.instant())) {
            deliveries.addUpCounts();
            countedAt = clock.instant();
        }
    }

    private void reopen() {
        deliveries
                .finishedTooEarly()
                .forEach(id -> occurrences.move(id, EnumSet.of(OccurrenceState.FINISHED), OccurrenceState.RUNNING));
    }

    /**
     * After a time without rounds, a database that was away or a machine that slept, other processes had no chance to give
     * a sign of life either.
     */
    private void noteRound() {
        var now = clock.instant();
        if (!pauseless(now)) {
            steadySince = now;
        }
        lastRound = now;
    }

    private boolean pauseless(Instant now) {
        return !lastRound.plus(lease.dividedBy(2)).isBefore(now);
    }

    /** Whether rounds have been made for so long that whoever is alive has given a sign of it. */
    boolean steady() {
        var now = clock.instant();
        return pauseless(now) && !steadySince.plus(lease).isAfter(now);
    }
}
