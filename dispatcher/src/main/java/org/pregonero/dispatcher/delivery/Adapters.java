package org.pregonero.dispatcher.delivery;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.pregonero.channels.Channel;
import org.pregonero.channels.ChannelAdapter;
import org.springframework.stereotype.Component;

/** The channels that this installation has. */
@Component
class Adapters {

    private final Map<Channel, ChannelAdapter> byChannel;

    Adapters(List<ChannelAdapter> adapters) {
        byChannel =
                adapters.stream().collect(Collectors.toUnmodifiableMap(ChannelAdapter::channel, Function.identity()));
    }

    Collection<ChannelAdapter> all() {
        return byChannel.values();
    }

    boolean has(Channel channel) {
        return byChannel.containsKey(channel);
    }

    ChannelAdapter of(Channel channel) {
        var adapter = byChannel.get(channel);
        if (adapter == null) {
            throw new IllegalArgumentException("No adapter for channel " + channel);
        }
        return adapter;
    }
}
