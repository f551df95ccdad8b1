package org.pregonero.dispatcher.delivery;

import static org.pregonero.dispatcher.runtime.Timestamps.instant;
import static org.pregonero.dispatcher.runtime.Timestamps.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pregonero.channels.Channel;
import org.pregonero.dispatcher.institution.Institutions;
import org.pregonero.dispatcher.message.PausedChannels;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Whether a channel is stopped, by whom and why; and how much of its rate is left. */
@Repository
class ChannelStates implements PausedChannels {

    private final JdbcClient jdbc;
    private final Deliveries deliveries;
    private final Institutions institutions;
    private final Clock clock;

    ChannelStates(JdbcClient jdbc, Deliveries deliveries, Institutions institutions, Clock clock) {
        this.jdbc = jdbc;
        this.deliveries = deliveries;
        this.institutions = institutions;
        this.clock = clock;
    }

    void register(Channel channel) {
        jdbc.sql("insert into channel_state (channel) values (:channel) on conflict do nothing")
                .param("channel", channel.code())
                .update();
    }

    List<ChannelControl.ChannelView> all() {
        return jdbc.sql("select * from channel_state order by channel")
                .query(ChannelStates::read)
                .list();
    }

    /** What each channel still has to send of sendings under way, and when its provider last took something. */
    List<ChannelControl.Load> loads() {
        return jdbc.sql("""
                        select s.channel,
                               coalesce(sum(c.deliveries) filter (where o.id is not null and c.state = 'PENDING'), 0) as waiting,
                               coalesce(sum(c.deliveries) filter (where o.id is not null and c.state in ('QUEUED', 'SENDING')), 0)
                                   as under_way,
                               coalesce(sum(c.deliveries) filter (where o.id is not null and c.state = 'IN_DOUBT'), 0) as in_doubt,
                               greatest(s.last_success_at,
                                        max(c.at) filter (where c.at > '-infinity' and c.deliveries > 0
                                                          and c.state in ('ACCEPTED', 'DELIVERED', 'READ'))) as last_success,
                               case when s.day = :today then s.sent_today else 0 end as sent_today
                        from channel_state s
                        left join (delivery_count c left join occurrence o
                                       on o.id = c.occurrence_id and o.state in ('RUNNING', 'PAUSED'))
                            on c.channel = s.channel and (o.id is not null or c.at > '-infinity')
                        group by s.channel order by s.channel
                        """)
                .param("today", LocalDate.ofInstant(clock.instant(), institutions.zone()))
                .query((row, number) -> new ChannelControl.Load(
                        row.getString("channel"),
                        row.getLong("waiting"),
                        row.getLong("under_way"),
                        row.getLong("in_doubt"),
                        row.getInt("sent_today"),
                        instant(row, "last_success")))
                .list();
    }

