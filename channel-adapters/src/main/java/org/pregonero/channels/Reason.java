package org.pregonero.channels;

import org.jspecify.annotations.Nullable;

/**
 * Why a delivery did not simply succeed.
 *
 * @param code the kind of trouble
 * @param providerCode the provider's own code, for example {@code 550 5.1.1}, or null
 * @param detail the provider's words, shortened, with addresses and secrets taken out
 */
public record Reason(Code code, @Nullable String providerCode, String detail) {

    /** The closed set of kinds of trouble. What each means to a user is in the application's message bundles. */
    public enum Code {
        /** The address cannot exist or the provider refuses its form. */
        INVALID_ADDRESS,
        /** The address is well-formed and there is nobody behind it. */
        UNKNOWN_RECIPIENT,
        /** The recipient's mailbox or device cannot take more. */
        MAILBOX_FULL,
        /** The recipient or the recipient's provider does not accept messages from us. */
        BLOCKED,
        /** The recipient's device is off or out of coverage; a later message may arrive. */
        RECIPIENT_UNREACHABLE,
        /** Free text is let through only for some time after the recipient's own last message, and that time is over. */
        OUTSIDE_WINDOW,
        /** The content was refused, for example as spam. */
        CONTENT_REFUSED,
        /** The message is larger than the provider takes. */
        TOO_LARGE,
        /** Too many messages in too short a time. */
        RATE_LIMITED,
        /** The account has sent what it may for now: no other message would be taken either. */
        QUOTA_SPENT,
        /** The provider answered with a passing trouble of its own. */
        PROVIDER_TROUBLE,
        /** The provider could not be reached. */
        UNREACHABLE,
        /** The connection broke or fell silent. */
        CONNECTION_LOST,
        /** The provider refused our credentials. */
        AUTHENTICATION,
        /** The secured connection could not be established or trusted. */
        TLS,
        /** The channel lacks a setting or has a wrong one. */
        CONFIGURATION,
        /** A file could not be written or read back. */
        STORAGE,
        /** The provider answered with something that the protocol does not know. */
        MALFORMED_ANSWER,
        /** Our own fault: an unexpected error before anything was handed over. */
        INTERNAL
    }
}
