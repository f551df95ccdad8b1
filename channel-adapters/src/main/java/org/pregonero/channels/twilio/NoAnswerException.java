package org.pregonero.channels.twilio;

import com.twilio.exception.TwilioException;
import java.io.IOException;

/** No answer came to a request, or none that could be read to its end. */
final class NoAnswerException extends TwilioException {

    private static final long serialVersionUID = 1L;

    private final boolean handedOver;

    /** @param handedOver whether Twilio may have the request */
    NoAnswerException(boolean handedOver, IOException cause) {
        super("No answer", cause);
        this.handedOver = handedOver;
    }

    boolean handedOver() {
        return handedOver;
    }
}
