package org.pregonero.dispatcher.delivery.web;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.delivery.ChannelControl.ChannelView;
import org.pregonero.dispatcher.delivery.DeliveryReport.Count;
import org.pregonero.dispatcher.delivery.DeliveryState;

/** How far an occurrence has come, by channel. */
record Progress(List<OfChannel> channels) {

    private static final Set<DeliveryState> TROUBLE =
            EnumSet.of(DeliveryState.IN_DOUBT, DeliveryState.REJECTED, DeliveryState.UNDELIVERED);

    /** What counts tell of the last while. */
    private static final Duration LATELY = Duration.ofMinutes(1);

    /**
     * @param states those without any are absent
     * @param settled those that nothing more will happen to by itself
     * @param perSecond deliveries that ended lately
     * @param left until all have ended if it goes on like this, or null where that cannot be told
     * @param stopped what keeps the channel from working, or null
     */
    record OfChannel(
            String channel,
            SortedMap<DeliveryState, Long> states,
            long total,
            long settled,
            double perSecond,
            @Nullable Duration left,
            @Nullable ChannelView stopped) {

        public long waiting() {
            return total - settled;
        }

        /** From 0 to 100. */
        public long percent() {
            return total == 0 ? 0 : settled * 100 / total;
        }
    }

    /**
     * @param counts of one occurrence
     * @param started when it began, or null
     */
    static Progress of(List<Count> counts, List<ChannelView> channels, @Nullable Instant started, Instant now) {
        var byChannel = new TreeMap<String, List<Count>>();
        counts.forEach(count -> byChannel
                .computeIfAbsent(count.channel(), channel -> new ArrayList<>())
                .add(count));
        var since = started == null ? LATELY : Duration.between(started, now);
        var seconds = Math.max(1, Math.min(LATELY.toSeconds(), since.toSeconds()));
        return new Progress(byChannel.entrySet().stream()
                .map(entry -> of(entry.getKey(), entry.getValue(), channels, seconds))
                .toList());
    }

    private static OfChannel of(String channel, List<Count> counts, List<ChannelView> channels, long seconds) {
        var states = new TreeMap<DeliveryState, Long>();
        var settled = 0L;
        var lately = 0L;
        for (var count : counts) {
            states.merge(count.state(), count.deliveries(), Long::sum);
            if (count.state().settled()) {
                settled += count.deliveries();
                lately += count.state() == DeliveryState.SKIPPED ? 0 : count.lately();
            }
        }
        var total = states.values().stream().mapToLong(Long::longValue).sum();
        var perSecond = Math.max(0, (double) lately / seconds);
        var left = total > settled && perSecond > 0
                ? Duration.ofSeconds((long) Math.ceil((total - settled) / perSecond))
                : null;
        var stopped = channels.stream()
                .filter(view -> view.channel().equals(channel) && view.pausedBy() != null)
                .findFirst()
                .orElse(null);
        return new OfChannel(channel, states, total, settled, perSecond, stopped == null ? left : null, stopped);
    }

    public long total() {
        return channels.stream().mapToLong(OfChannel::total).sum();
    }

    public long settled() {
        return channels.stream().mapToLong(OfChannel::settled).sum();
    }

    /** From 0 to 100. */
    public long percent() {
        return total() == 0 ? 0 : settled() * 100 / total();
    }

    /** How many failed, or may have. */
    public long trouble() {
        return channels.stream()
                .flatMap(channel -> channel.states().entrySet().stream())
                .filter(entry -> TROUBLE.contains(entry.getKey()))
                .mapToLong(entry -> entry.getValue())
                .sum();
    }
}
