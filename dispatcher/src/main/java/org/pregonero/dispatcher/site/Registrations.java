package org.pregonero.dispatcher.site;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.institution.Institutions;
import org.pregonero.dispatcher.site.Announcements.Announcement;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** People who say on an announcement's page that they will come. */
@Repository
public class Registrations {

    /**
     * Looks like an e-mail address or like a telephone number; whether it is one, only an answer tells. The length comes
     * first, because the rest takes time by its square.
     */
    static final String REACHABLE = "(?=.{3,120}\\z)(?:\\S+@\\S+\\.\\S+|\\+?[0-9() .-]{7,30})";

    private final JdbcClient jdbc;
    private final Institutions institutions;
    private final Clock clock;

    Registrations(JdbcClient jdbc, Institutions institutions, Clock clock) {
        this.jdbc = jdbc;
        this.institutions = institutions;
        this.clock = clock;
    }

    /**
     * What a person writes.
     *
     * @param reachableAt e-mail address or telephone
     * @param accepted that the institution keeps this as its notice says
     */
    public record Registration(
            @NotBlank(message = "{site.error.name}") @Size(max = 120, message = "{site.error.long}")
            String name,

            @Nullable @Size(max = 120, message = "{site.error.long}")
            String organisation,

            @NotNull(message = "{site.error.reachableAt}")
            @Size(max = 120, message = "{site.error.long}")
            @Pattern(regexp = REACHABLE, message = "{site.error.reachableAt}")
            String reachableAt,

            @NotNull(message = "{site.error.accepted}") @AssertTrue(message = "{site.error.accepted}")
            Boolean accepted) {}

    /**
     * Somebody who registered.
     *
     * @param place where the announcement was published through which it came
     */
    public record Registered(
            long id,
            String name,
            @Nullable String organisation,
            String reachableAt,
            String place,
            Instant registeredAt) {}

    /** In the order in which they came. */
    public List<Registered> list(long event, long after, int limit) {
        return jdbc.sql("""
                        select r.id, r.name, r.organisation, r.reachable_at, d.outlet as place, r.registered_at
                        from registration r join delivery d on d.id = r.delivery_id
                        where r.event_id = :event and r.id > :after order by r.id limit :limit
                        """)
                .param("event", event)
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> new Registered(
                        row.getLong("id"),
                        row.getString("name"),
                        row.getString("organisation"),
                        row.getString("reachable_at"),
                        row.getString("place"),
                        row.getObject("registered_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** Keeps a registration; the same one sent twice is kept once. */
    public void add(Announcement announcement, Registration registration) {
        jdbc.sql("""
                        insert into registration (event_id, delivery_id, name, organisation, reachable_at, notice, registered_at)
                        values (:event, :delivery, :name, :organisation, :reachableAt, :notice, :now)
                        on conflict do nothing
                        """)
                .param("event", announcement.eventId())
                .param("delivery", announcement.deliveryId())
                .param("name", registration.name())
                .param("organisation", registration.organisation())
                .param("reachableAt", registration.reachableAt())
                .param("notice", institutions.current().dataProtectionNotice())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }
}
