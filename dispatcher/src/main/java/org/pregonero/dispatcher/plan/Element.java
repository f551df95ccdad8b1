package org.pregonero.dispatcher.plan;

/** The elements of accountability, Ley 1757/2015 and the manual (MURC). */
public enum Element {
    INFORMACION,
    DIALOGO,
    RESPONSABILIDAD
}
