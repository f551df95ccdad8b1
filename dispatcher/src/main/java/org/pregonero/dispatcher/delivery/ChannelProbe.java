package org.pregonero.dispatcher.delivery;

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

    ChannelProbe(ChannelStates channels, Adapters adapters, EngineProperties properties) {
        this.channels = channels;
        this.adapters = adapters;
        this.properties = properties;
    }

    void look() {
        for (var channel : channels.toCheck().stream().filter(adapters::has).toList()) {
            var result = adapters.of(channel).check();
            if (result instanceof CheckResult.Failed failed) {
                var reason = failed.reason();
                channels.stillDown(
                        channel, reason.code().name(), reason.detail(), failed.advice(), properties.checkPause());
            } else {
                channels.resumeBySystem(channel);
                log.info("Channel {} is back and goes on", channel);
            }
        }
    }
}
