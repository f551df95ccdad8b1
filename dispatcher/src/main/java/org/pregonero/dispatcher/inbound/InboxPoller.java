package org.pregonero.dispatcher.inbound;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.delivery.Outages;
import org.pregonero.dispatcher.runtime.ProcessRoles;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Keeps the inbox empty: looks twice a second, and at once when something arrived in this process. One thread, so that a
 * burst of callbacks takes no more of the database than that. Several processes share the work without harm.
 */
@Component
class InboxPoller implements SmartLifecycle {

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final InboxWork work;
    private final ProcessRoles roles;
    private final Outages outages = new Outages("Working off the inbox");
    private final Semaphore arrivals = new Semaphore(0);
    private volatile boolean running;
    private @Nullable Thread thread;

    InboxPoller(InboxWork work, ProcessRoles roles) {
        this.work = work;
        this.roles = roles;
    }

    /** Something is waiting. */
    void wake() {
        arrivals.release();
    }

    private void run() {
        try {
            while (running) {
                if (!Boolean.TRUE.equals(outages.<Boolean>watch(work::work))) {
                    arrivals.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                    arrivals.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void start() {
        running = true;
        if (roles.has(ProcessRoles.Role.DISPATCH)) {
            var started = new Thread(this::run, "inbox");
            started.setDaemon(true);
            thread = started;
            started.start();
        }
    }

    @Override
    public void stop() {
        running = false;
        wake();
        var started = thread;
        if (started != null) {
            try {
                started.join(PATIENCE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** With the engine: before requests are taken, and until after the last one. */
    @Override
    public int getPhase() {
        return 0;
    }
}
