package org.pregonero.channels.twilio;

import com.twilio.security.RequestValidator;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;
import org.pregonero.channels.CallbackRequest;
import org.pregonero.channels.Channel;
import org.pregonero.channels.ProviderEvent;
import org.pregonero.channels.ProviderEvent.MessageReceived;
import org.pregonero.channels.ProviderEvent.Status;
import org.pregonero.channels.ProviderEvent.StatusReported;
import org.pregonero.channels.ReadsCallbacks;
import org.pregonero.channels.Reason;

/**
 * Reads what Twilio calls back: how far a message has come, and what people write to us.
 *
 * @see <a href="https://www.twilio.com/docs/usage/security#validating-requests">How Twilio signs</a>
 * @see <a href="https://www.twilio.com/docs/messaging/guides/webhook-request">What an incoming message holds</a>
 */
public final class TwilioCallbacks implements ReadsCallbacks {

    /** Stands for a picture or a voice message without words, which a person at the office has to look at. */
    private static final String ATTACHMENT = "[archivo adjunto]";

    private static final String SIGNATURE = "x-twilio-signature";
    private static final Pattern SID = Pattern.compile("[A-Z]{2}[0-9a-fA-F]{32}");
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{3,15}");
    private static final Pattern CODE = Pattern.compile("[0-9]{1,9}");
    private static final Pattern TOKEN =
            Pattern.compile(".*/([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})/?");
    private static final Pattern NOT_XML =
            Pattern.compile("[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");

    private final RequestValidator validator;
    private final Clock clock;

    /** @param authToken with which Twilio signs; the account's first one, also where several are valid */
    public TwilioCallbacks(String authToken, Clock clock) {
        this.validator = new RequestValidator(authToken);
        this.clock = clock;
    }

    @Override
    public String provider() {
        return "twilio";
    }

    @Override
    public List<ProviderEvent> read(CallbackRequest request) {
        verify(request);
        String sid = request.parameter("MessageSid").orElse("");
        if (!SID.matcher(sid).matches()) {
            return List.of();
        }
        Instant now = clock.instant();
        Optional<ProviderEvent> event = request.parameter("MessageStatus")
                .filter(status -> !status.equals("received"))
                .map(status -> statusReported(request, sid, status.toLowerCase(Locale.ROOT), now))
                .orElseGet(() -> messageReceived(request, sid, now));
        return event.map(List::of).orElse(List.of());
    }

    private void verify(CallbackRequest request) {
        Map<String, String> parameters = new HashMap<>();
        request.parameters().forEach((name, values) -> parameters.put(name, values.isEmpty() ? "" : values.get(0)));
        boolean once = request.parameters().values().stream().allMatch(values -> values.size() < 2);
        String signature = request.header(SIGNATURE).orElse(null);
        if (!once || signature == null || !validator.validate(request.url().toString(), parameters, signature)) {
            throw new ForgedCallbackException(
                    "The signature of a callback is " + (signature == null ? "absent" : "wrong")
                            + "; if it is Twilio's, the public address or the auth token of the settings is not");
        }
    }

    private static Optional<ProviderEvent> statusReported(
            CallbackRequest request, String sid, String told, Instant now) {
        Status status =
                switch (told) {
                    case "accepted", "scheduled", "queued", "sending", "sent" -> Status.ACCEPTED;
                    case "delivered" -> Status.DELIVERED;
                    case "read" -> Status.READ;
                    case "undelivered", "failed", "canceled" -> Status.UNDELIVERED;
                    default -> null;
                };
        if (status == null) {
            return Optional.empty();
        }
        Reason reason = null;
        if (status == Status.UNDELIVERED) {
            String code = request.parameter("ErrorCode").orElse("");
            reason = Outcomes.givenUp(CODE.matcher(code).matches() ? Integer.parseInt(code) : 0, told);
        }
        return Optional.of(new StatusReported(sid + ":" + told, token(request), sid, status, reason, now));
    }

    private static @Nullable UUID token(CallbackRequest request) {
        Matcher token = TOKEN.matcher(request.url().getPath());
        return token.matches() ? UUID.fromString(token.group(1)) : null;
    }

    /** A press on a button of a WhatsApp template comes as text: what the office put behind it, else what it says. */
    private static Optional<ProviderEvent> messageReceived(CallbackRequest request, String sid, Instant now) {
        String from = request.parameter("From").orElse("");
        boolean whatsApp = from.startsWith(Sender.WHATSAPP_PREFIX);
        String number = whatsApp ? from.substring(Sender.WHATSAPP_PREFIX.length()) : from;
        if (!NUMBER.matcher(number).matches()) {
            return Optional.empty();
        }
        Channel channel = whatsApp ? WhatsAppAdapter.WHATSAPP : SmsAdapter.SMS;
        String text = text(request);
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(new MessageReceived(sid, channel, number, null, text, now));
    }

    private static String text(CallbackRequest request) {
        for (String name : List.of("ButtonPayload", "ButtonText", "Body")) {
            String text = request.parameter(name).orElse("").strip();
            if (!text.isEmpty()) {
                return text;
            }
        }
        return request.parameter("NumMedia").orElse("0").equals("0") ? "" : ATTACHMENT;
    }

    @Override
    public Answer answer(@Nullable String reply) {
        StringWriter body = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(body);
            xml.writeStartDocument("UTF-8", "1.0");
            if (reply == null || reply.isBlank()) {
                xml.writeEmptyElement("Response");
            } else {
                xml.writeStartElement("Response");
                xml.writeStartElement("Message");
                xml.writeCharacters(NOT_XML.matcher(reply).replaceAll(""));
                xml.writeEndElement();
                xml.writeEndElement();
            }
            xml.writeEndDocument();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("Writing to memory cannot fail", e);
        }
        return new Answer("application/xml", body.toString());
    }
}
