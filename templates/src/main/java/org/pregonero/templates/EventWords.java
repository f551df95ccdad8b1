package org.pregonero.templates;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Dates and hours as people in the reader's country write them. */
record EventWords(Words words) {

    /** For example {@code jueves 26 de noviembre de 2026}. */
    String date(ZonedDateTime moment) {
        return part(moment, "date.full");
    }

    /** A part of a date; the pattern is in the message bundle, because word order belongs to the language. */
    String part(ZonedDateTime moment, String patternKey) {
        return DateTimeFormatter.ofPattern(words.get(patternKey), words.locale())
                .format(moment);
    }

    /** For example {@code 9:00 a. m.}; written by hand since JDKs differ in the spaces of "a. m.". */
    String hour(ZonedDateTime moment) {
        String key;
        if (moment.getHour() == 12 && moment.getMinute() == 0) {
            key = "hour.noon";
        } else {
            key = moment.getHour() < 12 ? "hour.morning" : "hour.afternoon";
        }
        int hour = moment.getHour() % 12 == 0 ? 12 : moment.getHour() % 12;
        return words.get(key, hour + ":" + (moment.getMinute() < 10 ? "0" : "") + moment.getMinute());
    }

    /** For example {@code 9:00 a. m. a 12:00 m.}, with the last day's date when the event lasts several days. */
    String hours(PublicEvent event) {
        if (event.start().toLocalDate().equals(event.end().toLocalDate())) {
            return words.get("hour.range", hour(event.start()), hour(event.end()));
        }
        return words.get("hour.days", hour(event.start()), date(event.end()), hour(event.end()));
    }
}
