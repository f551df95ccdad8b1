package org.pregonero.dispatcher.message;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.pregonero.dispatcher.plan.PlanEvent;

/**
 * A time that follows from an event's: so many days before it (after it, where negative), at an hour of the event's zone.
 */
public record Relative(
        @Min(-366) @Max(366) int daysBefore, @NotNull LocalTime at) {

    Instant to(PlanEvent event) {
        var zone = ZoneId.of(event.zone());
        return event.starts()
                .atZone(zone)
                .toLocalDate()
                .minusDays(daysBefore)
                .atTime(at)
                .atZone(zone)
                .toInstant();
    }
}
