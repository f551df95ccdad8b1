package org.pregonero.dispatcher.plan;

import org.jspecify.annotations.Nullable;

/**
 * An action as it is stored.
 *
 * @param version counts its changes
 */
public record PlannedAction(long id, long planId, @Nullable Long stageId, int version, PlanAction says) {}
