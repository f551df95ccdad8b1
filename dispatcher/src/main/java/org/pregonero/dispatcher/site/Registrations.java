package org.pregonero.dispatcher.site;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.institution.Institutions;
import org.pregonero.dispatcher.site.Announcements.Announcement;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** People who say on an announcement's page that they will come. */
@Repository
public class Registrations {

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

            @NotBlank(message = "{site.error.reachableAt}") @Size(max = 120, message = "{site.error.long}")
            String reachableAt,

            @AssertTrue(message = "{site.error.accepted}") boolean accepted) {}

    /** Keeps a registration; the same one sent twice is kept once. */
    public void add(Announcement announcement, Registration registration) {
        jdbc.sql("""
                        insert into registration (event_id, delivery_id, name, organisation, reachable_at, notice, registered_at)
                        values (:event, :delivery, :name, :organisation, :reachableAt, :notice, :now)
                        on conflict do nothing
                        """)
                .param("event", announcement.eventId())
                .param("delivery", announcement.deliveryId())
                .param("name", registration.name().strip())
                .param(
                        "organisation",
                        registration.organisation() == null
                                ? null
                                : registration.organisation().strip())
                .param("reachableAt", registration.reachableAt().strip())
                .param("notice", institutions.current().dataProtectionNotice())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }
}
