package org.pregonero.dispatcher.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a plan table was understood to say, for a person to look at before anything is stored.
 *
 * @param audiences those of the whole plan, as it words them
 * @param notes what it says besides, neither action nor audience
 * @param event the name of the event that the plan seems to be about
 */
public record PlanProposal(
        String name,
        List<Column> columns,
        List<Stage> stages,
        List<PlanAction> actions,
        List<String> audiences,
        List<String> notes,
        List<PlanDoubt> doubts,
        @Nullable String event) {

    PlanProposal named(String other) {
        return new PlanProposal(other, columns, stages, actions, audiences, notes, doubts, event);
    }

    /**
     * A column of the table.
     *
     * @param field null for one that is kept with each action under its heading
     * @param samples its first different texts
     */
    public record Column(
            int index, String heading, @Nullable PlanField field, List<String> samples) {}

    /** A stage as the table names it, and what of the manual it seems to be. */
    public record Stage(
            String name,
            @Nullable ManualStage manual,
            @Nullable Element element) {}
}
