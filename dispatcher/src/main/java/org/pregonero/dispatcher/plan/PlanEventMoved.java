package org.pregonero.dispatcher.plan;

import java.time.Instant;

/**
 * An event of a plan begins at another time. Published in the transaction that moves it, so that what depends on it moves
 * along or not at all.
 */
public record PlanEventMoved(long eventId, Instant before, Instant after) {}
