package org.pregonero.dispatcher.plan;

import org.jspecify.annotations.Nullable;

/**
 * What a plan table says.
 *
 * @param id null where it was only looked at
 */
public record ImportedPlan(@Nullable Long id, PlanProposal proposal, boolean applied) {}
