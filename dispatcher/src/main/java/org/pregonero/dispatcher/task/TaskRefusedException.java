package org.pregonero.dispatcher.task;

/** Something that cannot be done with a task as it stands or as it was asked. The message is in Spanish, for a person. */
public class TaskRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean conflict;

    private TaskRefusedException(String message, boolean conflict) {
        super(message);
        this.conflict = conflict;
    }

    /** What was sent cannot be taken. */
    public static TaskRefusedException wrong(String message) {
        return new TaskRefusedException(message, false);
    }

    /** The task has come too far, or not far enough. */
    static TaskRefusedException tooLate(String message) {
        return new TaskRefusedException(message, true);
    }

    /** Whether the task's state is in the way, and not what was sent. */
    public boolean conflict() {
        return conflict;
    }
}
