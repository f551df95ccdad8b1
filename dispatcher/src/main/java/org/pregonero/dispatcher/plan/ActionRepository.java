package org.pregonero.dispatcher.plan;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The actions of plans. */
@Repository
class ActionRepository {

    private static final TypeReference<Map<String, String>> TEXTS_BY_HEADING = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json = JsonMapper.builder().build();

    ActionRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    long insert(long plan, int position, @Nullable Long stage, PlanAction action) {
        return jdbc.sql("""
                        insert into plan_action (plan_id, position, name, description, scope, stage_id, audiences,
                                                 frequency, responsible, indicator, extra, source_row)
                        values (?, ?, ?, ?, ?, ?, ?::text[], ?, ?::text[], ?, ?::jsonb, ?)
                        returning id
                        """)
                .param(plan)
                .param(position)
                .param(action.name())
                .param(action.description())
                .param(action.scope())
                .param(stage)
                .param(action.audiences().toArray(String[]::new))
                .param(action.frequency())
                .param(action.responsible().toArray(String[]::new))
                .param(action.indicator())
                .param(json.writeValueAsString(action.extra()))
                .param(action.row() == 0 ? null : action.row())
                .query(Long.class)
                .single();
    }

    /** Behind all others of the plan. */
    long append(long plan, @Nullable Long stage, PlanAction action) {
        int position = jdbc.sql("select coalesce(max(position) + 1, 0) from plan_action where plan_id = ?")
                .param(plan)
                .query(Integer.class)
                .single();
        return insert(plan, position, stage, action);
    }

    List<PlannedAction> of(long plan) {
        return jdbc.sql("""
                        select a.*, s.name as stage from plan_action a left join plan_stage s on s.id = a.stage_id
                        where a.plan_id = ? order by a.position
                        """).param(plan).query((rs, n) -> action(rs)).list();
    }

    Optional<PlannedAction> find(long id) {
        return jdbc.sql("""
                        select a.*, s.name as stage from plan_action a left join plan_stage s on s.id = a.stage_id
                        where a.id = ?
                        """).param(id).query((rs, n) -> action(rs)).optional();
    }

    boolean change(long id, int version, @Nullable Long stage, PlanAction action, String actor) {
        return jdbc.sql("""
                                update plan_action a
                                set name = ?, description = ?, scope = ?, audiences = ?::text[], frequency = ?,
                                    responsible = ?::text[], indicator = ?, version = version + 1,
                                    stage_id = (select s.id from plan_stage s where s.id = ? and s.plan_id = a.plan_id),
                                    changed_by = ?, changed_at = now()
                                where id = ? and version = ?
                                """)
                        .param(action.name())
                        .param(action.description())
                        .param(action.scope())
                        .param(action.audiences().toArray(String[]::new))
                        .param(action.frequency())
                        .param(action.responsible().toArray(String[]::new))
                        .param(action.indicator())
                        .param(stage)
                        .param(actor)
                        .param(id)
                        .param(version)
                        .update()
                == 1;
    }

    boolean remove(long id, int version) {
        return jdbc.sql("delete from plan_action where id = ? and version = ?")
                        .param(id)
                        .param(version)
                        .update()
                == 1;
    }

    private PlannedAction action(ResultSet rs) throws SQLException {
        PlanAction says = new PlanAction(
                rs.getString("name"),
                rs.getString("description"),
                rs.getString("scope"),
                rs.getString("stage"),
                texts(rs.getArray("audiences")),
                rs.getString("frequency"),
                texts(rs.getArray("responsible")),
                rs.getString("indicator"),
                json.readValue(rs.getString("extra"), TEXTS_BY_HEADING),
                rs.getInt("source_row"));
        return new PlannedAction(
                rs.getLong("id"),
                rs.getLong("plan_id"),
                rs.getObject("stage_id", Long.class),
                rs.getInt("version"),
                says);
    }

    static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
