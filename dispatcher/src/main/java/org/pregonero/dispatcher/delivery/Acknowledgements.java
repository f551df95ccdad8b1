package org.pregonero.dispatcher.delivery;

import static org.pregonero.dispatcher.runtime.Timestamps.instant;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Who has acknowledged a notice that asked for it. */
@Repository
public class Acknowledgements {

    private final JdbcClient jdbc;
    private final Clock clock;

    Acknowledgements(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * A notice in one person's hands.
     *
     * @param delivery whose link the person has: the notice's own, or its reminder's
     * @param notice the delivery that is acknowledged
     * @param acknowledgedAt null as long as it is not
     */
    public record Notice(
            long delivery,
            long notice,
            long occurrence,
            String channel,
            @Nullable Instant acknowledgedAt) {}

    /** The notice with this token, if it asks to be acknowledged and was sent. */
    public Optional<Notice> find(UUID token) {
        return jdbc.sql("""
                        select d.id, coalesce(d.reminds, d.id) as notice, d.occurrence_id, d.channel, a.acknowledged_at
                        from delivery d
                        join fan_out f on f.occurrence_id = d.occurrence_id and f.channel = d.channel
                        left join acknowledgement a on a.delivery_id = coalesce(d.reminds, d.id)
                        where d.token = :token and d.contact_id is not null and f.acknowledge_within is not null
                          and d.state in ('SENDING', 'IN_DOUBT', 'ACCEPTED', 'DELIVERED', 'READ', 'UNDELIVERED')
                        """)
                .param("token", token)
                .query((row, number) -> new Notice(
                        row.getLong("id"),
                        row.getLong("notice"),
                        row.getLong("occurrence_id"),
                        row.getString("channel"),
                        instant(row, "acknowledged_at")))
                .optional();
    }

    /** Records that the person has read the notice; a reminder that has not left does not leave. Repeating changes nothing. */
    @Transactional
    public void acknowledge(Notice notice) {
        var now = clock.instant().atOffset(ZoneOffset.UTC);
        jdbc.sql("insert into acknowledgement values (:notice, :via, :now) on conflict do nothing")
                .param("notice", notice.notice())
                .param("via", notice.delivery())
                .param("now", now)
                .update();
        jdbc.sql("""
                        update delivery set state = 'READ', reason_code = null, detail = null, changed_at = :now
                        where id = :id and state in ('SENDING', 'IN_DOUBT', 'ACCEPTED', 'DELIVERED')
                        """).param("id", notice.delivery()).param("now", now).update();
        jdbc.sql("""
                        update delivery set state = 'CANCELLED', reason_code = 'ACKNOWLEDGED', changed_at = :now
                        where reminds = :notice and state in ('PENDING', 'QUEUED')
                        """).param("notice", notice.notice()).param("now", now).update();
    }

    /**
     * How many people stand where; the first four add up to all that the notice was for.
     *
     * @param waiting the notice has still to leave
     * @param notReached it could not be sent, or came back
     * @param reminded of all of them, how many were sent the reminder
     */
    public record Figures(long acknowledged, long notYet, long waiting, long notReached, long reminded) {}

    /** Figures of an occurrence; all zero where nobody is asked to acknowledge anything. */
    public Figures figures(long occurrence) {
        return jdbc.sql("""
                        select count(*) filter (where standing = 'ACKNOWLEDGED') as acknowledged,
                               count(*) filter (where standing = 'NOT_YET') as not_yet,
                               count(*) filter (where standing = 'WAITING') as waiting,
                               count(*) filter (where standing = 'NOT_REACHED') as not_reached,
                               count(reminded_at) as reminded
                        from (%s) reader
                        """.formatted(READERS))
                .param("occurrence", occurrence)
                .query(Figures.class)
                .single();
    }

    /** Where a reader stands. */
    public enum Standing {
        ACKNOWLEDGED,
        NOT_YET,
        WAITING,
        NOT_REACHED
    }

    /** @param remindedAt when the reminder was sent, or null */
    public record Reader(
            long delivery,
            long contactId,
            String name,
            Standing standing,
            @Nullable Instant acknowledgedAt,
            @Nullable Instant remindedAt) {}

    /**
     * The readers of an occurrence's notice, in the order of their deliveries.
     *
     * @param standing null lists all
     * @param after lists from the first delivery with an id greater than this
     */
    public List<Reader> readers(long occurrence, @Nullable Standing standing, long after, int limit) {
        return jdbc.sql("""
                        select * from (%s) reader
                        where id > :after and (:standing::text is null or standing = :standing) order by id limit :limit
                        """.formatted(READERS))
                .param("occurrence", occurrence)
                .param("standing", standing == null ? null : standing.name())
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> new Reader(
                        row.getLong("id"),
                        row.getLong("contact_id"),
                        row.getString("name"),
                        Standing.valueOf(row.getString("standing")),
                        instant(row, "acknowledged_at"),
                        instant(row, "reminded_at")))
                .list();
    }

    private static final String READERS = """
            select d.id, d.contact_id, c.name, a.acknowledged_at, r.at as reminded_at,
                   case when a.delivery_id is not null then 'ACKNOWLEDGED'
                        when d.state in ('PENDING', 'QUEUED') then 'WAITING'
                        when d.state in ('SENDING', 'IN_DOUBT', 'ACCEPTED', 'DELIVERED', 'READ') then 'NOT_YET'
                        else 'NOT_REACHED' end as standing
            from fan_out f
            join delivery d on d.occurrence_id = f.occurrence_id and d.channel = f.channel and d.reminds is null
            join contact c on c.id = d.contact_id
            left join acknowledgement a on a.delivery_id = d.id
            left join lateral (
                select min(l.at) as at from delivery s join delivery_log l on l.delivery_id = s.id
                where s.reminds = d.id and s.state in ('IN_DOUBT', 'ACCEPTED', 'DELIVERED', 'READ', 'UNDELIVERED')
                  and l.to_state in ('IN_DOUBT', 'ACCEPTED', 'DELIVERED', 'READ', 'UNDELIVERED')
            ) r on true
            where f.occurrence_id = :occurrence and f.acknowledge_within is not null
            """;
}
