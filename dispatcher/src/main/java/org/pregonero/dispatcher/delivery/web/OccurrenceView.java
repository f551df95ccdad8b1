package org.pregonero.dispatcher.delivery.web;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.delivery.DeliveryState;
import org.pregonero.dispatcher.message.Occurrence;

/**
 * An occurrence and what has become of it.
 *
 * @param approvedByAuthor approved by the person who wrote it, as the institution allows
 * @param people different people its deliveries are for
 * @param deliveries all of them, whatever became of them
 * @param settled those that nothing more will happen to by itself
 * @param channels counts by channel and state
 * @param causes why deliveries did not go, or not yet
 * @param waitsUntil contact hours hold personal messages back until then, or null
 */
public record OccurrenceView(
        Occurrence occurrence,
        boolean approvedByAuthor,
        boolean fannedOut,
        long people,
        long deliveries,
        long settled,
        SortedMap<String, SortedMap<DeliveryState, Long>> channels,
        List<CauseView> causes,
        @Nullable Instant waitsUntil) {

    /**
     * A group of deliveries that share a reason.
     *
     * @param explanation in the reader's language
     * @param remedy what to do about it
     * @param retriable whether a person may have them sent again
     */
    public record CauseView(
            String channel,
            DeliveryState state,
            String reasonCode,
            String explanation,
            String remedy,
            boolean retriable,
            long deliveries,
            @Nullable Instant nextAttempt) {}
}
