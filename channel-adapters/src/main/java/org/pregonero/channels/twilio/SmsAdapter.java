package org.pregonero.channels.twilio;

import java.time.Instant;
import java.util.Optional;
import org.pregonero.channels.Addressing;
import org.pregonero.channels.Channel;
import org.pregonero.channels.ChannelAdapter;
import org.pregonero.channels.CheckResult;
import org.pregonero.channels.OutboundMessage;
import org.pregonero.channels.SendOutcome;
import org.pregonero.channels.SendOutcome.ChannelDown;
import org.pregonero.channels.SendOutcome.Unknown;
import org.pregonero.channels.Verifiable;
import org.pregonero.channels.twilio.TwilioLine.Letter;
import org.pregonero.templates.MessageContent;
import org.pregonero.templates.RenderedSms;
import org.pregonero.templates.SmsContent;

/** The SMS channel. */
public final class SmsAdapter implements ChannelAdapter, Verifiable {

    /** The channel's name. */
    public static final Channel SMS = new Channel("SMS");

    private final TwilioLine line;
    private final Sender sender;
    private final String problem;

    SmsAdapter(TwilioLine line, Sender sender) {
        this.line = line;
        this.sender = sender;
        this.problem = line.problem(sender);
    }

    @Override
    public Channel channel() {
        return SMS;
    }

    @Override
    public Addressing addressing() {
        return Addressing.PHONE;
    }

    @Override
    public Class<? extends MessageContent> contentType() {
        return SmsContent.class;
    }

    @Override
    public SendOutcome send(OutboundMessage message) {
        if (!problem.isEmpty()) {
            return new ChannelDown(TwilioLine.misconfigured(), problem);
        }
        String recipient = sender.recipient(message.address());
        if (recipient == null) {
            return TwilioLine.notANumber();
        }
        Letter letter = letter(message, recipient);
        return line.send(letter, sender.creator(recipient, letter.text()));
    }

    @Override
    public Optional<SendOutcome> find(OutboundMessage message, Instant since) {
        if (!problem.isEmpty()) {
            return Optional.of(new Unknown(TwilioLine.misconfigured()));
        }
        String recipient = sender.recipient(message.address());
        return recipient == null ? Optional.of(TwilioLine.notANumber()) : line.find(letter(message, recipient), since);
    }

    private Letter letter(OutboundMessage message, String recipient) {
        return new Letter(message, sender, recipient, ((RenderedSms) message.content()).text());
    }

    @Override
    public CheckResult check() {
        return problem.isEmpty() ? line.check(sender) : new CheckResult.Failed(TwilioLine.misconfigured(), problem);
    }
}
