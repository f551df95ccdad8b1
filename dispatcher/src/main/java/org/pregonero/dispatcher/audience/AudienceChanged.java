package org.pregonero.dispatcher.audience;

/**
 * Somebody changed what an audience is called or who belongs to it by its filter. Published in the transaction that does
 * it, so that what depends on it follows or neither happens.
 */
public record AudienceChanged(long audienceId) {}
