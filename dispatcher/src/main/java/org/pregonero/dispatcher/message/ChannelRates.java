package org.pregonero.dispatcher.message;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code pregonero.delivery.channels}, as far as it says how fast a channel is: what a forecast needs.
 *
 * @param channels by code, in capitals or not
 */
@ConfigurationProperties("pregonero.delivery")
record ChannelRates(@DefaultValue Map<String, Rate> channels) {

    /** Where no limit is set: what a provider was seen to take without trouble. */
    private static final double USUAL = 20;

    ChannelRates {
        var anyCase = new TreeMap<String, Rate>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(channels);
        channels = anyCase;
    }

    record Rate(@Nullable Double perSecond, @Nullable Integer perDay) {}

    double perSecond(String channel) {
        var rate = channels.get(channel);
        return rate == null || rate.perSecond() == null ? USUAL : rate.perSecond();
    }

    long perDay(String channel) {
        var rate = channels.get(channel);
        return rate == null || rate.perDay() == null ? Long.MAX_VALUE : rate.perDay();
    }
}
