package org.pregonero.dispatcher.runtime;

import org.jspecify.annotations.Nullable;

/** The process cannot start, and a person can do something about it. Both texts are shown as they are, in Spanish. */
public final class StartFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String advice;

    public StartFailure(String problem, String advice) {
        this(problem, advice, null);
    }

    public StartFailure(String problem, String advice, @Nullable Throwable cause) {
        super(problem, cause);
        this.advice = advice;
    }

    public String advice() {
        return advice;
    }
}
