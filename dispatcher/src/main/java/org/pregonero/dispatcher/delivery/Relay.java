package org.pregonero.dispatcher.delivery;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pregonero.channels.Channel;
import org.pregonero.channels.ChannelAdapter;
import org.pregonero.dispatcher.message.ContactHours;
import org.springframework.integration.jdbc.lock.JdbcLockRegistry;
import org.springframework.stereotype.Component;

/**
 * Decides which deliveries go to the broker now: one leader per channel among all processes, fairly across occurrences,
 * inside the channel's rate and contact hours, and never more than a window ahead of the workers, so that a pause or a
 * cancellation takes effect within seconds.
 */
@Component
class Relay {

    private final Adapters adapters;
    private final Deliveries deliveries;
    private final ChannelStates channels;
    private final Broker broker;
    private final ContactHours contactHours;
    private final JdbcLockRegistry locks;
    private final EngineProperties properties;
    private final Clock clock;
    private final ReentrantLock looking = new ReentrantLock();
    private Set<Channel> waiting = Set.of();
    private long lookedAt;

    Relay(
            Adapters adapters,
            Deliveries deliveries,
            ChannelStates channels,
            Broker broker,
            ContactHours contactHours,
            JdbcLockRegistry locks,
            EngineProperties properties,
            Clock clock) {
        this.adapters = adapters;
        this.deliveries = deliveries;
        this.channels = channels;
        this.broker = broker;
        this.contactHours = contactHours;
        this.locks = locks;
        this.properties = properties;
        this.clock = clock;
        this.lookedAt = System.nanoTime() - properties.relayPause().toNanos();
    }

    /** What goes to the broker next, already marked QUEUED; null when there is nothing or another process leads. */
    @Nullable
    Consignment next(ChannelAdapter adapter) {
        var channel = adapter.channel();
        // most looks find nothing; those write nothing either, not even a lock
        if (!waiting().contains(channel)) {
            return null;
        }
        var leader = locks.obtain("relay-" + channel);
        if (!leader.tryLock()) {
            return null;
        }
        try {
            var batch = channels.paused(channel) ? List.<Long>of() : batch(channel, open(adapter));
            return batch.isEmpty() ? null : new Consignment(channel, batch);
        } finally {
            leader.unlock();
        }
    }

    private boolean open(ChannelAdapter adapter) {
        return !adapter.addressing().personal() || contactHours.open(clock.instant());
    }

    /** The channels with something to do, as of a moment ago. One look serves the relays of all of them. */
    private Set<Channel> waiting() {
        looking.lock();
        try {
            if (System.nanoTime() - lookedAt >= properties.relayPause().toNanos()) {
                waiting = deliveries.waiting(
                        adapters.all().stream().collect(Collectors.toMap(ChannelAdapter::channel, this::open)));
                lookedAt = System.nanoTime();
            }
            return waiting;
        } finally {
            looking.unlock();
        }
    }

    private List<Long> batch(Channel channel, boolean open) {
        var limits = properties.limits(channel);
        if (!open) {
            deliveries.recallOutsideContactHours(channel);
        }
        var batch = new ArrayList<>(lost(channel, limits.window()));
        var room = limits.window() - deliveries.queued(channel, limits.window());
        if (room >= worthALook(limits.window())) {
            batch.addAll(due(channel, room, limits, open));
        }
        return batch;
    }

    /** Workers take a few at a time; to fill each gap at once would cost the database more than the sends do. */
    private static int worthALook(int window) {
        return Math.max(1, window / 4);
    }

    /** What the broker should have and does not: it was emptied, or never got it. */
    private List<Long> lost(Channel channel, int window) {
        var lost = deliveries.unclaimed(channel, properties.republishAfter());
        return lost && broker.drained(channel)
                ? deliveries.requeueUnclaimed(channel, properties.republishAfter(), window)
                : List.of();
    }

    private List<Long> due(Channel channel, int room, EngineProperties.Limits limits, boolean open) {
        return limits.perSecond() == null && limits.perDay() == null
                ? deliveries.queueDue(channel, room, open)
                : channels.queueDue(channel, room, limits, open);
    }
}
