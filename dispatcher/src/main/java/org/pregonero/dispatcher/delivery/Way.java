package org.pregonero.dispatcher.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pregonero.channels.Addressing;
import org.pregonero.channels.Channel;
import org.pregonero.dispatcher.message.Contents;

/**
 * How deliveries of an occurrence are made on a channel.
 *
 * @param addressing of the channel, or null when the installation no longer has it
 * @param needed names of values without which a person is not written to
 * @param acknowledgeWithin how long people have to acknowledge it before they are reminded, or null
 */
record Way(
        String channel,
        @Nullable Addressing addressing,
        Set<String> needed,
        @Nullable Duration acknowledgeWithin) {

    static Way on(String channel, long occurrence, Adapters adapters, Contents contents) {
        var code = new Channel(channel);
        if (!adapters.has(code)) {
            return new Way(channel, null, Set.of(), null);
        }
        var addressing = adapters.of(code).addressing();
        return addressing.personal()
                ? new Way(
                        channel,
                        addressing,
                        contents.needed(occurrence, channel),
                        contents.approved(occurrence, channel)
                                .acknowledgeWithin()
                                .orElse(null))
                : new Way(channel, addressing, Set.of(), null);
    }

    /** A channel that is gone cannot tell any more, but the places it was to be published at can. */
    boolean personal(List<String> outlets) {
        return addressing == null ? outlets.isEmpty() : addressing.personal();
    }

    /** The kind of address. */
    String kind() {
        return addressing == null ? "" : addressing.name();
    }

    /** Why nobody is reached on it, or null. */
    @Nullable
    String obstacle() {
        return addressing == null ? "CHANNEL_NOT_CONFIGURED" : null;
    }
}
