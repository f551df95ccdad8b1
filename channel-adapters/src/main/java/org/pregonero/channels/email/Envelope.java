package org.pregonero.channels.email;

/**
 * Who sends to whom, as the server is told.
 *
 * @param sender where bounces go
 */
record Envelope(String sender, Mailbox recipient) {

    /** Without addresses, which must not reach a log. */
    @Override
    public String toString() {
        return "Envelope[]";
    }
}
