package org.pregonero.dispatcher.message;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.plan.PlanEvent;

/**
 * When an occurrence leaves, until when it is useful, and what it may leave out, worked out from a request and the event.
 *
 * @param expiresWithEvent whether it is useless from the start of the event on
 */
public record OccurrenceTime(
        Instant due,
        @Nullable Instant expires,
        @Nullable Relative relative,
        boolean expiresWithEvent,
        @Nullable String contactHoursOverride,
        boolean skipIncomplete) {

    private static final Duration FARTHEST = Duration.ofDays(5 * 365);

    /** @throws RefusedException when a time follows from an event that the message does not have */
    static OccurrenceTime of(OccurrenceRequest request, @Nullable PlanEvent event, Instant now) {
        var relative = request.relative();
        if (relative != null && event == null) {
            throw new RefusedException(Refusal.NO_EVENT_TO_FOLLOW);
        }
        var due = relative != null && event != null ? relative.to(event) : request.at() == null ? now : request.at();
        var withEvent = request.expiresAt() == null && event != null;
        var expires = withEvent && event != null ? event.starts() : request.expiresAt();
        var reason = request.contactHoursOverride();
        return new OccurrenceTime(
                due.truncatedTo(ChronoUnit.MICROS),
                expires == null ? null : expires.truncatedTo(ChronoUnit.MICROS),
                relative,
                withEvent,
                reason == null || reason.isBlank() ? null : reason.strip(),
                Boolean.TRUE.equals(request.skipIncomplete()));
    }

    /** The same for an event that begins at another time. */
    OccurrenceTime moved(PlanEvent event) {
        return new OccurrenceTime(
                relative == null ? due : relative.to(event),
                expiresWithEvent ? event.starts() : expires,
                relative,
                expiresWithEvent,
                contactHoursOverride,
                skipIncomplete);
    }

    /** @throws RefusedException when the times make no sense */
    void check(Instant now, Duration lateTolerance) {
        if (due.isAfter(now.plus(FARTHEST)) || (expires != null && expires.isAfter(now.plus(FARTHEST)))) {
            throw new RefusedException(Refusal.TOO_FAR);
        }
        if (due.isBefore(now.minus(lateTolerance))) {
            throw new RefusedException(Refusal.PAST);
        }
    }
}
