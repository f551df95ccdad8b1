package org.pregonero.templates;

import java.util.Set;
import java.util.TreeSet;

/** A recipient lacks values that the content needs. */
public class MissingValueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MissingValueException(Set<String> names) {
        super("Missing values: " + String.join(", ", new TreeSet<>(names)));
    }
}