    @Override
    public boolean paused(Channel channel) {
        return jdbc.sql("select paused_by is not null from channel_state where channel = :channel")
                .param("channel", channel.code())
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    /** Stops a channel whose provider does not answer as it should, and takes back what is queued. */
    @Transactional
    public void pauseBySystem(Channel channel, String reasonCode, String detail, String advice, Duration checkAfter) {
        var now = clock.instant();
        var stopped = jdbc.sql("""
                        update channel_state
                        set paused_by = 'SYSTEM', reason_code = :reason, detail = :detail, advice = :advice, paused_at = :now,
                            next_check_at = :check, checks = 0
                        where channel = :channel and paused_by is null
                        """)
                .param("channel", channel.code())
                .param("reason", reasonCode)
                .param("detail", detail)
                .param("advice", advice)
                .param("now", utc(now))
                .param("check", utc(now.plus(checkAfter)))
                .update();
        if (stopped == 1) {
            deliveries.recall(channel);
        }
    }

    /** Stops a channel because a person wants it. */
    @Transactional
    public void pauseByPerson(Channel channel) {
        jdbc.sql("""
                        update channel_state
                        set paused_by = 'PERSON', reason_code = 'PAUSED_BY_PERSON', detail = null, advice = null,
                            paused_at = :now, next_check_at = null
                        where channel = :channel
                        """)
                .param("channel", channel.code())
                .param("now", utc(clock.instant()))
                .update();
        deliveries.recall(channel);
    }

    /**
     * Lets a channel go on that the system stopped; one that a person stopped stays so, and so does one whose quota is spent,
     * until it is new: that its provider answers says nothing about that.
     *
     * @return whether it was stopped
     */
    boolean resumeBySystem(Channel channel) {
        return resume(channel, "and paused_by = 'SYSTEM' and (reason_code <> 'QUOTA_SPENT' or next_check_at <= :now)");
    }

    void resume(Channel channel) {
        resume(channel, "");
    }

    private boolean resume(Channel channel, String when) {
        return jdbc.sql("""
                        update channel_state
                        set paused_by = null, reason_code = null, detail = null, advice = null, paused_at = null,
                            next_check_at = null, checks = 0
                        where channel = :channel %s
                        """.formatted(when))
                        .param("channel", channel.code())
                        .param("now", utc(clock.instant()))
                        .update()
                == 1;
    }

    /** The channels stopped by the system that are to be looked at now. */
    List<Channel> toCheck() {
        return jdbc.sql("select channel from channel_state where paused_by = 'SYSTEM' and next_check_at <= :now")
                .param("now", utc(clock.instant()))
                .query((row, number) -> new Channel(row.getString("channel")))
                .list();
    }

    /** Notes that the provider is still down; the next look comes later each time. */
    void stillDown(Channel channel, String reasonCode, String detail, String advice, Duration firstPause) {
        jdbc.sql("""
                        update channel_state
                        set reason_code = :reason, detail = :detail, advice = :advice, checks = checks + 1,
                            next_check_at = :now::timestamptz + least(power(2, least(checks, 5)), 20) * :pause * interval '1 millisecond'
                        where channel = :channel and paused_by = 'SYSTEM'
                        """)
                .param("channel", channel.code())
                .param("reason", reasonCode)
                .param("detail", detail)
                .param("advice", advice)
                .param("now", utc(clock.instant()))
                .param("pause", firstPause.toMillis())
                .update();
    }

    /**
     * Queues of what is due as many as the rate allows now, in the same transaction that counts them: a process killed here
     * uses up nobody's day. Called by the channel's relay leader only.
     *
     * @param room at most so many
     * @param open as {@link Deliveries#queueDue}
     */
    @Transactional
    public List<Long> queueDue(Channel channel, int room, EngineProperties.Limits limits, boolean open) {
        var meter = meter(channel).orElseThrow();
        var now = clock.instant();
        var today = LocalDate.ofInstant(now, institutions.zone());
        var allowed = (double) room;
        var tokens = 0.0;
        if (limits.perSecond() != null) {
            // A full bucket holds one second, and at least one whole send for rates below one a second.
            var refilled = meter.refilledAt() == null
                    ? 1
                    : Duration.between(meter.refilledAt(), now).toNanos() / 1e9 * limits.perSecond();
            tokens = Math.min(Math.max(1, limits.perSecond()), meter.tokens() + refilled);
            allowed = Math.min(allowed, Math.floor(tokens));
        }
        var sent = today.equals(meter.day()) ? meter.sentToday() : 0;
        if (limits.perDay() != null) {
            allowed = Math.min(allowed, limits.perDay() - sent);
        }
        var queued = allowed < 1 ? List.<Long>of() : deliveries.queueDue(channel, (int) allowed, open);
        jdbc.sql("""
                        update channel_state
                        set tokens = :tokens, refilled_at = :now, day = :day, sent_today = :sent,
                            day_since = case when day = :day then day_since else :now end
                        where channel = :channel
                        """)
                .param("tokens", limits.perSecond() == null ? 0 : tokens - queued.size())
                .param("now", utc(now))
                .param("day", today)
                .param("sent", sent + queued.size())
                .param("channel", channel.code())
                .update();
        return queued;
    }

    private record Meter(
            double tokens,
            @Nullable Instant refilledAt,
            @Nullable LocalDate day,
            int sentToday) {}

    private Optional<Meter> meter(Channel channel) {
        return jdbc.sql(
                        "select tokens, refilled_at, day, sent_today from channel_state where channel = :channel for update")
                .param("channel", channel.code())
                .query((row, number) -> new Meter(
                        row.getDouble("tokens"),
                        instant(row, "refilled_at"),
                        row.getObject("day", LocalDate.class),
                        row.getInt("sent_today")))
                .optional();
    }

    private static ChannelControl.ChannelView read(ResultSet row, int number) throws SQLException {
        return new ChannelControl.ChannelView(
                row.getString("channel"),
                row.getString("paused_by"),
                row.getString("reason_code"),
                row.getString("detail"),
                row.getString("advice"),
                instant(row, "paused_at"),
                instant(row, "next_check_at"));
    }
}
