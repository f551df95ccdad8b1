package org.pregonero.dispatcher.delivery;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a step that is repeated anyway, and reports an outage when it begins and when it ends instead of every time. Nothing
 * that the step throws ends the repeating.
 */
public final class Outages {

    private static final Logger log = LoggerFactory.getLogger(Outages.class);

    private final String what;
    private final AtomicBoolean failing = new AtomicBoolean();

    public Outages(String what) {
        this.what = what;
    }

    /** The step's result, or null when it failed. */
    public <T> @Nullable T watch(Supplier<@Nullable T> step) {
        try {
            var result = step.get();
            if (failing.compareAndSet(true, false)) {
                log.info("{} works again", what);
            }
            return result;
        } catch (RuntimeException | Error e) {
            if (failing.compareAndSet(false, true)) {
                log.warn("{} fails and is repeated until it works: {}", what, e.toString());
            }
            log.debug("{} failed", what, e);
            return null;
        }
    }

    public void watch(Runnable step) {
        this.<Object>watch(() -> {
            step.run();
            return null;
        });
    }
}
