package org.pregonero.dispatcher.audience;

/**
 * A person was forgotten at their own request. Published in the transaction that does it: whoever keeps an address or a
 * text of theirs takes it out; what is only counted stays.
 */
public record PersonErased(long contactId) {}
