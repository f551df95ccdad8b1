package org.pregonero.dispatcher.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a text after Twilio took it, and how Twilio tells. The first status is in the answer to the request
 * and is not told again.
 */
final class TwilioProgress implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TwilioProgress.class);

    private static final int THREADS = 4;
    private static final int UNREACHABLE = 30003;
    private static final int NO_WHATSAPP = 63024;

    private final Outbox outbox;
    private final TwilioCallbacks callbacks;
    private final FailureScripts scripts;
    private final Duration pace;
    private final Clock clock;
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(THREADS, work -> {
        Thread thread = new Thread(work, "sandbox-twilio-progress");
        thread.setDaemon(true);
        return thread;
    });

    /** @param pace from one status to the next */
    TwilioProgress(Outbox outbox, TwilioCallbacks callbacks, FailureScripts scripts, Duration pace, Clock clock) {
        this.outbox = outbox;
        this.callbacks = callbacks;
        this.scripts = scripts;
        this.pace = pace;
        this.clock = clock;
    }

    private record Step(String status, @Nullable Integer error) {}

    /** @param refusal why it will fail, or null */
    void begin(PhoneMessage message, @Nullable Integer refusal) {
        advance(message, ahead(message, refusal));
    }

    private List<Step> ahead(PhoneMessage message, @Nullable Integer refusal) {
        boolean whatsApp = message.channel().equals("WHATSAPP");
        if (refusal != null) {
            return List.of(new Step("failed", refusal));
        }
        var steps = new ArrayList<Step>();
        steps.add(new Step("sent", null));
        if (scripts.of(message.channel()).returns(message.person())) {
            steps.add(new Step("undelivered", whatsApp ? NO_WHATSAPP : UNREACHABLE));
            return steps;
        }
        steps.add(new Step("delivered", null));
        // Not everybody lets others see that they have read something.
        if (whatsApp && Math.floorMod(message.sid().hashCode(), 10) < 8) {
            steps.add(new Step("read", null));
        }
        return steps;
    }

    private void advance(PhoneMessage message, List<Step> steps) {
        if (!steps.isEmpty()) {
            later(millis(pace), () -> take(message, steps));
        }
    }

    private void take(PhoneMessage message, List<Step> steps) {
        Step step = steps.get(0);
        PhoneMessage now = message.now(step.status(), step.error(), clock.instant());
        outbox.keep(now.id(), now);
        tell(now);
        advance(now, steps.subList(1, steps.size()));
    }

    private void tell(PhoneMessage message) {
        String callback = message.statusCallback();
        if (callback == null) {
            return;
        }
        FailureScript script = scripts.of(message.channel());
        String event = UUID.randomUUID().toString();
        long delay = (script.late() ? random(30_000) : 0) + (script.shuffled() ? random(5 * millis(pace)) : 0);
        later(delay, () -> callbacks.post(callback, parameters(message), event));
        if (script.duplicated()) {
            later(delay + random(3 * millis(pace)), () -> callbacks.post(callback, parameters(message), event));
        }
    }

    private static SortedMap<String, String> parameters(PhoneMessage message) {
        boolean whatsApp = message.channel().equals("WHATSAPP");
        String prefix = whatsApp ? "whatsapp:" : "";
        var parameters = new TreeMap<String, String>();
        parameters.put("AccountSid", TwilioSimulator.ACCOUNT);
        parameters.put("ApiVersion", TwilioSimulator.VERSION);
        parameters.put("MessageSid", message.sid());
        parameters.put("SmsSid", message.sid());
        parameters.put("MessageStatus", message.status());
        parameters.put("SmsStatus", message.status());
        parameters.put("To", prefix + message.person());
        if (message.ours().startsWith("MG")) {
            parameters.put("MessagingServiceSid", message.ours());
        } else {
            parameters.put("From", prefix + message.ours());
        }
        if (whatsApp) {
            parameters.put("ChannelPrefix", "whatsapp");
            parameters.put("ChannelToAddress", prefix + message.person());
        }
        if (message.errorCode() != null) {
            parameters.put("ErrorCode", message.errorCode().toString());
        }
        return parameters;
    }

    private void later(long millis, Runnable work) {
        if (timer.isShutdown()) {
            return;
        }
        var unused = timer.schedule(
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException e) {
                        log.error("The Twilio simulator lost a step", e);
                    }
                },
                millis,
                TimeUnit.MILLISECONDS);
    }

    private static long millis(Duration duration) {
        return Math.max(1, duration.toMillis());
    }

    private static long random(long bound) {
        return ThreadLocalRandom.current().nextLong(Math.max(1, bound));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
