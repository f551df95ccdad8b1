package org.pregonero.dispatcher.institution;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/**
 * When the institution writes to people.
 *
 * @param zone of all times
 * @param weekdays Monday to Friday
 * @param ownHolidays days on which it writes to nobody besides Sundays and the country's holidays, and what they are
 *     called
 * @param version of the hours, that a change was made from
 */
public record ContactPolicy(
        ZoneId zone, Hours weekdays, Hours saturday, Map<LocalDate, String> ownHolidays, long version) {

    public ContactPolicy {
        ownHolidays = Map.copyOf(ownHolidays);
    }

    /** What the day is called when it is one of the institution's own holidays. */
    public Optional<String> ownHoliday(LocalDate day) {
        return Optional.ofNullable(ownHolidays.get(day));
    }
}
