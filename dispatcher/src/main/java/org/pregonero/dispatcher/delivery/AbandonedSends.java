package org.pregonero.dispatcher.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.pregonero.channels.Channel;
import org.pregonero.channels.ChannelAdapter;
import org.pregonero.channels.Reason;
import org.pregonero.channels.SendOutcome;
import org.pregonero.channels.Verifiable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes up what a dead process was sending, and asks again about what is in doubt. A provider that can be asked is asked,
 * at growing pauses, since a message that was taken may show only after a while; else the delivery is in doubt and the
 * channel's policy, by default a person, decides. Nothing is sent again on a guess.
 */
@Component
class AbandonedSends {

    private static final Logger log = LoggerFactory.getLogger(AbandonedSends.class);
    private static final int AT_ONCE = 500;

    /** For so long after the claim the provider may still find out, and the delivery is not yet in doubt. */
    private static final Duration UNDECIDED = Duration.ofMinutes(10);

    private static final Duration FIRST_QUESTION = Duration.ofMinutes(2);
    private static final Duration LAST_QUESTION = Duration.ofHours(1);

    /** A provider that does not answer costs its whole patience for each question, and others wait meanwhile. */
    private static final int QUESTIONS_AT_ONCE = 5;

    private static final Reason NOT_THERE =
            new Reason(Reason.Code.CONNECTION_LOST, null, "el proveedor, consultado después, no lo tiene");
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
        workers.dead(properties.lease()).forEach(gone -> takeUp(gone.channel(), gone.worker()));
        workers.forgetDead(properties.lease());
    }

    /** Asks about what is in doubt, whether its process died or the provider gave it no answer that could be read. */
    void askAgain() {
        for (var adapter : adapters.all()) {
            if (adapter instanceof Verifiable provider) {
                deliveries
                        .inDoubt(adapter.channel(), FIRST_QUESTION, LAST_QUESTION, QUESTIONS_AT_ONCE)
                        .forEach(doubtful -> askAgain(adapter, provider, doubtful));
            }
        }
    }

    private void askAgain(ChannelAdapter adapter, Verifiable provider, Deliveries.Doubtful doubtful) {
        var delivery = doubtful.claimed();
        var settled = answer(adapter, provider, delivery, Math.max(0, delivery.attempts() - 1), NOT_THERE)
                .map(verdict -> deliveries.record(
                        doubtful.worker(), List.of(new Deliveries.Judged(delivery, verdict.alreadyCounted()))))
                .orElse(0);
        if (settled == 0) {
            deliveries.askLater(delivery.id());
        } else {
            log.info("The provider of {} settled the doubt about delivery {}", adapter.channel(), delivery.id());
        }
    }

    /** Whether the provider told what became of the message, and not merely that it cannot tell now. */
    private static boolean answers(SendOutcome outcome) {
        return outcome instanceof SendOutcome.Accepted
                || outcome instanceof SendOutcome.Published
                || outcome instanceof SendOutcome.Rejected;
    }

    /** The channel may be gone too: it was in the settings of a process that died, and no longer is. */
    private void takeUp(Channel channel, UUID worker) {
        var abandoned = deliveries.abandoned(channel, worker, AT_ONCE);
        while (!abandoned.isEmpty()) {
            var judged = new ArrayList<Deliveries.Judged>();
            for (var delivery : abandoned) {
                verdict(channel, delivery)
                        .ifPresentOrElse(
                                verdict -> judged.add(new Deliveries.Judged(delivery, verdict)),
                                () -> deliveries.askLater(delivery.id()));
            }
            var settled = deliveries.record(worker, judged);
            log.warn(
                    "A worker that is gone left {} deliveries of {} unfinished; settled {}",
                    abandoned.size(),
                    channel,
                    settled);
            abandoned = settled == 0 ? List.of() : deliveries.abandoned(channel, worker, AT_ONCE);
        }
    }

    /** Empty while it is to be asked again. */
    private Optional<Verdict> verdict(Channel channel, Claimed delivery) {
        var now = clock.instant();
        var adapter = adapters.find(channel).orElse(null);
        if (adapter instanceof Verifiable provider) {
            var answer = answer(adapter, provider, delivery, delivery.attempts(), WORKER_DIED);
            if (answer.isPresent() || now.isBefore(delivery.at().plus(UNDECIDED))) {
                return answer;
            }
        }
        return Optional.of(judge(channel).doubt(WORKER_DIED, delivery.attempts(), now));
    }

    /**
     * What the provider, asked, says of a delivery; empty when it cannot tell now.
     *
     * @param attempts counted before the one that is asked about
     */
    private Optional<Verdict> answer(
            ChannelAdapter adapter, Verifiable provider, Claimed delivery, int attempts, Reason notThere) {
        try {
            var found = provider.find(rendering.message(adapter, delivery), delivery.at());
            return found.isEmpty()
                    ? Optional.of(judge(adapter.channel()).notThere(notThere, attempts, clock.instant()))
                    : found.filter(AbandonedSends::answers)
                            .map(outcome -> judge(adapter.channel()).judge(outcome, attempts, clock.instant()));
        } catch (RuntimeException e) {
            log.error("Delivery {} cannot be looked up at its provider", delivery.id(), e);
            return Optional.empty();
        }
    }

    private Judge judge(Channel channel) {
        return new Judge(properties.retry(), properties.limits(channel).inDoubt());
    }
}
