package org.pregonero.dispatcher.plan;

import java.time.Instant;

/**
 * An event begins at another time than before. Published in the transaction that changes it.
 *
 * @param before when it began until now
 * @param after when it begins from now on
 */
public record PlanEventMoved(long eventId, Instant before, Instant after) {}
