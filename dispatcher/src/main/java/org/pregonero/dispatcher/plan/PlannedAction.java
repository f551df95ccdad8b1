package org.pregonero.dispatcher.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An action as it is stored.
 *
 * @param channels codes of the channels that its words mean, such as {@code EMAIL}; proposed, not decided
 * @param version counts its changes
 */
public record PlannedAction(
        long id, long planId, @Nullable Long stageId, int version, PlanAction says, List<String> channels) {}
