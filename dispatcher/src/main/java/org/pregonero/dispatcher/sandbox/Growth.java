package org.pregonero.dispatcher.sandbox;

import java.time.Duration;
import java.time.Instant;

/** Figures of a post that grow as people see it: fast at first, then less and less. */
record Growth(String postId, Instant since) {

    private static final double MINUTES_TO_TWO_THIRDS = 10;

    /** @return what this figure has come to, of at most about {@code many} */
    long of(String figure, long many, Instant now) {
        double minutes = Math.max(0, Duration.between(since, now).toMillis() / 60_000.0);
        // every post has its own luck, from half to one and a half
        double luck = 0.5 + Math.floorMod((postId + figure).hashCode(), 1000) / 1000.0;
        return Math.round(many * luck * (1 - Math.exp(-minutes / MINUTES_TO_TWO_THIRDS)));
    }
}
