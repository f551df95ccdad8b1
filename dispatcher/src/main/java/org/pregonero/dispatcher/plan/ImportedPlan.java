package org.pregonero.dispatcher.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a plan table says.
 *
 * @param id null where it was only looked at
 */
public record ImportedPlan(
        @Nullable Long id, String name, List<PlanAction> actions, List<PlanDoubt> doubts, boolean applied) {}
