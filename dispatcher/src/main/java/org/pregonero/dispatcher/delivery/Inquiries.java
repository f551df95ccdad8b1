package org.pregonero.dispatcher.delivery;

import org.springframework.integration.jdbc.lock.JdbcLockRegistry;
import org.springframework.stereotype.Component;

/**
 * What providers are asked, by one process at a time. A provider that is silent costs its whole patience for each question, so
 * that this goes beside the {@link Rounds}, in which everything else of the house is kept.
 */
@Component
class Inquiries {

    private final Steps steps;

    Inquiries(JdbcLockRegistry locks, Rounds rounds, ChannelProbe probe, AbandonedSends abandoned) {
        this.steps = new Steps(locks.obtain("inquiries"))
                .then("Looking at channels that are down", probe::look)
                .then("Asking providers about what is in doubt", abandoned::askAgain)
                .then("Taking up what dead workers left", () -> {
                    if (rounds.steady()) {
                        abandoned.takeUp();
                    }
                });
    }

    void make() {
        steps.make();
    }
}
