package org.pregonero.channels.twilio;

import com.twilio.exception.TwilioException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Twilio answered a request with anything but success. */
final class RefusedException extends TwilioException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final int code;
    private final @Nullable Duration retryAfter;

    /**
     * @param status of HTTP
     * @param code Twilio's own, or 0
     * @param words Twilio's own; may quote the address
     */
    RefusedException(int status, int code, String words, @Nullable Duration retryAfter) {
        super(words);
        this.status = status;
        this.code = code;
        this.retryAfter = retryAfter;
    }

    int status() {
        return status;
    }

    int code() {
        return code;
    }

    String words() {
        return String.valueOf(getMessage());
    }

    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }
}
