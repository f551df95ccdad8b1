package org.pregonero.dispatcher.plan;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.account.AuditTrail;
import org.pregonero.dispatcher.account.ChangedMeanwhileException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Plans: looking them up and changing them. */
@Service
public class Plans {

    private final PlanRepository plans;
    private final ActionRepository actions;
    private final JdbcClient jdbc;
    private final AuditTrail audit;
    private final TransactionOperations transaction;

    Plans(
            PlanRepository plans,
            ActionRepository actions,
            JdbcClient jdbc,
            AuditTrail audit,
            TransactionOperations transaction) {
        this.plans = plans;
        this.actions = actions;
        this.jdbc = jdbc;
        this.audit = audit;
        this.transaction = transaction;
    }

    /** The newest first. */
    public List<PlanSummary> all() {
        return plans.all();
    }

    public Optional<Plan> find(long id) {
        return plans.find(id);
    }

    /** With the numbers of all it holds. */
    public Optional<PlanView> view(long id) {
        return plans.view(id);
    }

    /** An action, to write its message from: its words, its audiences by name, and the channels they mean. */
    public Optional<PlannedAction> action(long id) {
        return actions.find(id);
    }

    /** Begins an empty plan. */
    public long create(String name, Actor actor) {
        return Objects.requireNonNull(transaction.execute(status -> {
            long id = plans.create(name, actor.displayName());
            audit.record(actor, "plan.create", "plan/" + id, null, Map.of("name", name));
            return id;
        }));
    }

    /** @throws org.pregonero.dispatcher.account.ChangedMeanwhileException if the plan is no longer at that version */
    public void rename(PlanView plan, int version, String name, Actor actor) {
        transaction.executeWithoutResult(status -> {
            moveOn(plan, version, name, actor);
            audit.record(actor, "plan.rename", "plan/" + plan.id(), Map.of("name", plan.name()), Map.of("name", name));
        });
    }

    /**
     * Says what stages a plan has, in their order. A stage that is left out is removed unless it has actions.
     *
     * @param stages those that are there already by their number, new ones without
     * @throws org.pregonero.dispatcher.account.ChangedMeanwhileException if the plan is no longer at that version
     */
    public void changeStages(PlanView plan, int version, List<StageDraft> stages, Actor actor) {
        transaction.executeWithoutResult(status -> {
            moveOn(plan, version, plan.name(), actor);
            List<Long> kept = stages.stream()
                    .map(StageDraft::id)
                    .filter(Objects::nonNull)
                    .map(Objects::requireNonNull)
                    .toList();
            plan.stages().stream()
                    .filter(stage -> !kept.contains(stage.id()))
                    .forEach(stage -> plans.removeStage(plan.id(), stage.id()));
            for (int position = 0; position < stages.size(); position++) {
                StageDraft stage = stages.get(position);
                if (stage.id() == null) {
                    plans.addStage(plan.id(), position, stage.says());
                } else {
                    plans.changeStage(plan.id(), stage.id(), position, stage.says());
                }
            }
            audit.record(actor, "plan.stages", "plan/" + plan.id(), plan.stages(), plans.stages(plan.id()));
        });
    }

    /** A stage as somebody wants it; a new one has no number. */
    public record StageDraft(@Nullable Long id, PlanProposal.Stage says) {}

    /** Adds an action at the end of a plan. */
    public long addAction(long plan, @Nullable Long stage, PlanAction action, Actor actor) {
        return Objects.requireNonNull(transaction.execute(status -> {
            long id = actions.append(plan, ofPlan(plan, stage), action);
            audit.record(actor, "action.add", "action/" + id, null, action);
            return id;
        }));
    }

    /** @throws org.pregonero.dispatcher.account.ChangedMeanwhileException if the action is no longer at that version */
    public void changeAction(PlannedAction before, int version, @Nullable Long stage, PlanAction action, Actor actor) {
        transaction.executeWithoutResult(status -> {
            if (!actions.change(before.id(), version, stage, action, actor.displayName())) {
                throw ChangedMeanwhileException.of(jdbc, "plan_action", "changed_at", before.id());
            }
            PlanAction after =
                    actions.find(before.id()).map(PlannedAction::says).orElse(action);
            audit.record(actor, "action.change", "action/" + before.id(), before.says(), after);
        });
    }

    /** @throws org.pregonero.dispatcher.account.ChangedMeanwhileException if the action is no longer at that version */
    public void removeAction(PlannedAction action, int version, Actor actor) {
        transaction.executeWithoutResult(status -> {
            if (!actions.remove(action.id(), version)) {
                throw ChangedMeanwhileException.of(jdbc, "plan_action", "changed_at", action.id());
            }
            audit.record(actor, "action.remove", "action/" + action.id(), action.says(), null);
        });
    }

    private void moveOn(PlanView plan, int version, String name, Actor actor) {
        if (!plans.rename(plan.id(), version, name, actor.displayName())) {
            throw ChangedMeanwhileException.of(jdbc, "plan", "changed_at", plan.id());
        }
    }

    private @Nullable Long ofPlan(long plan, @Nullable Long stage) {
        return plans.stages(plan).stream()
                .map(PlanStage::id)
                .filter(id -> id.equals(stage))
                .findFirst()
                .orElse(null);
    }
}
