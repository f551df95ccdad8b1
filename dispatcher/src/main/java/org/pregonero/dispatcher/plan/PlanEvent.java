package org.pregonero.dispatcher.plan;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event of a plan, to which people are invited.
 *
 * @param uid of its calendar entry (RFC 5545, 3.8.4.7)
 * @param zone in which its times are meant, for example {@code America/Bogota}
 * @param link where it can be followed, where there is such a place
 * @param version counts its changes
 */
public record PlanEvent(
        long id,
        long planId,
        String uid,
        String name,
        Instant starts,
        Instant ends,
        String zone,
        @Nullable String place,
        @Nullable String link,
        int version) {}
