package org.pregonero.dispatcher.plan;

import java.util.List;

/**
 * A plan with all it holds, actions in the order of the plan, events in the order of time.
 *
 * @param audiences those of the whole plan, as it words them
 * @param notes what it says besides
 */
public record Plan(
        long id,
        String name,
        List<String> audiences,
        List<String> notes,
        List<PlanAction> actions,
        List<PlanEvent> events) {}
