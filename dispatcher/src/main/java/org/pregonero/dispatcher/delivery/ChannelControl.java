package org.pregonero.dispatcher.delivery;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pregonero.channels.Channel;
import org.pregonero.channels.CheckResult;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.account.AuditTrail;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Shows the channels and lets a person stop one or let it go on. */
@Service
public class ChannelControl {

    private final ChannelStates channels;
    private final ChannelProbe probe;
    private final Adapters adapters;
    private final EngineProperties properties;
    private final AuditTrail audit;

    ChannelControl(
            ChannelStates channels,
            ChannelProbe probe,
            Adapters adapters,
            EngineProperties properties,
            AuditTrail audit) {
        this.channels = channels;
        this.probe = probe;
        this.adapters = adapters;
        this.properties = properties;
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
            @Nullable Instant nextCheckAt) {

        private ChannelView notInstalled() {
            return new ChannelView(channel, "SYSTEM", "CHANNEL_NOT_CONFIGURED", null, null, null, null);
        }
    }

    /** Also those that this installation no longer has, which stand still with whatever they still had to send. */
    public List<ChannelView> all() {
        return channels.all().stream()
                .map(view -> installed(view.channel()) ? view : view.notInstalled())
                .toList();
    }

    /**
     * What a channel has to do.
     *
     * @param waiting for their time, contact hours, a retry, or the channel itself
     * @param underWay with the broker or the provider
     * @param inDoubt for a person to settle
     * @param sentToday counted only where the channel has a limit
     * @param lastSuccess when its provider last took something, or null
     */
    public record Load(
            String channel,
            long waiting,
            long underWay,
            long inDoubt,
            int sentToday,
            @Nullable Instant lastSuccess) {}

    public List<Load> loads() {
        return channels.loads();
    }

    /**
     * How much a channel may send.
     *
     * @param perSecond null for no limit
     * @param perDay null for no limit
     */
    public record Limits(
            @Nullable Double perSecond, @Nullable Integer perDay) {}

    public Limits limits(Channel channel) {
        var limits = properties.limits(channel);
        return new Limits(limits.perSecond(), limits.perDay());
    }

    /** Whether this installation has the channel at present; one it had before may still have deliveries. */
    public boolean installed(String channel) {
        return adapters.has(new Channel(channel));
    }

    /** Looks now whether the provider can be talked to; lets a channel go on that had stopped itself and is well again. */
    public CheckResult check(Channel channel, Actor actor) {
        var result = probe.check(channel);
        audit.record(actor, "channel.checked", "channel/" + channel, null, result instanceof CheckResult.Ok);
        return result;
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
