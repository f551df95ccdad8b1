package org.pregonero.channels;

import java.time.Instant;
import java.util.Optional;

/** A channel that can be asked, after an attempt of unknown end, whether the message is there. */
public interface Verifiable {

    /**
     * Looks for the message at the provider.
     *
     * @param since when the attempt began
     * @return what became of it, or empty when the provider does not have it, so that it may be sent again
     */
    Optional<SendOutcome> find(OutboundMessage message, Instant since);
}
