package org.pregonero.dispatcher.message;

/** Where an occurrence stands. */
public enum OccurrenceState {
    /** Waits for a person to approve it. */
    AWAITING_APPROVAL,
    /** Read by an approver, who asks for changes. */
    RETURNED,
    /** Approved; leaves at its time. */
    SCHEDULED,
    /** Its time has passed in a way that a person must look at: started late, or no longer what was approved. */
    HELD,
    RUNNING,
    /** A person stopped it and can let it go on. */
    PAUSED,
    /** Nothing more will go out by itself. */
    FINISHED,
    CANCELLED
}
