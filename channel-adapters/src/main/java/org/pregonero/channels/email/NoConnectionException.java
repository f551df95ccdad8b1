package org.pregonero.channels.email;

import org.pregonero.channels.Reason;

/** No usable connection came about; nothing of any message was handed over. */
final class NoConnectionException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Reason reason;
    private final String advice;
    private final boolean busy;

    private NoConnectionException(Reason reason, String advice, boolean busy) {
        super(reason.toString());
        this.reason = reason;
        this.advice = advice;
        this.busy = busy;
    }

    /** Somebody has to do something about it, or the server is away. */
    static NoConnectionException down(Reason.Code code, String providerCode, String detail, String advice) {
        return new NoConnectionException(
                new Reason(code, providerCode.isEmpty() ? null : providerCode, detail), advice, false);
    }

    /** The server itself asks to come back later: as little to do with any one message as a server that is away. */
    static NoConnectionException later(SmtpReply reply, String detail) {
        return new NoConnectionException(
                new Reason(Reason.Code.UNREACHABLE, reply.codes(), detail), Advice.SERVER_BUSY, true);
    }

    Reason reason() {
        return reason;
    }

    /** Whether the server answered, and has no room for this connection at present. */
    boolean busy() {
        return busy;
    }

    String advice() {
        return advice;
    }
}
