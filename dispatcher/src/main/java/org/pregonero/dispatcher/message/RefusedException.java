package org.pregonero.dispatcher.message;

import java.util.List;

/** A request that cannot be carried out as it is, with what is wrong. The message is in Spanish, for a person. */
public class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    RefusedException(String message, List<Problem> problems) {
        super(message);
        this.problems = List.copyOf(problems);
    }

    public RefusedException(String message) {
        this(message, List.of());
    }

    public List<Problem> problems() {
        return problems;
    }
}
