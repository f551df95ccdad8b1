package org.pregonero.channels;

import java.util.Map;
import java.util.Optional;

/** A channel that can be asked, long after sending, how many a message has reached. */
public interface MeasuresReach {

    /**
     * Asks for the figures of a message, as they are now.
     *
     * @param providerId as the outcome of sending named it
     * @return empty when the provider has none now or cannot be asked; a later question may be answered
     */
    Optional<Reach> measure(String providerId);

    /**
     * What a network counts. Accounts and displays, never people, and never to be added to people.
     *
     * @param figures by kind; what the network does not count is absent
     */
    record Reach(Map<Figure, Long> figures) {
        public Reach {
            figures = Map.copyOf(figures);
        }
    }

    /** The kinds of figures. */
    enum Figure {
        /** How often it was displayed. */
        IMPRESSIONS,
        /** To how many accounts it was displayed. */
        REACHED_ACCOUNTS,
        LIKES,
        COMMENTS,
        SHARES,
        LINK_CLICKS
    }
}
