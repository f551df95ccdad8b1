package org.pregonero.dispatcher.message;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One immutable state of a message.
 *
 * @param channels by channel code
 * @param cascade which of the channels are tried one after the other, or null
 */
public record MessageVersion(
        long id,
        long messageId,
        int number,
        String title,
        String purpose,
        @Nullable Long eventId,
        List<Long> audienceIds,
        Map<String, ChannelPlan> channels,
        @Nullable Cascade cascade,
        long authorId,
        Instant writtenAt) {}
