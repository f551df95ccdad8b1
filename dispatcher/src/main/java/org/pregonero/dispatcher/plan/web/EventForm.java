package org.pregonero.dispatcher.plan.web;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.plan.EventDraft;
import org.pregonero.dispatcher.plan.PlanEvent;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.validation.BindingResult;

/** What a person writes of an event; times are those of the clocks where it takes place. */
// missing until it is checked
@SuppressWarnings("MultipleNullnessAnnotations")
record EventForm(
        @NotBlank(message = "{plan.event.name.required}") @Size(max = 300, message = "{plan.text.long}")
        String name,

        @NotNull(message = "{plan.event.date.required}") @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable
        LocalDate date,

        @NotNull(message = "{plan.event.from.required}") @DateTimeFormat(pattern = "HH:mm") @Nullable
        LocalTime from,

        @NotNull(message = "{plan.event.to.required}") @DateTimeFormat(pattern = "HH:mm") @Nullable
        LocalTime to,

        @Size(max = 300, message = "{plan.text.long}") @Nullable
        String place,

        @Size(max = 500, message = "{plan.text.long}") @Nullable
        String link,

        int version) {

    static final EventForm EMPTY = new EventForm("", null, null, null, null, null, 0);

    static EventForm of(PlanEvent event) {
        var zone = ZoneId.of(event.zone());
        var starts = event.starts().atZone(zone);
        return new EventForm(
                event.name(),
                starts.toLocalDate(),
                starts.toLocalTime(),
                event.ends().atZone(zone).toLocalTime(),
                event.place(),
                event.link(),
                event.version());
    }

    EventForm at(int other) {
        return new EventForm(name, date, from, to, place, link, other);
    }

    /** What one field alone does not tell. */
    void check(BindingResult result) {
        if (from != null && to != null && !to.isAfter(from)) {
            result.rejectValue("to", "plan.event.to.early");
        }
        if (link != null && !link.isBlank() && !link.strip().matches("(?i)https?://[^\\s\"<>]{3,}")) {
            result.rejectValue("link", "plan.event.link.wrong");
        }
    }

    EventDraft event(ZoneId zone) {
        if (date == null || from == null || to == null) {
            throw new IllegalStateException("An event without its times is never stored");
        }
        return new EventDraft(
                name.strip(),
                date.atTime(from).atZone(zone).toInstant(),
                date.atTime(to).atZone(zone).toInstant(),
                orNull(place),
                orNull(link));
    }

    private static @Nullable String orNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
