package org.pregonero.channels.x;

import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.pregonero.channels.Reason;

/** No answer came. The message tells nothing of the request. */
final class NoAnswerException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason.Code code;

    NoAnswerException(Throwable trouble) {
        super(trouble.getClass().getSimpleName());
        this.code = code(trouble);
    }

    private static Reason.Code code(Throwable trouble) {
        for (Throwable cause = trouble; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
                return Reason.Code.UNREACHABLE;
            }
            if (cause instanceof SSLHandshakeException) {
                return Reason.Code.TLS;
            }
        }
        return Reason.Code.CONNECTION_LOST;
    }

    /** Whether there never was a connection to send the request through. */
    boolean surelyNotSent() {
        return code != Reason.Code.CONNECTION_LOST;
    }

    Reason reason() {
        return new Reason(code, null, String.valueOf(getMessage()));
    }
}
