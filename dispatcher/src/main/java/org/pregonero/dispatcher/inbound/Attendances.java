package org.pregonero.dispatcher.inbound;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who said to come to an event. Answers are only added; a person's latest one counts. */
@Repository
public class Attendances {

    private final JdbcClient jdbc;
    private final Clock clock;

    Attendances(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * What a person answered last.
     *
     * @param via code of the channel
     */
    public record Answer(long contactId, String name, String answer, String via, Instant answeredAt) {}

    /** How many people answered what, each counted once. */
    public record Count(long yes, long no) {}

    /**
     * Records an answer.
     *
     * @param via code of the channel, or of the page, through which it came
     * @param delivery that asked, or null
     * @return whether the person had not answered the same before
     */
    public boolean record(long event, long contact, boolean coming, String via, @Nullable Long delivery) {
        return jdbc.sql("""
                        insert into attendance (event_id, contact_id, answer, via, delivery_id, answered_at)
                        select :event, :contact, :answer, :via, :delivery::bigint, :now::timestamptz
                        where :answer is distinct from (
                            select answer from attendance where event_id = :event and contact_id = :contact
                            order by id desc limit 1)
                        """)
                        .param("event", event)
                        .param("contact", contact)
                        .param("answer", coming ? "YES" : "NO")
                        .param("via", via)
                        .param("delivery", delivery)
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .update()
                > 0;
    }

    public Count count(long event) {
        return jdbc.sql("""
                        select count(*) filter (where answer = 'YES') as yes, count(*) filter (where answer = 'NO') as no
                        from (select distinct on (contact_id) answer from attendance where event_id = :event
                              order by contact_id, id desc) latest
                        """)
                .param("event", event)
                .query((row, number) -> new Count(row.getLong("yes"), row.getLong("no")))
                .single();
    }

    /** The latest answers, in the order of the contacts' numbers. */
    public List<Answer> list(long event, long afterContact, int limit) {
        return jdbc.sql("""
                        select distinct on (a.contact_id) a.contact_id, c.name, a.answer, a.via, a.answered_at
                        from attendance a join contact c on c.id = a.contact_id
                        where a.event_id = :event and a.contact_id > :after
                        order by a.contact_id, a.id desc limit :limit
                        """)
                .param("event", event)
                .param("after", afterContact)
                .param("limit", limit)
                .query((row, number) -> new Answer(
                        row.getLong("contact_id"),
                        row.getString("name"),
                        row.getString("answer"),
                        row.getString("via"),
                        row.getObject("answered_at", OffsetDateTime.class).toInstant()))
                .list();
    }
}
