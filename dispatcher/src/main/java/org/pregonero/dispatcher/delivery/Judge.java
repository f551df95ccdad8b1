package org.pregonero.dispatcher.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.pregonero.channels.Reason;
import org.pregonero.channels.SendOutcome;
import org.pregonero.channels.SendOutcome.Accepted;
import org.pregonero.channels.SendOutcome.ChannelDown;
import org.pregonero.channels.SendOutcome.Deferred;
import org.pregonero.channels.SendOutcome.Published;
import org.pregonero.channels.SendOutcome.Rejected;
import org.pregonero.channels.SendOutcome.Unknown;

/** Decides what an adapter's outcome means: the next state, and when to try again. */
final class Judge {

    private static final double JITTER = 0.2;

    private final EngineProperties.Retry retry;
    private final EngineProperties.InDoubt inDoubt;

    Judge(EngineProperties.Retry retry, EngineProperties.InDoubt inDoubt) {
        this.retry = retry;
        this.inDoubt = inDoubt;
    }

    /**
     * @param attempts counted before this one
     * @param now when the outcome came
     */
    Verdict judge(SendOutcome outcome, int attempts, Instant now) {
        if (outcome instanceof Accepted accepted) {
            return new Verdict(
                    DeliveryState.ACCEPTED,
                    true,
                    null,
                    accepted.providerId(),
                    accepted.providerCode(),
                    null,
                    null,
                    null,
                    null);
        }
        if (outcome instanceof Published published) {
            return new Verdict(
                    DeliveryState.DELIVERED,
                    true,
                    null,
                    published.providerId(),
                    null,
                    null,
                    null,
                    published.url(),
                    published.sha256());
        }
        if (outcome instanceof Rejected rejected) {
            return verdict(DeliveryState.REJECTED, true, null, rejected.reason());
        }
        if (outcome instanceof Unknown unknown) {
            return doubt(unknown.reason(), attempts, now);
        }
        if (outcome instanceof ChannelDown down) {
            // Not reaching the provider says nothing about the delivery. Any other trouble may be of this one alone, so
            // it counts, and it steps back behind the others: no delivery can stop its channel for ever.
            return down.reason().code() == Reason.Code.UNREACHABLE
                    ? verdict(DeliveryState.PENDING, false, now, down.reason())
                    : again(down.reason(), attempts, null, now);
        }
        var deferred = (Deferred) outcome;
        // Where nothing is taken for a while the channel waits, not the delivery.
        var wished = deferred.reason().code() == Reason.Code.QUOTA_SPENT ? null : deferred.retryAfter();
        return again(deferred.reason(), attempts, wished, now);
    }

    private Verdict again(Reason reason, int attempts, @Nullable Duration wished, Instant now) {
        return last(attempts)
                ? verdict(DeliveryState.REJECTED, true, null, reason)
                : verdict(DeliveryState.PENDING, true, now.plus(pause(attempts, wished)), reason);
    }

    /**
     * What becomes of a delivery that the provider may or may not have taken.
     *
     * @param attempts counted before this one
     */
    Verdict doubt(Reason reason, int attempts, Instant now) {
        return switch (inDoubt) {
            case ASK -> verdict(DeliveryState.IN_DOUBT, true, null, reason);
            case ASSUME_SENT -> verdict(DeliveryState.ACCEPTED, true, null, reason);
            case SEND_AGAIN ->
                last(attempts)
                        ? verdict(DeliveryState.IN_DOUBT, true, null, reason)
                        : verdict(DeliveryState.PENDING, true, now.plus(pause(attempts, null)), reason);
        };
    }

    /** What becomes of a delivery that the provider, asked, does not have. */
    Verdict notThere(Reason reason, int attempts, Instant now) {
        return last(attempts)
                ? verdict(DeliveryState.IN_DOUBT, true, null, reason)
                : verdict(DeliveryState.PENDING, true, now, reason);
    }

    private boolean last(int attempts) {
        return attempts + 1 >= retry.attempts();
    }

    private Duration pause(int attempts, @Nullable Duration wished) {
        var doubled = retry.first().multipliedBy(1L << Math.min(attempts, 20));
        var backoff = doubled.compareTo(retry.longest()) > 0 ? retry.longest() : doubled;
        var jittered = (long) (backoff.toMillis() * ThreadLocalRandom.current().nextDouble(1 - JITTER, 1 + JITTER));
        var pause = Duration.ofMillis(jittered);
        return wished != null && wished.compareTo(pause) > 0 ? wished : pause;
    }

    private static Verdict verdict(DeliveryState state, boolean counted, @Nullable Instant notBefore, Reason reason) {
        return new Verdict(
                state,
                counted,
                notBefore,
                null,
                reason.providerCode(),
                reason.code().name(),
                reason.detail(),
                null,
                null);
    }
}
