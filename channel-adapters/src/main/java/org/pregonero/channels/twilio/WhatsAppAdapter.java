package org.pregonero.channels.twilio;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.twilio.rest.api.v2010.account.MessageCreator;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
import org.pregonero.templates.RenderedWhatsApp;
import org.pregonero.templates.WhatsAppContent;

/** The WhatsApp channel: approved templates at any time, free text within 24 hours of the person's own last message. */
public final class WhatsAppAdapter implements ChannelAdapter, Verifiable {

    /** The channel's name. */
    public static final Channel WHATSAPP = new Channel("WHATSAPP");

    private final TwilioLine line;
    private final Sender sender;
    private final String problem;
    private final JsonMapper json = new JsonMapper();

    WhatsAppAdapter(TwilioLine line, Sender sender) {
        this.line = line;
        this.sender = sender;
        this.problem = line.problem(sender);
    }

    @Override
    public Channel channel() {
        return WHATSAPP;
    }

    @Override
    public Addressing addressing() {
        return Addressing.PHONE;
    }

    @Override
    public Class<? extends MessageContent> contentType() {
        return WhatsAppContent.class;
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
        RenderedWhatsApp content = (RenderedWhatsApp) message.content();
        String contentSid = content.contentSid();
        MessageCreator creator = sender.creator(recipient, contentSid == null ? content.text() : null);
        if (contentSid != null) {
            creator.setContentSid(contentSid);
            if (!content.contentVariables().isEmpty()) {
                creator.setContentVariables(variables(content.contentVariables()));
            }
        }
        return line.send(letter(message, recipient), creator);
    }

    private String variables(Map<String, String> variables) {
        ObjectNode object = json.createObjectNode();
        new TreeMap<>(variables).forEach(object::put);
        return object.toString();
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
        return new Letter(message, sender, recipient, ((RenderedWhatsApp) message.content()).text());
    }

    @Override
    public CheckResult check() {
        return problem.isEmpty() ? line.check(sender) : new CheckResult.Failed(TwilioLine.misconfigured(), problem);
    }
}
