package org.pregonero.dispatcher.message;

import java.util.Map;

/** What is still to be sent by now, by channel code. Told by who sends. */
public interface Backlog {

    Map<String, Long> waiting();
}
