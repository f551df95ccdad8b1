package org.pregonero.dispatcher.message.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.message.Occurrence;
import org.pregonero.dispatcher.message.OccurrenceRequest;
import org.pregonero.dispatcher.message.Refusal;
import org.pregonero.dispatcher.message.Relative;

/**
 * When a message leaves, as the form holds it.
 *
 * @param when {@code NOW}, {@code AT} or {@code EVENT}
 * @param at as the institution's clocks show it
 * @param daysBefore the event
 * @param time of the event's zone
 * @param useful until then, or empty
 * @param override whether contact hours do not count
 * @param reason why they do not
 */
public record TimeForm(
        @Nullable String when,
        @Nullable String at,
        @Nullable String daysBefore,
        @Nullable String time,
        @Nullable String useful,
        @Nullable Boolean override,
        @Nullable String reason,
        @Nullable Boolean skipIncomplete) {

    private static final int LONGEST_REASON = 500;

    static TimeForm fresh(boolean event) {
        return new TimeForm(event ? "EVENT" : "AT", "", "7", "09:00", "", false, "", false);
    }

    static TimeForm of(Occurrence occurrence, ZoneId zone) {
        var relative = occurrence.relative();
        return new TimeForm(
                relative == null ? "AT" : "EVENT",
                input(occurrence.dueAt(), zone),
                relative == null ? "7" : String.valueOf(relative.daysBefore()),
                relative == null ? "09:00" : relative.at().toString(),
                occurrence.expiresWithEvent() ? "" : input(occurrence.expiresAt(), zone),
                occurrence.contactHoursOverride() != null,
                occurrence.contactHoursOverride(),
                occurrence.skipIncomplete());
    }

    boolean overrides() {
        return Boolean.TRUE.equals(override);
    }

    /** Empties what was left out, so that a page can show it. */
    TimeForm shown() {
        return new TimeForm(
                text(when),
                text(at),
                text(daysBefore),
                text(time),
                text(useful),
                override,
                text(reason),
                skipIncomplete);
    }

    /** What it asks for, or the keys of what is wrong, each with its field. */
    record Read(@Nullable OccurrenceRequest request, List<String[]> wrong) {}

    Read read(ZoneId zone) {
        var wrong = new ArrayList<String[]>();
        var moment = "AT".equals(when) ? moment(at, zone) : null;
        if ("AT".equals(when) && moment == null) {
            wrong.add(new String[] {"at", "message.error.at"});
        }
        var relative = "EVENT".equals(when) ? relative() : null;
        if ("EVENT".equals(when) && relative == null) {
            wrong.add(new String[] {"daysBefore", "message.error.relative"});
        }
        var end = moment(useful, zone);
        if (end == null && !text(useful).isBlank()) {
            wrong.add(new String[] {"useful", "message.error.at"});
        }
        if (overrides() && (text(reason).isBlank() || text(reason).length() > LONGEST_REASON)) {
            wrong.add(new String[] {"reason", "message.error.reason"});
        }
        return wrong.isEmpty()
                ? new Read(
                        new OccurrenceRequest(moment, end, overrides() ? reason : null, skipIncomplete, relative),
                        wrong)
                : new Read(null, wrong);
    }

    /** The field that a refusal is about, or empty. */
    String field(@Nullable Refusal why) {
        if (why == Refusal.USELESS) {
            return "useful";
        }
        var ofTheTime = why == Refusal.PAST || why == Refusal.TOO_FAR;
        return !ofTheTime || "NOW".equals(when) ? "" : "EVENT".equals(when) ? "daysBefore" : "at";
    }

    private @Nullable Relative relative() {
        try {
            var days = Integer.parseInt(text(daysBefore).strip());
            return Math.abs(days) > 366
                    ? null
                    : new Relative(days, LocalTime.parse(text(time).strip()));
        } catch (DateTimeException | NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Instant moment(@Nullable String text, ZoneId zone) {
        try {
            return text(text).isBlank()
                    ? null
                    : LocalDateTime.parse(text(text).strip()).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static String input(@Nullable Instant moment, ZoneId zone) {
        return moment == null
                ? ""
                : LocalDateTime.ofInstant(moment, zone)
                        .truncatedTo(ChronoUnit.MINUTES)
                        .toString();
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
