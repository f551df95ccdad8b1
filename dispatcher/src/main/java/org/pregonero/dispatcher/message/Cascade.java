package org.pregonero.dispatcher.message;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Channels that a person is tried on one after the other, until one has certainly reached the person. The next one is
 * tried at once when the one before failed or could not be used, and after a wait when it stayed silent.
 *
 * @param order channel codes; the first one is tried first
 * @param patience how long a message may stay without confirmation before the next channel is tried
 * @param preferredFirst whether a person's own preferred channel comes before the others, where it is one of them
 */
public record Cascade(
        @NotNull @Size(min = 2, max = 10) List<@NotNull String> order,
        @NotNull Duration patience,
        boolean preferredFirst) {

    public Cascade(List<String> order, Duration patience) {
        this(order, patience, false);
    }

    /** The channel before this one, or null when the channel is the first or has no part in the cascade. */
    public @Nullable String before(String channel) {
        var place = order.indexOf(channel);
        return place < 1 ? null : order.get(place - 1);
    }

    /** The channels up to this one, which is the last of them. */
    public List<String> upTo(String channel) {
        return order.subList(0, order.indexOf(channel) + 1);
    }
}
