package org.pregonero.channels.email;

import org.pregonero.channels.Reason;

/** No usable connection came about; nothing of any message was handed over. */
final class NoConnectionException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Reason reason;
    private final String advice;
    private final boolean passing;

    private NoConnectionException(Reason reason, String advice, boolean passing) {
        super(reason.toString());
        this.reason = reason;
        this.advice = advice;
        this.passing = passing;
    }

    /** Somebody has to do something about it, or the server is away. */
    static NoConnectionException down(Reason.Code code, String providerCode, String detail, String advice) {
        return new NoConnectionException(
                new Reason(code, providerCode.isEmpty() ? null : providerCode, detail), advice, false);
    }

    /** The server itself asks to come back later. */
    static NoConnectionException later(SmtpReply reply, String detail) {
        return new NoConnectionException(
                new Reason(Reason.Code.PROVIDER_TROUBLE, reply.codes(), detail), Advice.SERVER_BUSY, true);
    }

    Reason reason() {
        return reason;
    }

    String advice() {
        return advice;
    }

    boolean passing() {
        return passing;
    }
}
