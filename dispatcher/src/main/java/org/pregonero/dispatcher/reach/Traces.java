package org.pregonero.dispatcher.reach;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What is known of a delivery besides its own log: who followed its links, answered, acknowledged it, or proved it. */
@Repository
public class Traces {

    private static final int MOST = 200;

    private final JdbcClient jdbc;

    Traces(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Something that happened to a delivery from outside.
     *
     * @param kind CLICK, SCANNER, MESSAGE, ANSWER_YES, ANSWER_NO, ACKNOWLEDGED, EVIDENCE, WITHDRAWN or REGISTRATION
     * @param detail number of the link, what was written, where it was done; or null
     * @param task of a piece of evidence, or null
     * @param sha256 of a piece of evidence, or null
     */
    public record Trace(
            Instant at,
            String kind,
            @Nullable String detail,
            @Nullable Long task,
            @Nullable String sha256) {}

    /** Oldest first. */
    public List<Trace> of(long delivery) {
        return jdbc.sql("""
                        select c.clicked_at as at, case when c.scanner then 'SCANNER' else 'CLICK' end as kind, c.link::text as detail,
                               null::bigint as task, null as sha256
                        from click c where c.delivery_id = :delivery
                        union all
                        select received_at, 'MESSAGE', text, null, null from office_message where delivery_id = :delivery
                        union all
                        select answered_at, 'ANSWER_' || answer, null, null, null from attendance where delivery_id = :delivery
                        union all
                        select registered_at, 'REGISTRATION', name, null, null from registration where delivery_id = :delivery
                        union all
                        select acknowledged_at, 'ACKNOWLEDGED', null, null, null from acknowledgement where delivery_id = :delivery
                        union all
                        select withdrawn_at, 'WITHDRAWN', reason, null, null from withdrawal where delivery_id = :delivery
                        union all
                        select e.added_at, 'EVIDENCE', e.place, t.id, e.sha256
                        from delivery d
                        join task t on t.occurrence_id = d.occurrence_id and t.outlet = d.outlet
                        join evidence e on e.task_id = t.id
                        where d.id = :delivery and d.channel = 'BY_HAND'
                        order by at limit :most
                        """)
                .param("delivery", delivery)
                .param("most", MOST)
                .query((row, number) -> new Trace(
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getString("kind"),
                        row.getString("detail"),
                        row.getObject("task", Long.class),
                        row.getString("sha256")))
                .list();
    }
}
