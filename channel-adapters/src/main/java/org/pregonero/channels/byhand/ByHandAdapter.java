package org.pregonero.channels.byhand;

import java.time.Instant;
import java.util.Optional;
import org.pregonero.channels.Addressing;
import org.pregonero.channels.Channel;
import org.pregonero.channels.ChannelAdapter;
import org.pregonero.channels.CheckResult;
import org.pregonero.channels.OutboundMessage;
import org.pregonero.channels.SendOutcome;
import org.pregonero.channels.SendOutcome.Accepted;
import org.pregonero.channels.Verifiable;
import org.pregonero.templates.ByHandContent;
import org.pregonero.templates.MessageContent;

/**
 * Media that people do by hand. There is no provider: sending hands the task over, so it is accepted and no more. That it
 * was done is said later, by evidence.
 */
public final class ByHandAdapter implements ChannelAdapter, Verifiable {

    /** The channel's name. */
    public static final Channel BY_HAND = new Channel("BY_HAND");

    @Override
    public Channel channel() {
        return BY_HAND;
    }

    @Override
    public Addressing addressing() {
        return Addressing.OUTLET;
    }

    @Override
    public Class<? extends MessageContent> contentType() {
        return ByHandContent.class;
    }

    @Override
    public SendOutcome send(OutboundMessage message) {
        return new Accepted(message.token().toString(), null);
    }

    @Override
    public CheckResult check() {
        return new CheckResult.Ok();
    }

    /** The delivery itself is what is handed over: it is always there. */
    @Override
    public Optional<SendOutcome> find(OutboundMessage message, Instant since) {
        return Optional.of(send(message));
    }
}
