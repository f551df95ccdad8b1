package org.pregonero.dispatcher.institution;

/** The institution presents itself otherwise from now on. Published in the transaction that changes it. */
public record InstitutionChanged() {}
