package org.pregonero.dispatcher.plan;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The events of all plans that are still to come, to choose from. */
@Repository
public class ComingEvents {

    private final JdbcClient jdbc;

    ComingEvents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** An event to choose. */
    public record Choice(long id, String name, String plan, Instant starts) {}

    /**
     * Those that end after the moment, the next first.
     *
     * @param chosen number of one that is listed in any case, or null
     */
    public List<Choice> after(Instant moment, @Nullable Long chosen) {
        return jdbc.sql("""
                        select e.id, e.name, p.name as plan, e.starts_at
                        from plan_event e join plan p on p.id = e.plan_id
                        where e.ends_at > :moment or e.id = :chosen::bigint order by e.starts_at, e.id limit 200
                        """)
                .param("chosen", chosen)
                .param("moment", moment.atOffset(ZoneOffset.UTC))
                .query((row, number) -> new Choice(
                        row.getLong("id"),
                        row.getString("name"),
                        row.getString("plan"),
                        row.getObject("starts_at", OffsetDateTime.class).toInstant()))
                .list();
    }
}
