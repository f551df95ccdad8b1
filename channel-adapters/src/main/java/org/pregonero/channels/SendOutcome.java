package org.pregonero.channels;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How an attempt to send ended. Provider trouble is one of these, never an exception. */
public sealed interface SendOutcome {

    /**
     * The provider took the message and will carry it.
     *
     * @param providerId what the provider calls it, for example the mail server's queue id
     * @param providerCode the provider's own code, for example {@code 250 2.0.0}, or null
     */
    record Accepted(String providerId, @Nullable String providerCode) implements SendOutcome {}

    /**
     * The message can be read where it was published.
     *
     * @param providerId what the place of publication calls it
     * @param url where it can be read
     * @param sha256 of the published bytes, in lower-case hexadecimal
     */
    record Published(String providerId, URI url, String sha256) implements SendOutcome {}

    /** Refused for good: a repetition would end the same way. */
    record Rejected(Reason reason) implements SendOutcome {}

    /**
     * Not taken now; a later attempt may succeed.
     *
     * @param retryAfter the provider's wish, or null
     */
    record Deferred(Reason reason, @Nullable Duration retryAfter) implements SendOutcome {}

    /**
     * Not taken, and no other message would be: the channel itself is out of order.
     *
     * @param advice what a person can do, in Spanish
     */
    record ChannelDown(Reason reason, String advice) implements SendOutcome {}

    /** Whether the provider took the message cannot be told. It must not be sent again blindly. */
    record Unknown(Reason reason) implements SendOutcome {}
}
