package org.pregonero.dispatcher.message;

import org.pregonero.channels.Channel;

/** Which channels send nothing for now. Told by who sends. */
public interface PausedChannels {

    boolean paused(Channel channel);
}
