package org.pregonero.templates;

import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * An event to which people are invited.
 *
 * @param uid never changes for the same event (RFC 5545, 3.8.4.7)
 * @param start in the zone of the place
 * @param end after {@code start}
 * @param place name and address as one line
 * @param link page with the details, or null
 */
public record PublicEvent(
        String uid,
        String name,
        ZonedDateTime start,
        ZonedDateTime end,
        String place,
        @Nullable String link) {}
