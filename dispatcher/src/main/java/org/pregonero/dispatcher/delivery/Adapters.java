package org.pregonero.dispatcher.delivery;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.pregonero.channels.Channel;
import org.pregonero.channels.ChannelAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The channels that this installation has. */
@Component
class Adapters {

    private static final Logger log = LoggerFactory.getLogger(Adapters.class);

    private final Map<Channel, ChannelAdapter> byChannel;

    Adapters(List<ChannelAdapter> adapters, EngineProperties properties) {
        byChannel =
                adapters.stream().collect(Collectors.toUnmodifiableMap(ChannelAdapter::channel, Function.identity()));
        // Told and no more: a channel whose provider is not set up yet must not keep the others from working.
        properties.channels().keySet().stream()
                .filter(code -> byChannel.keySet().stream()
                        .noneMatch(channel -> channel.code().equalsIgnoreCase(code)))
                .forEach(code ->
                        log.info("This installation has no channel {}; the limits set for it are not used", code));
    }

    Collection<ChannelAdapter> all() {
        return byChannel.values();
    }

    boolean has(Channel channel) {
        return byChannel.containsKey(channel);
    }

    Optional<ChannelAdapter> find(Channel channel) {
        return Optional.ofNullable(byChannel.get(channel));
    }

    ChannelAdapter of(Channel channel) {
        var adapter = byChannel.get(channel);
        if (adapter == null) {
            throw new IllegalArgumentException("No adapter for channel " + channel);
        }
        return adapter;
    }
}
