package org.pregonero.dispatcher.sandbox;

import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.pregonero.dispatcher.sandbox.PhoneMessage.Direction;
import org.pregonero.templates.SmsSegments;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** A person writes to the institution: Twilio posts it to the callback address, and sends what the TwiML answer says. */
final class TwilioReplies {

    private final Outbox outbox;
    private final TwilioCallbacks callbacks;
    private final Supplier<String> callbackUrl;
    private final Clock clock;

    TwilioReplies(Outbox outbox, TwilioCallbacks callbacks, Supplier<String> callbackUrl, Clock clock) {
        this.outbox = outbox;
        this.callbacks = callbacks;
        this.callbackUrl = callbackUrl;
        this.clock = clock;
    }

    /**
     * @param ours our telephone number
     * @param person the writer's
     * @return what came of it; the application's answers are kept in the outbox as well
     */
    SandboxReply reply(String channel, String ours, String person, String text) {
        PhoneMessage written = keep(channel, Direction.INBOUND, ours, person, text, "received");
        Optional<HttpResponse<String>> response = callbacks.post(
                callbackUrl.get(), parameters(written), UUID.randomUUID().toString());
        if (response.isEmpty() || response.get().statusCode() / 100 != 2) {
            return new SandboxReply(response.map(HttpResponse::statusCode).orElse(0), 0);
        }
        List<String> answers = answers(response.get().body());
        answers.forEach(answer -> keep(channel, Direction.ANSWER, ours, person, answer, "delivered"));
        return new SandboxReply(response.get().statusCode(), answers.size());
    }

    private PhoneMessage keep(
            String channel, Direction direction, String ours, String person, String text, String status) {
        Instant now = clock.instant();
        var message = new PhoneMessage(
                outbox.nextId(now, channel),
                now,
                channel,
                TwilioSimulator.newSid(),
                direction,
                ours,
                person,
                text,
                null,
                Map.of(),
                channel.equals("SMS") ? SmsSegments.of(text).segments() : 1,
                null,
                status,
                null,
                now);
        outbox.keep(message.id(), message);
        return message;
    }

    private static SortedMap<String, String> parameters(PhoneMessage message) {
        boolean whatsApp = message.channel().equals("WHATSAPP");
        String prefix = whatsApp ? "whatsapp:" : "";
        var parameters = new TreeMap<String, String>();
        parameters.put("AccountSid", TwilioSimulator.ACCOUNT);
        parameters.put("ApiVersion", TwilioSimulator.VERSION);
        parameters.put("MessageSid", message.sid());
        parameters.put("SmsMessageSid", message.sid());
        parameters.put("SmsSid", message.sid());
        parameters.put("SmsStatus", "received");
        parameters.put("NumMedia", "0");
        parameters.put("NumSegments", String.valueOf(message.segments()));
        parameters.put("From", prefix + message.person());
        parameters.put("To", prefix + message.ours());
        parameters.put("Body", message.text());
        if (whatsApp) {
            parameters.put("MessageType", "text");
            parameters.put("WaId", message.person().substring(1));
            parameters.put("ReferralNumMedia", "0");
        }
        return parameters;
    }

    /** The messages of a TwiML answer: {@code <Response><Message>text</Message></Response>}, text also in a Body. */
    private static List<String> answers(String twiml) {
        var answers = new ArrayList<String>();
        if (twiml.isBlank()) {
            return answers;
        }
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            var messages =
                    builder.parse(new InputSource(new StringReader(twiml))).getElementsByTagName("Message");
            for (int i = 0; i < messages.getLength(); i++) {
                String text = messages.item(i).getTextContent().strip();
                if (!text.isEmpty()) {
                    answers.add(text);
                }
            }
            return answers;
        } catch (SAXException e) {
            // Twilio sends nothing for what it cannot read (error 12100)
            return answers;
        } catch (IOException | ParserConfigurationException e) {
            throw new IllegalStateException("Every Java reads XML", e);
        }
    }
}
