package org.pregonero.dispatcher.delivery;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pregonero.channels.Channel;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code pregonero.delivery}: how the engine works.
 *
 * @param fanOutChunk people per transaction of a fan-out
 * @param consignment delivery ids per message of the broker
 * @param republishAfter after how long a queued delivery that nobody claimed is handed to the broker again
 * @param lease for how long a worker that is not heard of counts as alive
 * @param round time between two rounds of housekeeping
 * @param relayPause time between two looks for what is due
 * @param checkPause first time between two looks at a channel that is down; doubles up to twenty times this
 * @param retry when a delivery that was not taken is tried again
 * @param channels limits by channel code, in capitals or not; what is not named has the defaults of {@link Limits}
 */
@Validated
@ConfigurationProperties("pregonero.delivery")
record EngineProperties(
        @DefaultValue("5000") @Min(1) @Max(100_000) int fanOutChunk,
        @DefaultValue("100") @Min(1) @Max(1000) int consignment,
        @DefaultValue("10s") Duration republishAfter,
        @DefaultValue("15s") Duration lease,
        @DefaultValue("1s") Duration round,
        @DefaultValue("100ms") Duration relayPause,
        @DefaultValue("15s") Duration checkPause,
        @DefaultValue @Valid Retry retry,
        @DefaultValue Map<String, @Valid Limits> channels) {

    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(2);

    EngineProperties {
        // An environment variable cannot carry capitals: PREGONERO_DELIVERY_CHANNELS_EMAIL_PERSECOND is bound to
        // "email".
        var anyCase = new TreeMap<String, Limits>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(channels);
        channels = Collections.unmodifiableMap(anyCase);
        if (lease.compareTo(SHORTEST_LEASE) < 0) {
            throw new IllegalArgumentException("pregonero.delivery.lease debe ser de 2s o más");
        }
        if (Stream.of(republishAfter, round, relayPause, checkPause)
                .anyMatch(duration -> duration.isNegative() || duration.isZero())) {
            throw new IllegalArgumentException("Los tiempos de pregonero.delivery deben ser mayores que cero");
        }
    }

    private static final Limits DEFAULTS = new Limits(null, null, 2000, 32, InDoubt.ASK);

    Limits limits(Channel channel) {
        return channels.getOrDefault(channel.code(), DEFAULTS);
    }

    /**
     * @param first wait after the first attempt; doubles after each
     * @param longest wait between two attempts
     * @param attempts after so many the delivery is rejected
     */
    record Retry(
            @DefaultValue("30s") Duration first,
            @DefaultValue("1h") Duration longest,
            @DefaultValue("10") @Min(1) @Max(100) int attempts) {}

    /**
     * The limits of one channel.
     *
     * @param perSecond sends per second, or null for no limit
     * @param perDay sends per day (of the institution's zone), or null for no limit
     * @param window deliveries handed to the broker and not yet claimed, at most; with a rate, never more than go in five
     *     seconds, since workers that come back after a while take all of them at once
     * @param concurrency sends in flight at the same time, at most, in each process
     * @param inDoubt what becomes of a delivery whose end is unknown and that the provider cannot be asked about
     */
    record Limits(
            @Nullable @Positive Double perSecond,
            @Nullable @Positive Integer perDay,
            @DefaultValue("2000") @Min(1) int window,
            @DefaultValue("32") @Min(1) @Max(1000) int concurrency,
            @DefaultValue("ASK") InDoubt inDoubt) {

        private static final int SECONDS_AHEAD = 5;

        Limits {
            if (perSecond != null) {
                window = (int) Math.min(window, Math.ceil(perSecond * SECONDS_AHEAD));
            }
        }
    }

    /** What becomes of a delivery whose end is unknown. */
    enum InDoubt {
        /** A person decides. */
        ASK,
        /** It counts as accepted: rather one too few than one twice. */
        ASSUME_SENT,
        /** It is sent again: rather one twice than one too few. Never the default. */
        SEND_AGAIN
    }
}
