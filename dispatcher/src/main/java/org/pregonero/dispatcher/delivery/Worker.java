package org.pregonero.dispatcher.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.pregonero.channels.ChannelAdapter;
import org.pregonero.channels.OutboundMessage;
import org.pregonero.channels.Reason;
import org.pregonero.channels.SendOutcome;
import org.pregonero.dispatcher.message.ContactHours;
import org.pregonero.templates.MissingValueException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Sends the deliveries of one channel in this process. Claims no more than it can send at once, so that after a crash no
 * more are in doubt than were really in flight.
 */
final class Worker {

    private static final Logger log = LoggerFactory.getLogger(Worker.class);

    private static final Duration ANSWER_SURELY_LOST = Duration.ofMinutes(2);

    private static final Duration LONGEST_WAIT_FOR_COMPANY = Duration.ofMillis(100);

    private static final Duration UNTIL_THE_QUOTA_IS_NEW = Duration.ofDays(1);

    private static final String QUOTA_SPENT =
            "La cuenta ya envió todo lo que el proveedor le permite por ahora. Lo que falta"
                    + " sale solo cuando vuelva a recibir. Si se repite, pida un cupo mayor, o que quien administra fije aquí el"
                    + " límite por día del canal.";

    private final ChannelAdapter adapter;
    private final UUID id;
    private final Deliveries deliveries;
    private final ChannelStates channels;
    private final Rendering rendering;
    private final ContactHours contactHours;
    private final Judge judge;
    private final Duration checkPause;
    private final Clock clock;
    private final Executor threads;
    private final OutcomeRecorder recorder;
    private final Semaphore slots;
    private final int concurrency;
    private final int worthAClaim;
    /** How often: a delivery that is sent may come again, from a broker that reconnected, and is then asked for once more. */
    private final Map<Long, Integer> underWayHere = new ConcurrentHashMap<>();

    private volatile boolean stopping;

    Worker(
            ChannelAdapter adapter,
            UUID id,
            Deliveries deliveries,
            ChannelStates channels,
            Rendering rendering,
            ContactHours contactHours,
            EngineProperties properties,
            Clock clock,
            Executor threads) {
        this.adapter = adapter;
        this.id = id;
        this.deliveries = deliveries;
        this.channels = channels;
        this.rendering = rendering;
        this.contactHours = contactHours;
        this.judge = new Judge(
                properties.retry(), properties.limits(adapter.channel()).inDoubt());
        this.checkPause = properties.checkPause();
        this.clock = clock;
        this.threads = threads;
        this.concurrency = properties.limits(adapter.channel()).concurrency();
        this.worthAClaim = Math.max(1, concurrency / 2);
        this.recorder = new OutcomeRecorder(deliveries, id, adapter.channel().code(), worthAClaim);
        this.slots = new Semaphore(concurrency, true);
    }

    /**
     * Sends a consignment and returns when each delivery of it is claimed, or is none of ours: from then on the database
     * keeps it, not the broker, and a slow one keeps no other waiting.
     */
    void send(List<Long> consignment) {
        try {
            sendAll(consignment);
        } catch (InterruptedException e) {
            // What was not claimed stays QUEUED and comes again.
            Thread.currentThread().interrupt();
        }
    }

    private void sendAll(List<Long> consignment) throws InterruptedException {
        var waiting = new ArrayDeque<>(consignment);
        while (!waiting.isEmpty() && !stopping) {
            var free = takeSlots(waiting.size());
            if (stopping) {
                slots.release(free);
                break;
            }
            var ids = new ArrayList<Long>(free);
            while (ids.size() < free) {
                ids.add(waiting.remove());
            }
            var claimed = List.<Claimed>of();
            try {
                ids.forEach(this::begin);
                claimed = deliveries.claim(adapter, ids, id, open());
            } finally {
                claimed.forEach(delivery -> ids.remove(delivery.id()));
                ids.forEach(this::end);
                slots.release(free - claimed.size());
            }
            claimed.forEach(this::hand);
        }
    }

    private void hand(Claimed delivery) {
        try {
            threads.execute(() -> sendAndRecord(delivery));
        } catch (Throwable e) {
            // no thread to be had: it goes back as a claim without an answer does
            log.error("Nobody sends delivery {}; it goes back in a while", delivery.id(), e);
            end(delivery.id());
            slots.release();
        }
    }

