package org.pregonero.dispatcher.message;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a message shall leave.
 *
 * @param at the time, with zone or offset; null means now
 * @param expiresAt from then on it is useless; null means the start of the message's event, if it has one
 * @param contactHoursOverride why personal messages may leave outside contact hours, or null
 * @param skipIncomplete leave people out who lack a value that the text needs, instead of refusing
 * @param relative how the time follows from that of the message's event, in place of {@code at}; or null
 */
public record OccurrenceRequest(
        @Nullable Instant at,
        @Nullable Instant expiresAt,
        @Nullable @Size(max = 500) String contactHoursOverride,
        @Nullable Boolean skipIncomplete,
        @Nullable @Valid Relative relative) {

    public OccurrenceRequest(
            @Nullable Instant at,
            @Nullable Instant expiresAt,
            @Nullable String contactHoursOverride,
            @Nullable Boolean skipIncomplete) {
        this(at, expiresAt, contactHoursOverride, skipIncomplete, null);
    }
}
