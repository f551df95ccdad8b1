package org.pregonero.dispatcher.home;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What somebody has to look at, and what comes next. Short lists: whoever has more to do follows their links. */
@Repository
public class Agenda {

    private static final int LINES = 8;

    /** Trouble that is older than this no longer comes up by itself. */
    private static final Duration RECENT = Duration.ofDays(14);

    private final JdbcClient jdbc;
    private final Clock clock;

    Agenda(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * A sending.
     *
     * @param channels codes
     * @param override whether it may leave outside contact hours
     * @param heldBecause LATE or CHANGED, or null
     */
    public record Sending(
            long id,
            String title,
            Instant due,
            List<String> channels,
            boolean override,
            String state,
            @Nullable String heldBecause) {}

    /** Sendings that wait for somebody's approval, the first to leave first. */
    public List<Sending> toApprove() {
        return sendings("o.state = 'AWAITING_APPROVAL'");
    }

    /** Sendings that an approver returned with a comment. */
    public List<Sending> returned() {
        return sendings("o.state = 'RETURNED'");
    }

    /** Sendings that were held before they left. */
    public List<Sending> held() {
        return sendings("o.state = 'HELD'");
    }

    /** Sendings that leave next. */
    public List<Sending> next() {
        return sendings("o.state = 'SCHEDULED'");
    }

    private List<Sending> sendings(String which) {
        return jdbc.sql("""
                        select o.id, v.title, o.due_at, o.state, o.held_because, o.contact_hours_override is not null as override,
                               array(select jsonb_object_keys(v.channels)) as channels
                        from occurrence o join message_version v on v.id = o.version_id
                        where %s order by o.due_at, o.id limit :limit
                        """.formatted(which))
                .param("limit", LINES)
                .query(Agenda::sending)
                .list();
    }

    private static Sending sending(ResultSet row, int number) throws SQLException {
        return new Sending(
                row.getLong("id"),
                row.getString("title"),
                row.getObject("due_at", OffsetDateTime.class).toInstant(),
                List.of((String[]) row.getArray("channels").getArray()),
                row.getBoolean("override"),
                row.getString("state"),
                row.getString("held_because"));
    }

    /**
     * A sending of which something failed.
     *
     * @param inDoubt deliveries for a person to settle
     * @param failed deliveries that were rejected or came back
     */
    public record Trouble(long id, String title, String state, long inDoubt, long failed) {}

    /** Sendings under way or ended lately of which something failed, those in doubt first. */
    public List<Trouble> troubles() {
        return jdbc.sql("""
                        select o.id, v.title, o.state,
                               sum(c.deliveries) filter (where c.state = 'IN_DOUBT') as in_doubt,
                               sum(c.deliveries) filter (where c.state <> 'IN_DOUBT') as failed
                        from occurrence o
                        join message_version v on v.id = o.version_id
                        join delivery_count c on c.occurrence_id = o.id
                        where (o.state in ('RUNNING', 'PAUSED') or o.state = 'FINISHED' and o.finished_at > :recently)
                          and c.state in ('IN_DOUBT', 'REJECTED', 'UNDELIVERED')
                        group by o.id, v.title having sum(c.deliveries) <> 0
                        order by in_doubt desc nulls last, o.id desc limit :limit
                        """)
                .param("recently", clock.instant().minus(RECENT).atOffset(ZoneOffset.UTC))
                .param("limit", LINES)
                .query((row, number) -> new Trouble(
                        row.getLong("id"),
                        row.getString("title"),
                        row.getString("state"),
                        row.getLong("in_doubt"),
                        row.getLong("failed")))
                .list();
    }

    /** How many messages to the office nobody has attended to; counts no further than a hundred. */
    public int openMessages() {
        return jdbc.sql("select count(*) from (select from office_message where answered_at is null limit 100) open")
                .query(Integer.class)
                .single();
    }

    /** How far a new installation has come. */
    public record FirstSteps(boolean institution, boolean plan, boolean people, boolean message, boolean sending) {

        public boolean done() {
            return institution && plan && people && message && sending;
        }
    }

    public FirstSteps firstSteps() {
        return jdbc.sql("""
                        select (select name <> 'Mi entidad' from institution) as institution,
                               exists (select from plan) as plan,
                               exists (select from contact) as people,
                               exists (select from message) as message,
                               exists (select from occurrence where started_at is not null) as sending
                        """).query(FirstSteps.class).single();
    }
}
