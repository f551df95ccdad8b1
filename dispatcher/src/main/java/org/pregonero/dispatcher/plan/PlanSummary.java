package org.pregonero.dispatcher.plan;

/** A plan in a list of plans. */
public record PlanSummary(long id, String name, int actions, int events) {}
