package org.pregonero.dispatcher.message;

import static org.pregonero.dispatcher.runtime.Timestamps.instant;
import static org.pregonero.dispatcher.runtime.Timestamps.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Occurrences and their approvals. */
@Repository
public class Occurrences {

    private final JdbcClient jdbc;
    private final Clock clock;

    Occurrences(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    long create(long version, OccurrenceTime time, long creator) {
        return timed(jdbc.sql("""
                        insert into occurrence (version_id, due_at, expires_at, contact_hours_override, skip_incomplete,
                                                days_before, at_time, expires_with_event, state, created_by, created_at)
                        values (:version, :due, :expires, :override, :skipIncomplete, :daysBefore, :atTime::time, :withEvent,
                                'AWAITING_APPROVAL', :creator, :now)
                        returning id
                        """), time)
                .param("version", version)
                .param("creator", creator)
                .param("now", utc(clock.instant()))
                .query(Long.class)
                .single();
    }

    /**
     * Gives an occurrence that has not begun another time. Nobody has approved it at that.
     *
     * @param because code of the reason why an approval no longer counts
     * @param person who wants that, or null when it follows from something else
     * @return whether it had not begun
     */
    boolean retime(long id, OccurrenceTime time, String because, @Nullable Long person) {
        return timed(jdbc.sql("""
                        update occurrence set due_at = :due, expires_at = :expires, contact_hours_override = :override,
                            skip_incomplete = :skipIncomplete, days_before = :daysBefore, at_time = :atTime::time,
                            expires_with_event = :withEvent, held_because = null, voided_because = :because,
                            timed_by = coalesce(:person::bigint, timed_by),
                            state = case state when 'RETURNED' then state else 'AWAITING_APPROVAL' end
                        where id = :id and state = any(:waiting)
                        """), time)
                        .param("id", id)
                        .param("because", because)
                        .param("person", person)
                        .param("waiting", WAITING)
                        .update()
                == 1;
    }

    private static JdbcClient.StatementSpec timed(JdbcClient.StatementSpec statement, OccurrenceTime time) {
        var relative = time.relative();
        return statement
                .param("due", utc(time.due()))
                .param("expires", time.expires() == null ? null : utc(time.expires()))
                .param("override", time.contactHoursOverride())
                .param("skipIncomplete", time.skipIncomplete())
                .param("daysBefore", relative == null ? null : relative.daysBefore(), Types.INTEGER)
                .param("atTime", relative == null ? null : relative.at().toString())
                .param("withEvent", time.expiresWithEvent());
    }

    /** The occurrences of a message, the newest first. */
    public List<Occurrence> of(long message) {
        return jdbc.sql(SELECT + " where v.message_id = :message order by o.id desc limit 100")
                .param("message", message)
                .query(Occurrences::read)
                .list();
    }

    /** Those in one of the states that have not begun, by the time when they leave. */
    public List<Occurrence> waiting(Set<OccurrenceState> states) {
        return jdbc.sql(SELECT + " where o.state = any(:states) order by o.due_at, o.id limit 200")
                .param("states", states.stream().map(Enum::name).toArray(String[]::new))
                .query(Occurrences::read)
                .list();
    }

    /** Those that have not begun and are about the event, by the time when they leave. */
    List<Occurrence> waitingAbout(long event) {
        return waitingAbout(event, "order by o.due_at, o.id");
    }

    /** The same, kept for the transaction. */
    List<Occurrence> lockWaitingAbout(long event) {
        return waitingAbout(event, "order by o.id for update of o");
    }

    private List<Occurrence> waitingAbout(long event, String how) {
        return jdbc.sql(SELECT + " where v.event_id = :event and o.state = any(:waiting) " + how)
                .param("event", event)
                .param("waiting", WAITING)
                .query(Occurrences::read)
                .list();
    }

    /** Those that somebody approved and that have not begun. */
    List<Occurrence> approved() {
        return jdbc.sql(SELECT + " where o.state in ('SCHEDULED', 'HELD') order by o.id for update of o")
                .query(Occurrences::read)
                .list();
    }

    /**
     * Lets an occurrence that has not begun wait for approval once more.
     *
     * @param because code of the reason why its approval no longer counts
     * @return whether it was approved and had not begun
     */
    boolean disapprove(long id, String because) {
        return jdbc.sql("""
                                update occurrence set state = 'AWAITING_APPROVAL', held_because = null, voided_because = :because
                                where id = :id and state in ('SCHEDULED', 'HELD')
                                """).param("id", id).param("because", because).update() == 1;
    }

    public Optional<Occurrence> find(long id) {
        return jdbc.sql(SELECT + " where o.id = :id")
                .param("id", id)
                .query(Occurrences::read)
                .optional();
    }

    /** The newest first. */
    public List<Occurrence> latest(int limit) {
        return jdbc.sql(SELECT + " order by o.id desc limit :limit")
                .param("limit", limit)
                .query(Occurrences::read)
                .list();
    }

    /**
     * The newest first, a page at a time.
     *
     * @param before lists only those with a smaller id
     * @param states lists only those in one of them
     */
    public List<Occurrence> page(long before, Set<OccurrenceState> states, int limit) {
        return jdbc.sql(SELECT + " where o.id < :before and o.state = any(:states) order by o.id desc limit :limit")
                .param("before", before)
                .param("states", states.stream().map(Enum::name).toArray(String[]::new))
                .param("limit", limit)
                .query(Occurrences::read)
                .list();
    }

    /**
     * Moves the occurrence from one of the given states to another.
     *
     * @return whether it was in one of these states
     */
    public boolean move(long id, Set<OccurrenceState> from, OccurrenceState to) {
        return move(id, from, to, null);
    }

    boolean move(long id, Set<OccurrenceState> from, OccurrenceState to, @Nullable String heldBecause) {
        return jdbc.sql("""
                                update occurrence set state = :to, held_because = :because,
                                    started_at = case when :to = 'RUNNING' then coalesce(started_at, :now) else started_at end,
                                    finished_at = case when :to in ('FINISHED', 'CANCELLED') then :now end
                                where id = :id and state = any(:from)
                                """)
                        .param("to", to.name())
                        .param("because", heldBecause)
                        .param("now", utc(clock.instant()))
                        .param("id", id)
                        .param("from", from.stream().map(Enum::name).toArray(String[]::new))
                        .update()
                == 1;
    }

    /** Turns the occurrences of a message that have not begun to a newer version, which nobody has approved yet. */
    int turnTo(long message, long version) {
        return jdbc.sql("""
                        update occurrence o set version_id = :version, held_because = null,
                            voided_because = case when o.state in ('SCHEDULED', 'HELD') then 'EDITED' else o.voided_because end,
                            state = case o.state when 'RETURNED' then o.state else 'AWAITING_APPROVAL' end
                        from message_version v
                        where v.id = o.version_id and v.message_id = :message and o.state = any(:waiting)
                        """)
                .param("version", version)
                .param("message", message)
                .param("waiting", WAITING)
                .update();
    }

    /** Whether the person wrote any version of the occurrence's message, or set the occurrence's time. */
    boolean written(long id, long person) {
        return jdbc.sql("""
                        select :person in (o.created_by, o.timed_by) is true or exists (
                            select from message_version mine
                            join message_version its on its.message_id = mine.message_id
                            where its.id = o.version_id and mine.author_id = :person)
                        from occurrence o where o.id = :id
                        """)
                .param("id", id)
                .param("person", person)
                .query(Boolean.class)
                .single();
    }

    /** @param setting as approved, in JSON */
    void approve(long id, byte[] hash, String setting, long approver, boolean byAuthor) {
        jdbc.sql("update occurrence set voided_because = null where id = :id")
                .param("id", id)
                .update();
        jdbc.sql("""
                        insert into approval (occurrence_id, version_id, hash, setting, approved_by, approved_at, by_author)
                        select id, version_id, :hash, :setting::jsonb, :approver, :now, :byAuthor
                        from occurrence where id = :id
                        """)
                .param("id", id)
                .param("hash", hash)
                .param("setting", setting)
                .param("approver", approver)
                .param("now", utc(clock.instant()))
                .param("byAuthor", byAuthor)
                .update();
    }

    Optional<byte[]> approvedHash(long id) {
        return jdbc.sql("select hash from approval where occurrence_id = :id order by id desc limit 1")
                .param("id", id)
                .query((row, number) -> row.getBytes("hash"))
                .optional();
    }

    Optional<String> approvedSetting(long id) {
        return jdbc.sql("select setting::text from approval where occurrence_id = :id order by id desc limit 1")
                .param("id", id)
                .query(String.class)
                .optional();
    }

    /** Whether the latest approval came from the author, as an office of one person may allow. */
    public boolean approvedByAuthor(long id) {
        return jdbc.sql("select by_author from approval where occurrence_id = :id order by id desc limit 1")
                .param("id", id)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    private static final String[] WAITING = EnumSet.of(
                    OccurrenceState.AWAITING_APPROVAL,
                    OccurrenceState.RETURNED,
                    OccurrenceState.SCHEDULED,
                    OccurrenceState.HELD)
            .stream()
            .map(Enum::name)
            .toArray(String[]::new);

    private static final String SELECT = """
            select o.*, v.title
            from occurrence o join message_version v on v.id = o.version_id
            """;

    private static Occurrence read(ResultSet row, int number) throws SQLException {
        return new Occurrence(
                row.getLong("id"),
                row.getLong("version_id"),
                row.getString("title"),
                row.getObject("due_at", OffsetDateTime.class).toInstant(),
                instant(row, "expires_at"),
                row.getString("contact_hours_override"),
                row.getBoolean("skip_incomplete"),
                OccurrenceState.valueOf(row.getString("state")),
                row.getString("held_because"),
                instant(row, "started_at"),
                instant(row, "finished_at"),
                relative(row),
                row.getBoolean("expires_with_event"),
                row.getString("voided_because"));
    }

    private static @Nullable Relative relative(ResultSet row) throws SQLException {
        var at = row.getObject("at_time", LocalTime.class);
        return at == null ? null : new Relative(row.getInt("days_before"), at);
    }
}
