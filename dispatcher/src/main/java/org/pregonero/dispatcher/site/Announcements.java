package org.pregonero.dispatcher.site;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.account.AuditTrail;
import org.pregonero.dispatcher.message.Contents;
import org.pregonero.templates.RenderedAnnouncement;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The institution's public announcements: what was delivered on the web channel and not taken off since. */
@Repository
public class Announcements {

    private final JdbcClient jdbc;
    private final Contents contents;
    private final AuditTrail audit;
    private final Clock clock;

    Announcements(JdbcClient jdbc, Contents contents, AuditTrail audit, Clock clock) {
        this.jdbc = jdbc;
        this.contents = contents;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A public announcement.
     *
     * @param eventId the plan's event that it is about, or null
     * @param withdrawnAt when it was taken off, or null
     */
    public record Announcement(
            UUID token,
            long deliveryId,
            @Nullable Long eventId,
            Instant publishedAt,
            @Nullable Instant withdrawnAt,
            RenderedAnnouncement content) {}

    /** The announcements that can be read now, the newest first; one that was published at several places is told once. */
    public List<Announcement> latest(int limit) {
        return jdbc.sql("""
                        select * from (
                            select distinct on (d.occurrence_id) d.id, d.token, d.occurrence_id, d.outlet, d.changed_at,
                                   v.event_id, null::timestamptz as withdrawn_at
                            from delivery d
                            join occurrence o on o.id = d.occurrence_id
                            join message_version v on v.id = o.version_id
                            where d.channel = 'WEB' and d.state = 'DELIVERED'
                              and not exists (select from withdrawal w where w.delivery_id = d.id)
                            order by d.occurrence_id desc, d.id) published
                        order by changed_at desc, id desc limit :limit
                        """).param("limit", limit).query(this::read).list();
    }

    /** The announcement of this token, also when it was taken off, so that its page can say so. */
    public Optional<Announcement> find(UUID token) {
        return jdbc.sql("""
                        select d.id, d.token, d.occurrence_id, d.outlet, d.changed_at, v.event_id, w.withdrawn_at
                        from delivery d
                        join occurrence o on o.id = d.occurrence_id
                        join message_version v on v.id = o.version_id
                        left join withdrawal w on w.delivery_id = d.id
                        where d.token = :token and d.channel = 'WEB' and d.state = 'DELIVERED'
                        """).param("token", token).query(this::read).optional();
    }

    /**
     * Takes an announcement off the public pages. Repeating it changes nothing.
     *
     * @return whether there is such an announcement
     */
    @Transactional
    public boolean withdraw(long delivery, String reason, Actor actor) {
        var published = jdbc.sql(
                        "select exists (select from delivery where id = :id and channel = 'WEB' and state = 'DELIVERED')")
                .param("id", delivery)
                .query(Boolean.class)
                .single();
        if (published) {
            var withdrawn = jdbc.sql("""
                            insert into withdrawal (delivery_id, reason, withdrawn_at) values (:id, :reason, :now)
                            on conflict do nothing
                            """)
                    .param("id", delivery)
                    .param("reason", reason.strip())
                    .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                    .update();
            if (withdrawn == 1) {
                audit.record(actor, "announcement.withdrawn", "delivery/" + delivery, null, Map.of("reason", reason));
            }
        }
        return published;
    }

    private Announcement read(ResultSet row, int number) throws SQLException {
        var content =
                contents.approved(row.getLong("occurrence_id"), "WEB").render(Map.of("lugar", row.getString("outlet")));
        return new Announcement(
                row.getObject("token", UUID.class),
                row.getLong("id"),
                row.getObject("event_id", Long.class),
                row.getObject("changed_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("withdrawn_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant)
                        .orElse(null),
                (RenderedAnnouncement) content);
    }
}
