package org.pregonero.dispatcher.plan;

import java.util.List;

/** A plan with the numbers of all it holds, so that each can be changed. */
public record PlanView(
        long id,
        String name,
        int version,
        List<PlanStage> stages,
        List<PlannedAction> actions,
        List<PlanEvent> events) {

    /** The actions of a stage; with null, those of none. */
    public List<PlannedAction> of(@org.jspecify.annotations.Nullable Long stage) {
        return actions.stream()
                .filter(action -> java.util.Objects.equals(action.stageId(), stage))
                .toList();
    }
}
