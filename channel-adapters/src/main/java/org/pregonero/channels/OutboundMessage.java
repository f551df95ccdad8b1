package org.pregonero.channels;

import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pregonero.templates.RenderedContent;

/**
 * One message for one recipient, ready to be sent.
 *
 * @param token of the delivery; the same at every attempt, so that a provider or a person can recognise a repetition
 * @param address in the form of the channel's {@link Addressing}; for outlets, the outlet's name
 * @param recipientName the person's name, or null
 * @param unsubscribe page where this recipient can opt out and that takes a one-click POST (RFC 8058), or null where
 *     opting out makes no sense
 */
public record OutboundMessage(
        UUID token,
        String address,
        @Nullable String recipientName,
        RenderedContent content,
        @Nullable URI unsubscribe) {

    /** Without address, name and content, which must not reach a log. */
    @Override
    public String toString() {
        return "OutboundMessage[" + token + "]";
    }
}
