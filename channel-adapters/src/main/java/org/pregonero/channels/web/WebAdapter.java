package org.pregonero.channels.web;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.pregonero.channels.Addressing;
import org.pregonero.channels.Channel;
import org.pregonero.channels.ChannelAdapter;
import org.pregonero.channels.CheckResult;
import org.pregonero.channels.OutboundMessage;
import org.pregonero.channels.Reason;
import org.pregonero.channels.SendOutcome;
import org.pregonero.channels.SendOutcome.ChannelDown;
import org.pregonero.channels.SendOutcome.Published;
import org.pregonero.channels.Verifiable;
import org.pregonero.templates.AnnouncementContent;
import org.pregonero.templates.MessageContent;
import org.pregonero.templates.RenderedAnnouncement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The channel of public announcements. Its provider is this installation: the pages show an announcement from the moment
 * at which its delivery is DELIVERED, so there is nothing to hand over, and a repetition changes nothing.
 */
public final class WebAdapter implements ChannelAdapter, Verifiable {

    /** The channel's name. */
    public static final Channel WEB = new Channel("WEB");

    private static final Logger LOG = LoggerFactory.getLogger(WebAdapter.class);
    private static final String ADVICE =
            WebProperties.PREFIX + ".base-url: no es una dirección http(s) completa de las páginas públicas";

    private final @Nullable URI base;

    public WebAdapter(WebProperties settings) {
        base = settings.base().orElse(null);
        if (base == null) {
            LOG.error("The web channel is off until its settings are corrected: {}", ADVICE);
        }
    }

    @Override
    public Channel channel() {
        return WEB;
    }

    @Override
    public Addressing addressing() {
        return Addressing.OUTLET;
    }

    @Override
    public Class<? extends MessageContent> contentType() {
        return AnnouncementContent.class;
    }

    @Override
    public SendOutcome send(OutboundMessage message) {
        if (base == null) {
            return new ChannelDown(misconfigured(), ADVICE);
        }
        RenderedAnnouncement announcement = (RenderedAnnouncement) message.content();
        String token = message.token().toString();
        return new Published(token, base.resolve(token), sha256(announcement));
    }

    @Override
    public Optional<SendOutcome> find(OutboundMessage message, Instant since) {
        return Optional.of(send(message));
    }

    @Override
    public CheckResult check() {
        return base == null ? new CheckResult.Failed(misconfigured(), ADVICE) : new CheckResult.Ok();
    }

    private static Reason misconfigured() {
        return new Reason(Reason.Code.CONFIGURATION, null, "configuración del canal web");
    }

    /** Of title, summary and text: what was said, without how the page looked. */
    private static String sha256(RenderedAnnouncement announcement) {
        String said = announcement.title() + "\n" + announcement.summary() + "\n" + announcement.text();
        return DigestUtils.sha256Hex(said);
    }
}
