package org.pregonero.dispatcher.plan;

import java.util.List;

/** A plan with all it holds, actions in the order of the plan, events in the order of time. */
public record Plan(long id, String name, List<PlanAction> actions, List<PlanEvent> events) {}
