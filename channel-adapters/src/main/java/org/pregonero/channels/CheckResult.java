package org.pregonero.channels;

/** Whether a channel's provider can be talked to with the present configuration. */
public sealed interface CheckResult {

    /** All is well. */
    record Ok() implements CheckResult {}

    /**
     * Nothing can be sent at present.
     *
     * @param advice what a person can do, in Spanish
     */
    record Failed(Reason reason, String advice) implements CheckResult {}
}
