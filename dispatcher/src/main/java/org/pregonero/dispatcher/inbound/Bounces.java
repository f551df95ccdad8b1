package org.pregonero.dispatcher.inbound;

import java.time.Duration;
import java.util.ConcurrentModificationException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;
import org.pregonero.channels.email.BounceMailbox;
import org.pregonero.channels.email.BounceMailbox.Look;
import org.pregonero.dispatcher.delivery.Outages;
import org.pregonero.dispatcher.runtime.ProcessRoles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.integration.jdbc.lock.JdbcLockRegistry;
import org.springframework.stereotype.Component;

/**
 * Looks into the mailbox of bounces, one process at a time, and puts what is there into the inbox. A mailbox that is away
 * is looked for again, each time after twice as long, and reported once.
 */
@Component
class Bounces implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Bounces.class);

    private static final int LONGEST_PAUSE = 32;
    /** After this, another process may look; what both find is kept once. */
    private static final Duration LONGEST_LOOK = Duration.ofMinutes(5);

    private final @Nullable BounceMailbox mailbox;
    private final Inbox inbox;
    private final InboxPoller poller;
    private final JdbcLockRegistry locks;
    private final ProcessRoles roles;
    private final Outages outages = new Outages("Reading bounces");
    private @Nullable ScheduledExecutorService clockwork;

    Bounces(
            ObjectProvider<BounceMailbox> mailbox,
            Inbox inbox,
            InboxPoller poller,
            JdbcLockRegistry locks,
            ProcessRoles roles) {
        this.mailbox = mailbox.getIfAvailable();
        this.inbox = inbox;
        this.poller = poller;
        this.locks = locks;
        this.roles = roles;
    }

    private void look(BounceMailbox mailbox, ScheduledExecutorService next, int pauses) {
        var found = outages.<Boolean>watch(() -> look(mailbox));
        var again = found == null ? Math.min(LONGEST_PAUSE, pauses * 2) : 1;
        if (!next.isShutdown()) {
            schedule(mailbox, next, mailbox.pause().multipliedBy(again), again);
        }
    }

    private void schedule(BounceMailbox mailbox, ScheduledExecutorService next, Duration pause, int pauses) {
        var unused = next.schedule(() -> look(mailbox, next, pauses), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private boolean look(BounceMailbox mailbox) {
        var only = locks.obtain("bounces");
        try {
            if (!only.tryLock(Duration.ZERO, LONGEST_LOOK)) {
                return false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        try {
            report(mailbox.look(events -> inbox.store(BounceMailbox.PROVIDER, events)));
            return true;
        } finally {
            release(only);
        }
    }

    private static void release(Lock only) {
        try {
            only.unlock();
        } catch (ConcurrentModificationException e) {
            log.info(
                    "A look at the bounce mailbox took longer than {}; another process may have looked too",
                    LONGEST_LOOK);
        }
    }

    private void report(Look found) {
        if (found.reports() > 0) {
            poller.wake();
        }
        if (found.reports() + found.automatic() + found.others() > 0) {
            log.info(
                    "Bounce mailbox: {} reports, {} automatic answers, {} others, which are left there for people to read",
                    found.reports(),
                    found.automatic(),
                    found.others());
        }
    }

    @Override
    public void start() {
        if (mailbox != null && roles.has(ProcessRoles.Role.DISPATCH)) {
            var started = Executors.newSingleThreadScheduledExecutor(task -> {
                var thread = new Thread(task, "bounces");
                thread.setDaemon(true);
                return thread;
            });
            clockwork = started;
            schedule(mailbox, started, Duration.ZERO, 1);
        }
    }

    @Override
    public void stop() {
        var started = clockwork;
        if (started != null) {
            started.shutdownNow();
            clockwork = null;
        }
    }

    @Override
    public boolean isRunning() {
        return clockwork != null;
    }
}
