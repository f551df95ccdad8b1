package org.pregonero.dispatcher.institution;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.account.AuditTrail;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Reads and writes when the institution writes to people. What nobody has set yet is as configured. */
@Repository
public class ContactPolicies {

    /** The engine asks for every batch; a change counts everywhere after so long at most. */
    private static final Duration FRESH = Duration.ofSeconds(3);

    private final JdbcClient jdbc;
    private final Institutions institutions;
    private final ContactHoursProperties configured;
    private final AuditTrail audit;
    private final LoadingCache<String, ContactPolicy> known;

    ContactPolicies(JdbcClient jdbc, Institutions institutions, ContactHoursProperties configured, AuditTrail audit) {
        this.jdbc = jdbc;
        this.institutions = institutions;
        this.configured = configured;
        this.audit = audit;
        this.known = Caffeine.newBuilder().expireAfterWrite(FRESH).build(key -> current());
    }

    /** As it was some seconds ago at most. */
    public ContactPolicy recent() {
        return known.get("");
    }

    /** As it is. */
    public ContactPolicy current() {
        var zone = institutions.zone();
        Map<LocalDate, String> holidays = new TreeMap<>();
        jdbc.sql("select day, name from own_holiday")
                .query((row, n) -> holidays.put(row.getObject("day", LocalDate.class), row.getString("name")))
                .list();
        return jdbc.sql("select * from contact_hours")
                .query((row, n) -> new ContactPolicy(
                        zone,
                        new Hours(
                                row.getObject("weekdays_from", LocalTime.class),
                                row.getObject("weekdays_to", LocalTime.class)),
                        new Hours(
                                row.getObject("saturday_from", LocalTime.class),
                                row.getObject("saturday_to", LocalTime.class)),
                        holidays,
                        row.getLong("version")))
                .optional()
                .orElseGet(() -> new ContactPolicy(zone, configured.weekdays(), configured.saturday(), holidays, 0));
    }

    /**
     * Changes the hours.
     *
     * @param version that the change was made from
     * @return false when somebody else changed them meanwhile; then nothing is done
     */
    @Transactional
    public boolean change(Actor by, Hours weekdays, Hours saturday, long version) {
        var before = current();
        boolean changed = jdbc.sql(version == 0 ? """
                                insert into contact_hours (weekdays_from, weekdays_to, saturday_from, saturday_to)
                                values (:weekdaysFrom, :weekdaysTo, :saturdayFrom, :saturdayTo)
                                on conflict do nothing""" : """
                                update contact_hours set weekdays_from = :weekdaysFrom, weekdays_to = :weekdaysTo,
                                    saturday_from = :saturdayFrom, saturday_to = :saturdayTo, version = version + 1
                                where version = :version""")
                        .param("weekdaysFrom", weekdays.from())
                        .param("weekdaysTo", weekdays.to())
                        .param("saturdayFrom", saturday.from())
                        .param("saturdayTo", saturday.to())
                        .param("version", version)
                        .update()
                == 1;
        if (changed) {
            audit.record(by, "contact-hours.change", "contact-hours", words(before), words(current()));
            known.invalidateAll();
        }
        return changed;
    }

    /** @return false when that day is one of the institution's holidays already */
    @Transactional
    public boolean add(Actor by, LocalDate day, String name) {
        boolean added = jdbc.sql("insert into own_holiday (day, name) values (:day, :name) on conflict do nothing")
                        .param("day", day)
                        .param("name", name.strip())
                        .update()
                == 1;
        if (added) {
            audit.record(by, "holiday.add", "holiday/" + day, null, Map.of("name", name.strip()));
            known.invalidateAll();
        }
        return added;
    }

    /** @return false when that day is none of the institution's holidays */
    @Transactional
    public boolean remove(Actor by, LocalDate day) {
        Optional<String> name = jdbc.sql("delete from own_holiday where day = :day returning name")
                .param("day", day)
                .query(String.class)
                .optional();
        name.ifPresent(removed -> audit.record(by, "holiday.remove", "holiday/" + day, Map.of("name", removed), null));
        known.invalidateAll();
        return name.isPresent();
    }

    private static Map<String, String> words(ContactPolicy policy) {
        return Map.of(
                "weekdays",
                policy.weekdays().toString(),
                "saturday",
                policy.saturday().toString());
    }
}
