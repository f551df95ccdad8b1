package org.pregonero.dispatcher.plan;

/** The stages of an accountability process, Ley 1757/2015 art. 56 and the manual (MURC). */
public enum ManualStage {
    APRESTAMIENTO,
    DISENO,
    PREPARACION,
    EJECUCION,
    SEGUIMIENTO
}
