package org.pregonero.dispatcher.message;

/** A correction of something that somebody else has changed meanwhile. */
public class StaleVersionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient MessageVersion newest;

    StaleVersionException(MessageVersion newest) {
        super("Otra persona cambió el mensaje mientras usted lo editaba.");
        this.newest = newest;
    }

    /** What the message says now. */
    public MessageVersion newest() {
        return newest;
    }
}
