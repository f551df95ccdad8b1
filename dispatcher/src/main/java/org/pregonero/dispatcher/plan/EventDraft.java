package org.pregonero.dispatcher.plan;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What somebody says an event is to be. */
public record EventDraft(
        String name,
        Instant starts,
        Instant ends,
        @Nullable String place,
        @Nullable String link) {

    /** @throws IllegalArgumentException if it does not end after it starts */
    public EventDraft {
        if (!ends.isAfter(starts)) {
            throw new IllegalArgumentException("An event ends after it starts");
        }
    }
}
