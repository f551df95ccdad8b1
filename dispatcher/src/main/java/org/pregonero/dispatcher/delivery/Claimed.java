package org.pregonero.dispatcher.delivery;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that a worker of this process moved to SENDING, with what rendering it takes.
 *
 * @param address e-mail address or telephone number; null for outlets
 * @param outlet name of the outlet; null for people
 * @param name the person's name; null for outlets
 * @param values of the person, by the names that a text can use
 * @param attempts counted so far, without this one
 * @param reminder whether it reminds of one that went before
 * @param at when it was claimed; tells this claim from any other of the same delivery
 */
record Claimed(
        long id,
        UUID token,
        long occurrenceId,
        @Nullable String address,
        @Nullable String outlet,
        @Nullable String name,
        Map<String, String> values,
        int attempts,
        Instant at,
        boolean reminder) {

    String destination() {
        var destination = address == null ? outlet : address;
        if (destination == null) {
            throw new IllegalStateException("Delivery " + id + " has neither address nor outlet");
        }
        return destination;
    }
}
