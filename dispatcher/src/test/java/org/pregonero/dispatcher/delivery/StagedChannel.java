package org.pregonero.dispatcher.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Supplier;
import org.pregonero.channels.Addressing;
import org.pregonero.channels.Channel;
import org.pregonero.channels.ChannelAdapter;
import org.pregonero.channels.CheckResult;
import org.pregonero.channels.OutboundMessage;
import org.pregonero.channels.Reason;
import org.pregonero.channels.SendOutcome;
import org.pregonero.channels.Verifiable;
import org.pregonero.templates.EmailContent;
import org.pregonero.templates.MessageContent;

/** A channel whose provider does what a test tells it to, when the test tells it to. */
final class StagedChannel implements ChannelAdapter, Verifiable {

    private final Channel channel;
    private final List<String> handedOver = new CopyOnWriteArrayList<>();
    private volatile Function<OutboundMessage, SendOutcome> sending = StagedChannel::accept;
    private volatile Function<OutboundMessage, Optional<SendOutcome>> asking = StagedChannel::cannotTell;
    private volatile Supplier<CheckResult> checking = CheckResult.Ok::new;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    StagedChannel(String code) {
        channel = new Channel(code);
    }

    void answers(Function<OutboundMessage, SendOutcome> answer) {
        sending = answer;
    }

    void whenChecked(Supplier<CheckResult> answer) {
        checking = answer;
    }

    void whenAsked(Function<OutboundMessage, Optional<SendOutcome>> answer) {
        asking = answer;
    }

    /** Lets every send wait from now on. */
    void hold() {
        gate = new CountDownLatch(1);
    }

    void letGo() {
        gate.countDown();
    }

    /** Takes everything, as at the beginning. */
    void forget() {
        letGo();
        handedOver.clear();
        sending = StagedChannel::accept;
        asking = StagedChannel::cannotTell;
        checking = CheckResult.Ok::new;
    }

    /** The address of every message that reached the provider, whatever it answered. */
    List<String> handedOver() {
        return List.copyOf(handedOver);
    }

    static SendOutcome accept(OutboundMessage message) {
        return new SendOutcome.Accepted("T-" + message.token(), null);
    }

    static Optional<SendOutcome> cannotTell(OutboundMessage message) {
        return Optional.of(new SendOutcome.Unknown(new Reason(Reason.Code.PROVIDER_TROUBLE, null, "not now")));
    }

    @Override
    public Optional<SendOutcome> find(OutboundMessage message, Instant since) {
        return asking.apply(message);
    }

    @Override
    public SendOutcome send(OutboundMessage message) {
        handedOver.add(message.address());
        pass(gate);
        return sending.apply(message);
    }

    @Override
    public CheckResult check() {
        return checking.get();
    }

    static void pass(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Channel channel() {
        return channel;
    }

    @Override
    public Addressing addressing() {
        return Addressing.EMAIL;
    }

    @Override
    public Class<? extends MessageContent> contentType() {
        return EmailContent.class;
    }
}
