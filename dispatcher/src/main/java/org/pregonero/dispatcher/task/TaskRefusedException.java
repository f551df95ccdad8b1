package org.pregonero.dispatcher.task;

import java.util.Locale;
import org.pregonero.dispatcher.tabular.Notice;
import org.pregonero.dispatcher.tabular.Texts;

/** Something that cannot be done with a task as it stands or as it was asked; the bundle {@code task} has the sentences. */
public class TaskRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final Texts SENTENCES = new Texts("task");

    private final transient Notice why;
    private final boolean conflict;

    private TaskRefusedException(String why, boolean conflict, Object... arguments) {
        super(why);
        this.why = Notice.of("task.refused." + why, arguments);
        this.conflict = conflict;
    }

    /** What was sent cannot be taken. */
    public static TaskRefusedException wrong(String why, Object... arguments) {
        return new TaskRefusedException(why, false, arguments);
    }

    /** The task has come too far, or not far enough. */
    static TaskRefusedException tooLate(String why) {
        return new TaskRefusedException(why, true);
    }

    /** For a person. */
    public String say(Locale locale) {
        return SENTENCES.say(why, locale);
    }

    /** Whether the task's state is in the way, and not what was sent. */
    public boolean conflict() {
        return conflict;
    }
}
