package org.pregonero.dispatcher.audience;

/**
 * A person no longer wants to be written to on a channel. Published in the transaction that writes it down, so that what
 * is still to be sent is stopped with it.
 *
 * @param channel its code, for example {@code EMAIL}
 */
public record AuthorisationRevoked(long contactId, String channel) {}
