package org.pregonero.dispatcher.institution;

import java.time.LocalTime;

/** From (inclusive) to (exclusive) on one day, written {@code 07:00-19:00}. Equal times mean closed. */
public record Hours(LocalTime from, LocalTime to) {

    public static final Hours CLOSED = new Hours(LocalTime.MIN, LocalTime.MIN);

    public Hours {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("Contact hours end before they begin: " + from + "-" + to);
        }
    }

    /** Called by the configuration binding. */
    public static Hours of(String text) {
        var ends = text.split("-", 2);
        if (ends.length != 2) {
            throw new IllegalArgumentException("Contact hours are written 07:00-19:00, not " + text);
        }
        return new Hours(LocalTime.parse(ends[0].strip()), LocalTime.parse(ends[1].strip()));
    }

    public boolean opens() {
        return from.isBefore(to);
    }

    @Override
    public String toString() {
        return from + "-" + to;
    }
}
