package org.pregonero.channels.email;

import org.pregonero.channels.Reason;

/** How one mail transaction ended, and how far it had come. */
sealed interface TransactionEnd {

    /** The steps of a transaction, in order. */
    enum Phase {
        /** Who sends. */
        MAIL,
        /** Who receives. */
        RCPT,
        /** May the message come? */
        DATA,
        /** The message is being written; without its final dot the server must throw it away (RFC 5321, 4.1.1.4). */
        BODY,
        /** The final dot may have left: from here on the server may have taken the message. */
        END
    }

    Phase phase();

    /** The server answered; in the phase {@link Phase#END}, about the message as a whole. */
    record Answered(Phase phase, SmtpReply reply) implements TransactionEnd {}

    /**
     * There was no usable answer.
     *
     * @param trouble {@code CONNECTION_LOST} or {@code MALFORMED_ANSWER}
     * @param detail free of addresses
     */
    record Lost(Phase phase, Reason.Code trouble, String detail) implements TransactionEnd {}
}
