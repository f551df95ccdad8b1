package org.pregonero.dispatcher.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request that cannot be carried out as it is. The message says what is wrong, in the language of whoever made it. */
public class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final @Nullable Refusal why;
    private final transient List<Problem> problems;

    RefusedException(List<Problem> problems, Refusal why, Object... arguments) {
        super(why.say(arguments));
        this.why = why;
        this.problems = List.copyOf(problems);
    }

    public RefusedException(Refusal why, Object... arguments) {
        this(List.of(), why, arguments);
    }

    /** @param sentence in the {@link Refusal#language()} of whoever asks */
    RefusedException(String sentence) {
        super(sentence);
        this.why = null;
        this.problems = List.of();
    }

    /** Null where something else than this module's rules refuses. */
    public @Nullable Refusal why() {
        return why;
    }

    public List<Problem> problems() {
        return problems;
    }
}
