package org.pregonero.channels;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Understands what one provider calls back. One for each provider, however many channels it carries. */
public interface ReadsCallbacks {

    /** The provider's name in the address of its callbacks, for example {@code twilio}. */
    String provider();

    /**
     * Verifies the request and reads what it tells.
     *
     * @return nothing when the request is genuine and says nothing new
     * @throws ForgedCallbackException when the signature is absent or wrong; nothing of the request may be believed
     */
    List<ProviderEvent> read(CallbackRequest request);

    /**
     * The body with which the provider's request is answered.
     *
     * @param reply a text that the provider shall send back to the person who wrote, or null
     */
    Answer answer(@Nullable String reply);

    /**
     * An answer to a callback.
     *
     * @param contentType for example {@code application/xml}
     */
    record Answer(String contentType, String body) {}

    /** A callback that did not come from the provider. */
    final class ForgedCallbackException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public ForgedCallbackException(String message) {
            super(message);
        }
    }
}
