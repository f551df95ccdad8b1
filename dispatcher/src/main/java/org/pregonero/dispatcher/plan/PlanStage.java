package org.pregonero.dispatcher.plan;

import org.jspecify.annotations.Nullable;

/**
 * A stage of a plan, as its institution calls it.
 *
 * @param manual which stage of the manual it is, where somebody said so
 * @param actions how many belong to it
 */
public record PlanStage(
        long id,
        String name,
        @Nullable ManualStage manual,
        @Nullable Element element,
        int actions) {}
