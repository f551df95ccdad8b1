package org.pregonero.dispatcher.delivery;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.pregonero.channels.Channel;
import org.pregonero.channels.ChannelAdapter;
import org.pregonero.dispatcher.runtime.StartFailure;
import org.springframework.stereotype.Component;

/** The channels that this installation has. */
@Component
class Adapters {

    private final Map<Channel, ChannelAdapter> byChannel;

    /** @throws StartFailure when limits are set for a channel that there is not: they would silently do nothing */
    Adapters(List<ChannelAdapter> adapters, EngineProperties properties) {
        byChannel =
                adapters.stream().collect(Collectors.toUnmodifiableMap(ChannelAdapter::channel, Function.identity()));
        for (var code : properties.channels().keySet()) {
            if (byChannel.keySet().stream().noneMatch(channel -> channel.code().equalsIgnoreCase(code))) {
                throw new StartFailure(
                        "Hay límites para el canal «" + code + "» (pregonero.delivery.channels." + code
                                + "), que no existe en esta instalación.",
                        "Corrija el nombre o quite el ajuste. Los canales que hay: "
                                + byChannel.keySet().stream()
                                        .map(Channel::code)
                                        .sorted()
                                        .collect(Collectors.joining(", "))
                                + ".");
            }
        }
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