    private void begin(long delivery) {
        underWayHere.merge(delivery, 1, Integer::sum);
    }

    private void end(long delivery) {
        underWayHere.computeIfPresent(delivery, (id, times) -> times == 1 ? null : times - 1);
    }

    private boolean open() {
        return !adapter.addressing().personal() || contactHours.open(clock.instant());
    }

    /**
     * Waits a moment until a good number of slots is free and takes the others that happen to be. Slots come back one by one,
     * and a claim for each would cost the database more than the sends take. Where sends are slow, one slot is enough.
     */
    private int takeSlots(int most) throws InterruptedException {
        var taken = Math.min(most, worthAClaim);
        if (!slots.tryAcquire(taken, LONGEST_WAIT_FOR_COMPANY.toMillis(), TimeUnit.MILLISECONDS)) {
            slots.acquire();
            taken = 1;
        }
        while (taken < most && slots.tryAcquire()) {
            taken++;
        }
        return taken;
    }

    private void sendAndRecord(Claimed delivery) {
        Verdict verdict;
        try {
            var outcome = attempt(delivery);
            if (outcome instanceof SendOutcome.ChannelDown down) {
                pause(down.reason(), down.advice(), checkPause);
            } else if (outcome instanceof SendOutcome.Deferred deferred
                    && deferred.reason().code() == Reason.Code.QUOTA_SPENT) {
                pause(
                        deferred.reason(),
                        QUOTA_SPENT,
                        Objects.requireNonNullElse(deferred.retryAfter(), UNTIL_THE_QUOTA_IS_NEW));
            }
            verdict = judge.judge(outcome, delivery.attempts(), clock.instant());
        } catch (MissingValueException e) {
            verdict = Verdict.of(DeliveryState.REJECTED, "MISSING_VALUE");
        } catch (Throwable e) {
            // An adapter answers with outcomes; if it throws, nobody knows how far it came. Never guess.
            log.error("Sending delivery {} ended unexpectedly; it is in doubt", delivery.id(), e);
            verdict = judge.doubt(new Reason(Reason.Code.INTERNAL, null, ""), delivery.attempts(), clock.instant());
        }
        recorder.record(delivery, verdict, () -> {
            end(delivery.id());
            slots.release();
        });
    }

    /** Gives back what the database gave to this worker without the answer ever arriving here. */
    void releaseUnknown() {
        var released = deliveries.releaseUnknown(
                adapter.channel(), id, List.copyOf(underWayHere.keySet()), ANSWER_SURELY_LOST);
        if (released > 0) {
            log.warn("{} deliveries of {} were claimed without an answer and go back", released, adapter.channel());
        }
    }

    private SendOutcome attempt(Claimed delivery) {
        OutboundMessage message;
        try {
            message = rendering.message(adapter, delivery);
        } catch (MissingValueException e) {
            throw e;
        } catch (DataAccessException | TransactionException e) {
            // Says nothing about the text.
            log.warn("Delivery {} could not be read and is tried again: {}", delivery.id(), e.toString());
            return new SendOutcome.Deferred(new Reason(Reason.Code.INTERNAL, null, ""), null);
        } catch (RuntimeException e) {
            log.error("Delivery {} could not be rendered", delivery.id(), e);
            return new SendOutcome.Rejected(
                    new Reason(Reason.Code.INTERNAL, null, e.getClass().getSimpleName()));
        }
        return adapter.send(message);
    }

    private void pause(Reason reason, String advice, Duration checkAfter) {
        try {
            channels.pauseBySystem(adapter.channel(), reason.code().name(), reason.detail(), advice, checkAfter);
        } catch (RuntimeException e) {
            log.warn("Channel {} is down and could not be paused; it will be at the next send", adapter.channel(), e);
        }
    }

    /** Leaves what has not been claimed to others. */
    void claimNoMore() {
        stopping = true;
    }

    /** Waits until what is in flight has ended and is written. */
    void drain(Duration patience) {
        try {
            if (!slots.tryAcquire(concurrency, patience.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("Channel {} still had sends in flight; they will be in doubt", adapter.channel());
            }
            recorder.close(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
