package org.pregonero.dispatcher.inbound;

import static org.pregonero.dispatcher.runtime.Timestamps.instant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.account.AuditTrail;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What people wrote that somebody of the office has to read. */
@Repository
public class OfficeMessages {

    private final JdbcClient jdbc;
    private final AuditTrail audit;
    private final Clock clock;

    OfficeMessages(JdbcClient jdbc, AuditTrail audit, Clock clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A message to the office.
     *
     * @param contactId who wrote, or null where that is not known
     * @param name of that person, or null
     * @param address the telephone or e-mail address that it came from
     * @param deliveryId what it answers, or null
     */
    public record OfficeMessage(
            long id,
            @Nullable Long contactId,
            @Nullable String name,
            String address,
            String channel,
            @Nullable Long deliveryId,
            String text,
            Instant receivedAt,
            @Nullable Instant readAt,
            @Nullable Instant answeredAt) {}

    /**
     * Keeps a message for the office.
     *
     * @param contact who wrote, or null where that is not known
     * @param address where an answer goes
     * @param channel code of the channel through which it came
     * @param delivery what it answers, or null
     */
    public void add(@Nullable Long contact, String address, String channel, @Nullable Long delivery, String text) {
        jdbc.sql("""
                        insert into office_message (contact_id, address, channel, delivery_id, text, received_at)
                        values (:contact, :address, :channel, :delivery, :text, :now)
                        """)
                .param("contact", contact)
                .param("address", address)
                .param("channel", channel)
                .param("delivery", delivery)
                .param("text", text)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** The same, except where this person already wrote just this about this delivery: a form that was sent twice. */
    public void addOnce(String address, String channel, long delivery, String text) {
        jdbc.sql("""
                        insert into office_message (address, channel, delivery_id, text, received_at)
                        values (:address, :channel, :delivery, :text, :now)
                        on conflict do nothing
                        """)
                .param("address", address)
                .param("channel", channel)
                .param("delivery", delivery)
                .param("text", text)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** In the order in which they came. */
    public List<OfficeMessage> list(long after, int limit) {
        return jdbc.sql("""
                        select m.*, c.name from office_message m left join contact c on c.id = m.contact_id
                        where m.id > :after order by m.id limit :limit
                        """)
                .param("after", after)
                .param("limit", limit)
                .query(OfficeMessages::message)
                .list();
    }

    /**
     * The newest first, a page at a time.
     *
     * @param open only those that nobody has attended to
     * @param before lists only those with a smaller id
     */
    public List<OfficeMessage> newest(boolean open, long before, int limit) {
        return jdbc.sql("""
                        select m.*, c.name from office_message m left join contact c on c.id = m.contact_id
                        where m.id < :before %s order by m.id desc limit :limit
                        """.formatted(open ? "and m.answered_at is null" : ""))
                .param("before", before)
                .param("limit", limit)
                .query(OfficeMessages::message)
                .list();
    }

    /**
     * Notes that somebody has attended to a message, in whatever way.
     *
     * @return whether nobody had before
     */
    @Transactional
    public boolean attended(long id, Actor actor) {
        var noted = jdbc.sql("""
                        update office_message set answered_at = :now, answered_by = :by, read_at = coalesce(read_at, :now)
                        where id = :id and answered_at is null
                        """)
                .param("id", id)
                .param("by", actor.id())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        if (noted == 1) {
            audit.record(actor, "officeMessage.attended", "office-message/" + id, null, null);
        }
        return noted == 1;
    }

    private static OfficeMessage message(ResultSet row, int number) throws SQLException {
        return new OfficeMessage(
                row.getLong("id"),
                row.getObject("contact_id", Long.class),
                row.getString("name"),
                row.getString("address"),
                row.getString("channel"),
                row.getObject("delivery_id", Long.class),
                row.getString("text"),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                instant(row, "read_at"),
                instant(row, "answered_at"));
    }
}
