package org.pregonero.dispatcher.plan;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Plans, their actions and events. */
@Repository
class PlanRepository {

    private static final TypeReference<Map<String, String>> TEXTS_BY_HEADING = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json = JsonMapper.builder().build();

    PlanRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    long save(String name, String sourceName, String sha256, List<PlanAction> actions) {
        Optional<Long> created = jdbc.sql("""
                        insert into plan (name, source_name, source_sha256) values (?, ?, ?)
                        on conflict (source_sha256) do nothing
                        returning id
                        """)
                .param(name)
                .param(sourceName)
                .param(sha256)
                .query(Long.class)
                .optional();
        if (created.isEmpty()) {
            return jdbc.sql("select id from plan where source_sha256 = ?")
                    .param(sha256)
                    .query(Long.class)
                    .single();
        }
        for (int position = 0; position < actions.size(); position++) {
            insert(created.get(), position, actions.get(position));
        }
        return created.get();
    }

    private void insert(long plan, int position, PlanAction action) {
        jdbc.sql("""
                        insert into plan_action (plan_id, position, name, description, scope, stage, audiences,
                                                 frequency, responsible, indicator, extra, source_row)
                        values (?, ?, ?, ?, ?, ?, ?::text[], ?, ?::text[], ?, ?::jsonb, ?)
                        """)
                .param(plan)
                .param(position)
                .param(action.name())
                .param(action.description())
                .param(action.scope())
                .param(action.stage())
                .param(action.audiences().toArray(String[]::new))
                .param(action.frequency())
                .param(action.responsible().toArray(String[]::new))
                .param(action.indicator())
                .param(json.writeValueAsString(action.extra()))
                .param(action.row())
                .update();
    }

    List<PlanSummary> all() {
        return jdbc.sql("""
                        select p.id, p.name,
                               (select count(*) from plan_action a where a.plan_id = p.id) as actions,
                               (select count(*) from plan_event e where e.plan_id = p.id) as events
                        from plan p
                        order by p.id desc
                        """)
                .query((rs, n) -> new PlanSummary(
                        rs.getLong("id"), rs.getString("name"), rs.getInt("actions"), rs.getInt("events")))
                .list();
    }

    Optional<Plan> find(long id) {
        return jdbc.sql("select name from plan where id = ?")
                .param(id)
                .query(String.class)
                .optional()
                .map(name -> new Plan(id, name, actions(id), events(id)));
    }

    Optional<PlanEvent> event(long id) {
        return jdbc.sql("select * from plan_event where id = ?")
                .param(id)
                .query((rs, n) -> event(rs))
                .optional();
    }

    Optional<PlanEvent> addEvent(
            long plan,
            String name,
            Instant starts,
            Instant ends,
            String zone,
            @Nullable String place,
            @Nullable String link) {
        return jdbc.sql("""
                        insert into plan_event (plan_id, uid, name, starts_at, ends_at, zone, place, link)
                        select id, ?, ?, ?::timestamptz, ?::timestamptz, ?, ?, ?
                        from plan where id = ?
                        returning *
                        """)
                .param(UUID.randomUUID() + "@pregonero")
                .param(name)
                .param(starts.toString())
                .param(ends.toString())
                .param(zone)
                .param(place)
                .param(link)
                .param(plan)
                .query((rs, n) -> event(rs))
                .optional();
    }

    private List<PlanAction> actions(long plan) {
        return jdbc.sql("select * from plan_action where plan_id = ? order by position")
                .param(plan)
                .query((rs, n) -> new PlanAction(
                        rs.getString("name"),
                        rs.getString("description"),
                        rs.getString("scope"),
                        rs.getString("stage"),
                        texts(rs.getArray("audiences")),
                        rs.getString("frequency"),
                        texts(rs.getArray("responsible")),
                        rs.getString("indicator"),
                        json.readValue(rs.getString("extra"), TEXTS_BY_HEADING),
                        rs.getInt("source_row")))
                .list();
    }

    private List<PlanEvent> events(long plan) {
        return jdbc.sql("select * from plan_event where plan_id = ? order by starts_at, id")
                .param(plan)
                .query((rs, n) -> event(rs))
                .list();
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
                rs.getString("link"));
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
