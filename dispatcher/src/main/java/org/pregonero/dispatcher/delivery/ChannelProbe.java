package org.pregonero.dispatcher.delivery;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.pregonero.channels.Channel;
import org.pregonero.channels.CheckResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Looks whether the provider of a channel that stopped itself is back, and lets the channel go on when it is. */
@Component
class ChannelProbe {

    private static final Logger log = LoggerFactory.getLogger(ChannelProbe.class);

    private final ChannelStates channels;
    private final Adapters adapters;
    private final EngineProperties properties;
    private final Map<Channel, Outages> outages = new ConcurrentHashMap<>();

    ChannelProbe(ChannelStates channels, Adapters adapters, EngineProperties properties) {
        this.channels = channels;
        this.adapters = adapters;
        this.properties = properties;
    }

    /** Looks at those whose time has come. One that cannot be looked at does not keep the others waiting. */
    void look() {
        channels.toCheck().stream().filter(adapters::has).forEach(channel -> outages.computeIfAbsent(
                        channel, one -> new Outages("The look at " + one))
                .watch(() -> check(channel)));
    }

    CheckResult check(Channel channel) {
        var result = adapters.of(channel).check();
        if (result instanceof CheckResult.Failed failed) {
            var reason = failed.reason();
            channels.stillDown(
                    channel, reason.code().name(), reason.detail(), failed.advice(), properties.checkPause());
        } else if (channels.resumeBySystem(channel)) {
            log.info("Channel {} is back and goes on", channel);
        }
        return result;
    }
}
