package org.pregonero.dispatcher.message;

/** There is no message or occurrence with that number. The message is in Spanish, for a person. */
public class NotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotFoundException(String message) {
        super(message);
    }
}
