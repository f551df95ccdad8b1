package org.pregonero.dispatcher.delivery;

import java.util.List;
import org.pregonero.channels.Channel;

/** Deliveries of one channel on their way to or from the broker: ids and nothing else. */
record Consignment(Channel channel, List<Long> deliveries) {}
