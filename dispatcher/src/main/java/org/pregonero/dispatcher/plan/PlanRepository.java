package org.pregonero.dispatcher.plan;

import static org.pregonero.dispatcher.plan.ActionRepository.texts;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pregonero.dispatcher.tabular.UploadedFile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Plans and their stages. */
@Repository
class PlanRepository {

    private static final String SUMMARY = """
            select p.id, p.name,
                   (select count(*) from plan_action a where a.plan_id = p.id) as actions,
                   (select count(*) from plan_event e where e.plan_id = p.id) as events
            from plan p
            """;

    private final JdbcClient jdbc;
    private final ActionRepository actions;
    private final EventRepository events;

    PlanRepository(JdbcClient jdbc, ActionRepository actions, EventRepository events) {
        this.jdbc = jdbc;
        this.actions = actions;
        this.events = events;
    }

    long save(UploadedFile file, PlanProposal proposal) {
        Optional<Long> created = jdbc.sql("""
                        insert into plan (name, source_name, source_sha256, audiences, notes)
                        values (?, ?, ?, ?::text[], ?::text[])
                        on conflict (source_sha256) do nothing
                        returning id
                        """)
                .param(proposal.name())
                .param(file.name())
                .param(file.sha256())
                .param(proposal.audiences().toArray(String[]::new))
                .param(proposal.notes().toArray(String[]::new))
                .query(Long.class)
                .optional();
        if (created.isEmpty()) {
            return jdbc.sql("select id from plan where source_sha256 = ?")
                    .param(file.sha256())
                    .query(Long.class)
                    .single();
        }
        Map<String, Long> stageByName = new HashMap<>();
        for (PlanProposal.Stage stage : proposal.stages()) {
            stageByName.put(stage.name(), addStage(created.get(), stageByName.size(), stage));
        }
        for (int position = 0; position < proposal.actions().size(); position++) {
            PlanAction action = proposal.actions().get(position);
            actions.insert(created.get(), position, stageByName.get(String.valueOf(action.stage())), action);
        }
        return created.get();
    }

    long create(String name, String actor) {
        return jdbc.sql("insert into plan (name, changed_by, changed_at) values (?, ?, now()) returning id")
                .param(name)
                .param(actor)
                .query(Long.class)
                .single();
    }

    List<PlanSummary> all() {
        return jdbc.sql(SUMMARY + "order by p.id desc").query(PlanSummary.class).list();
    }

    Optional<PlanSummary> bySource(String sha256) {
        return jdbc.sql(SUMMARY + "where p.source_sha256 = ?")
                .param(sha256)
                .query(PlanSummary.class)
                .optional();
    }

    Optional<Plan> find(long id) {
        return view(id).map(view -> new Plan(
                id,
                view.name(),
                view.audiences(),
                view.notes(),
                view.actions().stream().map(PlannedAction::says).toList(),
                view.events()));
    }

    Optional<PlanView> view(long id) {
        return jdbc.sql("select name, version, audiences, notes from plan where id = ?")
                .param(id)
                .query((rs, n) -> new PlanView(
                        id,
                        rs.getString("name"),
                        rs.getInt("version"),
                        texts(rs.getArray("audiences")),
                        texts(rs.getArray("notes")),
                        stages(id),
                        actions.of(id),
                        events.of(id)))
                .optional();
    }

    List<PlanStage> stages(long plan) {
        return jdbc.sql("""
                        select s.id, s.name, s.manual, s.element,
                               (select count(*) from plan_action a where a.stage_id = s.id) as actions
                        from plan_stage s where s.plan_id = ? order by s.position, s.id
                        """)
                .param(plan)
                .query((rs, n) -> new PlanStage(
                        rs.getLong("id"),
                        rs.getString("name"),
                        rs.getString("manual") == null ? null : ManualStage.valueOf(rs.getString("manual")),
                        rs.getString("element") == null ? null : Element.valueOf(rs.getString("element")),
                        rs.getInt("actions")))
                .list();
    }

    long addStage(long plan, int position, PlanProposal.Stage stage) {
        return jdbc.sql("""
                        insert into plan_stage (plan_id, position, name, manual, element) values (?, ?, ?, ?, ?)
                        returning id
                        """)
                .param(plan)
                .param(position)
                .param(stage.name())
                .param(stage.manual() == null ? null : stage.manual().name())
                .param(stage.element() == null ? null : stage.element().name())
                .query(Long.class)
                .single();
    }

    void changeStage(long plan, long id, int position, PlanProposal.Stage stage) {
        jdbc.sql("update plan_stage set position = ?, name = ?, manual = ?, element = ? where id = ? and plan_id = ?")
                .param(position)
                .param(stage.name())
                .param(stage.manual() == null ? null : stage.manual().name())
                .param(stage.element() == null ? null : stage.element().name())
                .param(id)
                .param(plan)
                .update();
    }

    /** Only a stage without actions. */
    void removeStage(long plan, long id) {
        jdbc.sql("""
                        delete from plan_stage s
                        where s.id = ? and s.plan_id = ?
                          and not exists (select from plan_action a where a.stage_id = s.id)
                        """).param(id).param(plan).update();
    }

    boolean rename(long id, int version, String name, String actor) {
        return jdbc.sql("""
                                update plan set name = ?, version = version + 1, changed_by = ?, changed_at = now()
                                where id = ? and version = ?
                                """).param(name).param(actor).param(id).param(version).update() == 1;
    }
}
