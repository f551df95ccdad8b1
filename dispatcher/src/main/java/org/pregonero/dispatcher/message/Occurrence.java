package org.pregonero.dispatcher.message;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One firing of a message.
 *
 * @param expiresAt from then on it is useless, or null
 * @param contactHoursOverride why it may leave outside contact hours, or null
 * @param skipIncomplete whether people who lack a value that the text needs are left out by name
 * @param heldBecause code of the reason while it is held, or null
 * @param relative how its time follows from the event's, or null where it stands by itself
 * @param expiresWithEvent whether it is useless from the start of its event on
 * @param voidedBecause code of the reason why an approval no longer counts, or null
 */
public record Occurrence(
        long id,
        long versionId,
        String title,
        Instant dueAt,
        @Nullable Instant expiresAt,
        @Nullable String contactHoursOverride,
        boolean skipIncomplete,
        OccurrenceState state,
        @Nullable String heldBecause,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Relative relative,
        boolean expiresWithEvent,
        @Nullable String voidedBecause) {

    /** When it leaves, as it was asked for. */
    public OccurrenceTime time() {
        return new OccurrenceTime(dueAt, expiresAt, relative, expiresWithEvent, contactHoursOverride, skipIncomplete);
    }

    /** Whether nothing of it has left yet, so that text and time can still be changed. */
    public boolean waiting() {
        return switch (state) {
            case AWAITING_APPROVAL, RETURNED, SCHEDULED, HELD -> true;
            case RUNNING, PAUSED, FINISHED, CANCELLED -> false;
        };
    }
}
