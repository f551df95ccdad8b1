package org.pregonero.dispatcher.message;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.pregonero.dispatcher.institution.ContactPolicies;
import org.pregonero.dispatcher.institution.ContactPolicy;
import org.pregonero.dispatcher.institution.Hours;
import org.pregonero.dispatcher.institution.NationalHolidays;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * When people may be written to: by default Monday to Friday 7-19, Saturday 8-15, never on Sundays and Colombian
 * holidays, in America/Bogota, and as the institution says otherwise (Ley 2300 de 2023, art. 3, taken as a courtesy for every personal message).
 */
@Component
public class ContactHours {

    private static final int A_YEAR_OF_DAYS = 366;

    private final NationalHolidays holidays = new NationalHolidays();
    private final Supplier<ContactPolicy> policy;

    @Autowired
    ContactHours(ContactPolicies policies) {
        this(policies::recent);
    }

    ContactHours(Supplier<ContactPolicy> policy) {
        this.policy = policy;
    }

    /** In which the hours are counted. */
    ZoneId zone() {
        return policy.get().zone();
    }

    /** Whether personal messages may leave at this moment. */
    public boolean open(Instant moment) {
        var local = moment.atZone(policy.get().zone());
        var time = local.toLocalTime();
        var hours = hours(local.toLocalDate());
        return !time.isBefore(hours.from()) && time.isBefore(hours.to());
    }

    /** The moment itself when it is open, else the next opening. */
    public Instant nextOpening(Instant moment) {
        if (open(moment)) {
            return moment;
        }
        var local = moment.atZone(policy.get().zone());
        for (var day = 0; day <= A_YEAR_OF_DAYS; day++) {
            var date = local.toLocalDate().plusDays(day);
            var hours = hours(date);
            var opening =
                    ZonedDateTime.of(date, hours.from(), policy.get().zone()).toInstant();
            if (hours.opens() && !opening.isBefore(moment)) {
                return opening;
            }
        }
        throw new IllegalStateException("Contact hours never open; look at the settings page");
    }

    /** What keeps a personal message that is due at the moment from leaving until it opens; nothing when it is open. */
    public List<Obstacle> obstacles(Instant moment) {
        var opening = nextOpening(moment).atZone(policy.get().zone());
        var local = moment.atZone(policy.get().zone());
        var obstacles = new ArrayList<Obstacle>();
        for (var date = local.toLocalDate(); !date.isAfter(opening.toLocalDate()); date = date.plusDays(1)) {
            var hours = hours(date);
            var first = date.equals(local.toLocalDate());
            if (date.getDayOfWeek() == DayOfWeek.SUNDAY) {
                obstacles.add(new Obstacle(Obstacle.Kind.SUNDAY, date, ""));
            } else if (!hours.opens()) {
                var holiday = holidayName(date);
                obstacles.add(new Obstacle(
                        holiday.isEmpty() ? Obstacle.Kind.CLOSED_DAY : Obstacle.Kind.HOLIDAY, date, holiday));
            } else if (first && !local.toLocalTime().isBefore(hours.to())) {
                obstacles.add(new Obstacle(Obstacle.Kind.TOO_LATE, date, ""));
            } else if (first && local.toLocalTime().isBefore(hours.from())) {
                obstacles.add(new Obstacle(Obstacle.Kind.TOO_EARLY, date, ""));
            }
        }
        return obstacles;
    }

    private String holidayName(LocalDate date) {
        return policy.get().ownHoliday(date).or(() -> holidays.key(date)).orElse("");
    }

    /**
     * Why nothing personal leaves on a day, or at an hour of it.
     *
     * @param name of the holiday, or the key of its name in the message bundle ({@code holiday.…}); else empty
     */
    public record Obstacle(Kind kind, LocalDate date, String name) {

        /** What it is. */
        public enum Kind {
            SUNDAY,
            HOLIDAY,
            CLOSED_DAY,
            TOO_LATE,
            TOO_EARLY
        }
    }

    private Hours hours(LocalDate date) {
        var rules = policy.get();
        if (date.getDayOfWeek() == DayOfWeek.SUNDAY
                || holidays.include(date)
                || rules.ownHoliday(date).isPresent()) {
            return Hours.CLOSED;
        }
        return date.getDayOfWeek() == DayOfWeek.SATURDAY ? rules.saturday() : rules.weekdays();
    }
}
