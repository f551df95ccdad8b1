package org.pregonero.dispatcher.demo;

/** The sample did not go as it should. The message is in Spanish, for the person at the terminal. */
final class DemoFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DemoFailure(String problem) {
        super(problem);
    }

    DemoFailure(String problem, Throwable cause) {
        super(problem, cause);
    }
}
