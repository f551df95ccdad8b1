package org.pregonero.dispatcher.plan;

/**
 * Something about an event of a plan is no longer as it was. Published in the transaction that changes it, after
 * {@link PlanEventMoved} where it also begins at another time.
 */
public record PlanEventChanged(long eventId) {}
