package org.pregonero.dispatcher.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import org.pregonero.dispatcher.message.OccurrenceState;
import org.pregonero.dispatcher.message.Occurrences;
import org.springframework.integration.jdbc.lock.JdbcLockRegistry;
import org.springframework.stereotype.Component;

/** The engine's housekeeping. */
@Component
class Rounds {

    private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(10);

    private final Deliveries deliveries;
    private final Occurrences occurrences;
    private final Duration lease;
    private final Clock clock;
    private final Steps steps;
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
        this.deliveries = deliveries;
        this.occurrences = occurrences;
        this.lease = properties.lease();
        this.clock = clock;
        this.steps = new Steps(locks.obtain("rounds"))
                .then("Expiry", deliveries::expire)
                .then("Cancelling the rest of what was cancelled", deliveries::cancelOfCancelled)
                .then("Recalling the rest of what was paused", deliveries::recallOfPaused)
                .then("Reopening", this::reopen)
                .then("Taking people to the next channel", nextChannel::look)
                .then("Reminding of notices", reminders::look)
                .then("Completion", completion::look)
                .then("Adding up counts", this::addUpCounts);
    }

    void make() {
        noteRound();
        steps.make();
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
