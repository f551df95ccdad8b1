package org.pregonero.dispatcher.institution;

import de.focus_shift.jollyday.core.Holiday;
import de.focus_shift.jollyday.core.HolidayCalendar;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Colombia's holidays (Ley 51 de 1983 and what changed it since). */
@Component
public class NationalHolidays {

    private final HolidayManager holidays =
            HolidayManager.getInstance(ManagerParameters.create(HolidayCalendar.COLOMBIA));

    /**
     * A holiday.
     *
     * @param key of its name in the message bundles, after {@code holiday.}
     */
    public record Day(LocalDate day, String key) {}

    public boolean include(LocalDate day) {
        return holidays.isHoliday(day);
    }

    /** The key of the name of the holiday on a day, as {@link Day} has it. */
    public Optional<String> key(LocalDate day) {
        return holidays.getHolidays(day, day).stream()
                .map(Holiday::getPropertiesKey)
                .findFirst();
    }

    /** Those of a year from a day on, in order. */
    public List<Day> yearFrom(LocalDate day) {
        return holidays.getHolidays(day, day.plusYears(1)).stream()
                .sorted(Comparator.comparing(Holiday::getDate))
                .map(holiday -> new Day(holiday.getDate(), holiday.getPropertiesKey()))
                .toList();
    }
}
