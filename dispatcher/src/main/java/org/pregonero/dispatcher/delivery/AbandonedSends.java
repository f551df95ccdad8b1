package org.pregonero.dispatcher.delivery;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.pregonero.channels.ChannelAdapter;
import org.pregonero.channels.Reason;
import org.pregonero.channels.SendOutcome;
import org.pregonero.channels.Verifiable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes up what a dead process was sending. A provider that can be asked is asked; else the delivery is in doubt and the
 * channel's policy, by default a person, decides. Nothing is sent again on a guess.
 */
@Component
class AbandonedSends {

    private static final Logger log = LoggerFactory.getLogger(AbandonedSends.class);
    private static final int AT_ONCE = 500;
    private static final Reason WORKER_DIED =
            new Reason(Reason.Code.CONNECTION_LOST, null, "the sending process ended before it could note the outcome");

    private final Deliveries deliveries;
    private final Workers workers;
    private final Adapters adapters;
    private final Rendering rendering;
    private final EngineProperties properties;
    private final Clock clock;

    AbandonedSends(
            Deliveries deliveries,
            Workers workers,
            Adapters adapters,
            Rendering rendering,
            EngineProperties properties,
            Clock clock) {
        this.deliveries = deliveries;
        this.workers = workers;
        this.adapters = adapters;
        this.rendering = rendering;
        this.properties = properties;
        this.clock = clock;
    }

    void takeUp() {
        for (var adapter : adapters.all()) {
            for (var worker : workers.dead(adapter.channel(), properties.lease())) {
                takeUp(adapter, worker);
            }
        }
        workers.forgetDead(properties.lease());
    }

    /** Whether the provider told what became of the message, and not merely that it cannot tell now. */
    private static boolean answers(SendOutcome outcome) {
        return outcome instanceof SendOutcome.Accepted
                || outcome instanceof SendOutcome.Published
                || outcome instanceof SendOutcome.Rejected;
    }

    private void takeUp(ChannelAdapter adapter, UUID worker) {
        var abandoned = deliveries.abandoned(adapter.channel(), worker, AT_ONCE);
        while (!abandoned.isEmpty()) {
            var judged = abandoned.stream()
                    .map(delivery -> new Deliveries.Judged(delivery, verdict(adapter, delivery)))
                    .toList();
            var settled = deliveries.record(worker, judged);
            log.warn(
                    "A worker that is gone left {} deliveries of {} unfinished; settled {}",
                    abandoned.size(),
                    adapter.channel(),
                    settled);
            abandoned = settled == 0 ? List.of() : deliveries.abandoned(adapter.channel(), worker, AT_ONCE);
        }
    }

    private Verdict verdict(ChannelAdapter adapter, Claimed delivery) {
        var judge = new Judge(
                properties.retry(), properties.limits(adapter.channel()).inDoubt());
        if (!(adapter instanceof Verifiable provider)) {
            return judge.doubt(WORKER_DIED, clock.instant());
        }
        try {
            return provider.find(rendering.message(adapter, delivery), delivery.at())
                    .map(outcome -> answers(outcome)
                            ? judge.judge(outcome, delivery.attempts(), clock.instant())
                            : judge.doubt(WORKER_DIED, clock.instant()))
                    .orElseGet(() -> judge.notThere(WORKER_DIED, delivery.attempts(), clock.instant()));
        } catch (RuntimeException e) {
            log.error("Delivery {} cannot be looked up at its provider; it is in doubt", delivery.id(), e);
            return judge.doubt(WORKER_DIED, clock.instant());
        }
    }
}
