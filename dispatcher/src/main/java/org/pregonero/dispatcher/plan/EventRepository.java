package org.pregonero.dispatcher.plan;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The events of plans. */
@Repository
class EventRepository {

    private final JdbcClient jdbc;

    EventRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<PlanEvent> find(long id) {
        return jdbc.sql("select * from plan_event where id = ?")
                .param(id)
                .query((rs, n) -> event(rs))
                .optional();
    }

    List<PlanEvent> of(long plan) {
        return jdbc.sql("select * from plan_event where plan_id = ? order by starts_at, id")
                .param(plan)
                .query((rs, n) -> event(rs))
                .list();
    }

    Optional<PlanEvent> add(long plan, EventDraft event, String zone) {
        return jdbc.sql("""
                        insert into plan_event (plan_id, uid, name, starts_at, ends_at, zone, place, link)
                        select id, ?, ?, ?::timestamptz, ?::timestamptz, ?, ?, ?
                        from plan where id = ?
                        returning *
                        """)
                .param(UUID.randomUUID() + "@pregonero")
                .param(event.name())
                .param(event.starts().toString())
                .param(event.ends().toString())
                .param(zone)
                .param(event.place())
                .param(event.link())
                .param(plan)
                .query((rs, n) -> event(rs))
                .optional();
    }

    boolean change(long id, int version, EventDraft event, String actor) {
        return jdbc.sql("""
                                update plan_event
                                set name = ?, starts_at = ?::timestamptz, ends_at = ?::timestamptz, place = ?, link = ?,
                                    version = version + 1, changed_by = ?, changed_at = now()
                                where id = ? and version = ?
                                """)
                        .param(event.name())
                        .param(event.starts().toString())
                        .param(event.ends().toString())
                        .param(event.place())
                        .param(event.link())
                        .param(actor)
                        .param(id)
                        .param(version)
                        .update()
                == 1;
    }

    /** @throws org.springframework.dao.DataIntegrityViolationException if something refers to it */
    void remove(long id) {
        jdbc.sql("delete from plan_event where id = ?").param(id).update();
    }

    private static PlanEvent event(ResultSet rs) throws SQLException {
        return new PlanEvent(
                rs.getLong("id"),
                rs.getLong("plan_id"),
                rs.getString("uid"),
                rs.getString("name"),
                rs.getTimestamp("starts_at").toInstant(),
                rs.getTimestamp("ends_at").toInstant(),
                rs.getString("zone"),
                rs.getString("place"),
                rs.getString("link"),
                rs.getInt("version"));
    }
}
