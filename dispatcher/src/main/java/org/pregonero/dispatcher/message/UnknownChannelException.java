package org.pregonero.dispatcher.message;

import java.util.Set;
import java.util.TreeSet;

/** A message names a channel that this installation does not have. The message is in Spanish, for its author. */
public class UnknownChannelException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    UnknownChannelException(String channel, Set<String> known) {
        super("No existe el canal «%s» en esta instalación. Los que hay: %s."
                .formatted(channel, String.join(", ", new TreeSet<>(known))));
    }
}
