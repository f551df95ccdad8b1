package org.pregonero.dispatcher.message;

import java.time.LocalTime;
import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * {@code pregonero.contact-hours}: when personal messages may leave.
 *
 * @param zone of all times; default {@code America/Bogota}
 * @param weekdays Monday to Friday; default {@code 07:00-19:00}
 * @param saturday default {@code 08:00-15:00}
 */
@ConfigurationProperties("pregonero.contact-hours")
record ContactHoursProperties(ZoneId zone, Hours weekdays, Hours saturday) {

    /** From (inclusive) to (exclusive) on one day, written {@code 07:00-19:00}. Equal times mean closed. */
    record Hours(LocalTime from, LocalTime to) {

        static final Hours CLOSED = new Hours(LocalTime.MIN, LocalTime.MIN);

        Hours {
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

        boolean opens() {
            return from.isBefore(to);
        }
    }
}
