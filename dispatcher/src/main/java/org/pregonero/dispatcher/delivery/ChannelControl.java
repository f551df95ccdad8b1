package org.pregonero.dispatcher.delivery;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pregonero.channels.Channel;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.account.AuditTrail;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Shows the channels and lets a person stop one or let it go on. */
@Service
public class ChannelControl {

    private final ChannelStates channels;
    private final AuditTrail audit;

    ChannelControl(ChannelStates channels, AuditTrail audit) {
        this.channels = channels;
        this.audit = audit;
    }

    /**
     * A channel as a person sees it.
     *
     * @param pausedBy {@code PERSON}, {@code SYSTEM}, or null while it works
     * @param advice what to do, or null
     */
    public record ChannelView(
            String channel,
            @Nullable String pausedBy,
            @Nullable String reasonCode,
            @Nullable String detail,
            @Nullable String advice,
            @Nullable Instant pausedAt,
            @Nullable Instant nextCheckAt) {}

    public List<ChannelView> all() {
        return channels.all();
    }

    @Transactional
    public void pause(Channel channel, Actor actor) {
        channels.pauseByPerson(channel);
        audit.record(actor, "channel.paused", "channel/" + channel, null, null);
    }

    @Transactional
    public void resume(Channel channel, Actor actor) {
        channels.resume(channel);
        audit.record(actor, "channel.resumed", "channel/" + channel, null, null);
    }
}
