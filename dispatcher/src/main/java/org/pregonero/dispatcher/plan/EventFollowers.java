package org.pregonero.dispatcher.plan;

import java.time.Instant;
import java.util.List;

/** Tells what was scheduled about an event and has not left yet: whoever changes the event has to look at it. */
public interface EventFollowers {

    /** The first to leave first. */
    List<Follower> of(long event);

    /**
     * A sending.
     *
     * @param state code
     */
    record Follower(long id, String title, Instant due, String state) {}
}
