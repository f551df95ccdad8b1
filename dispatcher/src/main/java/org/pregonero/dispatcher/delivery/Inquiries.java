package org.pregonero.dispatcher.delivery;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.integration.jdbc.lock.JdbcLockRegistry;
import org.springframework.stereotype.Component;

/**
 * What providers are asked, by one process at a time. A provider that is silent costs its whole patience for each question, so
 * that this goes beside the {@link Rounds}, in which everything else of the house is kept.
 */
@Component
class Inquiries {

    private final JdbcLockRegistry locks;
    private final Map<Outages, Runnable> steps = new LinkedHashMap<>();

    Inquiries(JdbcLockRegistry locks, Rounds rounds, ChannelProbe probe, AbandonedSends abandoned) {
        this.locks = locks;
        steps.put(new Outages("Looking at channels that are down"), probe::look);
        steps.put(new Outages("Asking providers about what is in doubt"), abandoned::askAgain);
        steps.put(new Outages("Taking up what dead workers left"), () -> {
            if (rounds.steady()) {
                abandoned.takeUp();
            }
        });
    }

    void make() {
        var only = locks.obtain("inquiries");
        if (!only.tryLock()) {
            return;
        }
        try {
            steps.forEach(Outages::watch);
        } finally {
            only.unlock();
        }
    }
}
