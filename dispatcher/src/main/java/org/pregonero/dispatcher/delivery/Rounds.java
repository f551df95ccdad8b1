package org.pregonero.dispatcher.delivery;

import org.springframework.integration.jdbc.lock.JdbcLockRegistry;
import org.springframework.stereotype.Component;

/** The engine's housekeeping, done by one process at a time. */
@Component
class Rounds {

    private final JdbcLockRegistry locks;
    private final Deliveries deliveries;
    private final AbandonedSends abandoned;
    private final ChannelProbe probe;
    private final Completion completion;

    Rounds(
            JdbcLockRegistry locks,
            Deliveries deliveries,
            AbandonedSends abandoned,
            ChannelProbe probe,
            Completion completion) {
        this.locks = locks;
        this.deliveries = deliveries;
        this.abandoned = abandoned;
        this.probe = probe;
        this.completion = completion;
    }

    void make() {
        var only = locks.obtain("rounds");
        if (!only.tryLock()) {
            return;
        }
        try {
            deliveries.expire();
            abandoned.takeUp();
            probe.look();
            completion.look();
        } finally {
            only.unlock();
        }
    }
}
