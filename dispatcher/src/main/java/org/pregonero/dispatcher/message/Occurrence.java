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
        @Nullable Instant finishedAt) {}
