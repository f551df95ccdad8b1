package org.pregonero.templates;

/** A template that cannot be compiled. The message is in Spanish, for the person who wrote the template. */
public class InvalidTemplateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidTemplateException(String message, Throwable cause) {
        super(message, cause);
    }

    public InvalidTemplateException(String message) {
        super(message);
    }
}
