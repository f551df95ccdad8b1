package org.pregonero.channels;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Something that a provider tells after a message was sent. Events arrive late, twice and out of order. */
public sealed interface ProviderEvent {

    /**
     * Tells this event from every other one of the same provider; the same when the provider repeats itself.
     *
     * @return at most 200 characters, without addresses
     */
    String key();

    /** How far a message has come. */
    enum Status {
        /** The provider carries it. */
        ACCEPTED,
        /** It is on the recipient's device or in the recipient's mailbox. */
        DELIVERED,
        /** The recipient has opened it. */
        READ,
        /** The provider gave it up. */
        UNDELIVERED
    }

    /**
     * How far a message has come.
     *
     * @param token of the delivery, or null where the event names only the provider's id
     * @param providerId what the provider calls the message, or null
     * @param reason of an undelivered message, else null
     * @param at when it happened, or when we learned of it
     */
    record StatusReported(
            String key,
            @Nullable UUID token,
            @Nullable String providerId,
            Status status,
            @Nullable Reason reason,
            Instant at)
            implements ProviderEvent {}

    /**
     * A person wrote to us.
     *
     * @param channel through which, and through which an answer goes
     * @param from E.164 telephone or e-mail address
     * @param token of the delivery that it answers, or null where that cannot be told
     */
    record MessageReceived(
            String key,
            Channel channel,
            String from,
            @Nullable UUID token,
            String text,
            Instant at) implements ProviderEvent {

        /** Without address and text, which must not reach a log. */
        @Override
        public String toString() {
            return "MessageReceived[" + key + "]";
        }
    }

    /**
     * A person called a message spam. Not a bounce: the address works, and its owner wants no more.
     *
     * @param token of the delivery
     */
    record Complained(String key, UUID token, Instant at) implements ProviderEvent {}
}
