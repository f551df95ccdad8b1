package org.pregonero.dispatcher.inbound;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pregonero.channels.Addressing;
import org.pregonero.channels.CallbackRequest;
import org.pregonero.channels.Channel;
import org.pregonero.channels.ChannelAdapter;
import org.pregonero.channels.CheckResult;
import org.pregonero.channels.OutboundMessage;
import org.pregonero.channels.ProviderEvent;
import org.pregonero.channels.ProviderEvent.Complained;
import org.pregonero.channels.ProviderEvent.MessageReceived;
import org.pregonero.channels.ProviderEvent.Status;
import org.pregonero.channels.ProviderEvent.StatusReported;
import org.pregonero.channels.ReadsCallbacks;
import org.pregonero.channels.Reason;
import org.pregonero.channels.SendOutcome;
import org.pregonero.templates.EmailContent;
import org.pregonero.templates.MessageContent;

/** A provider of WhatsApp for tests: takes everything, signs with its own address, and tells whatever it is told to. */
final class Telephone implements ChannelAdapter, ReadsCallbacks {

    static final Channel WHATSAPP = new Channel("WHATSAPP");

    final Map<String, UUID> tokens = new ConcurrentHashMap<>();
    final ConcurrentLinkedQueue<String> sent = new ConcurrentLinkedQueue<>();

    /** What happens between the provider's taking a message and its saying so. */
    volatile Consumer<OutboundMessage> beforeAnswer = message -> {};

    /** Addresses for which the answer gets lost. */
    final Set<String> silent = ConcurrentHashMap.newKeySet();

    volatile @Nullable CallbackRequest last;

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
        return EmailContent.class;
    }

    @Override
    public SendOutcome send(OutboundMessage message) {
        sent.add(message.address());
        tokens.put(message.address(), message.token());
        beforeAnswer.accept(message);
        return silent.contains(message.address())
                ? new SendOutcome.Unknown(new Reason(Reason.Code.CONNECTION_LOST, null, "sin respuesta"))
                : new SendOutcome.Accepted("SM" + message.token(), null);
    }

    @Override
    public CheckResult check() {
        return new CheckResult.Ok();
    }

    @Override
    public String provider() {
        return "telefono";
    }

    static final String SIGNATURE = "X-Firma";

    @Override
    public List<ProviderEvent> read(CallbackRequest request) {
        last = request;
        if (!request.header("x-firma")
                .equals(java.util.Optional.of(request.url().toString()))) {
            throw new ForgedCallbackException("unsigned");
        }
        var key = request.parameter("key").orElseThrow();
        var body = request.parameter("body");
        if (body.isPresent()) {
            return List.of(new MessageReceived(
                    key, WHATSAPP, request.parameter("from").orElseThrow(), null, body.get(), Instant.EPOCH));
        }
        var path = request.url().getPath();
        var last = path.substring(path.lastIndexOf('/') + 1);
        var token = last.equals(provider()) ? null : UUID.fromString(last);
        var status = request.parameter("status").orElseThrow();
        if (status.equals("spam") && token != null) {
            return List.of(new Complained(key, token, Instant.EPOCH));
        }
        var reason = request.parameter("reason")
                .map(code -> new Reason(Reason.Code.valueOf(code), "63024", "no se pudo"))
                .orElse(null);
        return List.of(new StatusReported(
                key, token, request.parameter("id").orElse(null), Status.valueOf(status), reason, Instant.EPOCH));
    }

    @Override
    public Answer answer(@Nullable String reply) {
        return new Answer("application/xml", reply == null ? "<nada/>" : "<mensaje>" + reply + "</mensaje>");
    }
}
