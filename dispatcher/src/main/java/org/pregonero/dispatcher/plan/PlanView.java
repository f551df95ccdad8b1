package org.pregonero.dispatcher.plan;

import java.util.List;

/**
 * A plan with the numbers of all it holds, so that each can be changed.
 *
 * @param audiences those of the whole plan, as it words them
 * @param notes what it says besides
 */
public record PlanView(
        long id,
        String name,
        int version,
        List<String> audiences,
        List<String> notes,
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
