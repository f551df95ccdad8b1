package org.pregonero.dispatcher.delivery;

import static org.pregonero.dispatcher.runtime.Timestamps.utc;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.pregonero.channels.Channel;
import org.pregonero.channels.MeasuresReach.Figure;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What networks told about published deliveries, and which to ask about next. Figures are added and never changed. */
@Repository
public class ReachMeasures {

    /** Most of what a post reaches it reaches on its first day. */
    static final List<Duration> AGES = List.of(
            Duration.ofHours(1),
            Duration.ofHours(6),
            Duration.ofDays(1),
            Duration.ofDays(3),
            Duration.ofDays(7),
            Duration.ofDays(28));

    /** A measure that fell into an outage is made up for within this time. */
    private static final Duration OVERDUE = Duration.ofDays(7);

    private static final Duration PAUSE_AFTER_NO_ANSWER = Duration.ofHours(1);
    private static final int TRIES_PER_AGE = 3;

    private final JdbcClient jdbc;
    private final Clock clock;

    ReachMeasures(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A published delivery whose figures are wanted. */
    record Due(long delivery, String providerId) {}

    /** Deliveries that have come of an age since they were last measured, the oldest first. */
    List<Due> due(Channel channel, int limit) {
        var now = clock.instant();
        return jdbc.sql("""
                        select d.id, d.provider_id
                        from delivery d
                        cross join lateral (select max(d.changed_at + age) as since
                                            from unnest(:ages::interval[]) age where d.changed_at + age <= :now) age
                        where d.channel = :channel and d.outlet is not null and d.state = 'DELIVERED'
                          and d.provider_id is not null and d.changed_at > :oldest and age.since is not null
                          and not exists (select from reach_question q
                                          where q.delivery_id = d.id and q.asked_at >= age.since
                                            and (q.answered or q.asked_at > :recently))
                          and (select count(*) from reach_question q
                               where q.delivery_id = d.id and q.asked_at >= age.since) < :tries
                        order by d.changed_at, d.id limit :limit
                        """)
                .param("ages", AGES.stream().map(Duration::toString).toArray(String[]::new))
                .param("channel", channel.code())
                .param("now", utc(now))
                .param("oldest", utc(now.minus(AGES.get(AGES.size() - 1)).minus(OVERDUE)))
                .param("recently", utc(now.minus(PAUSE_AFTER_NO_ANSWER)))
                .param("tries", TRIES_PER_AGE)
                .param("limit", limit)
                .query((row, number) -> new Due(row.getLong("id"), row.getString("provider_id")))
                .list();
    }

    /** @param figures empty when the network did not answer */
    void record(long delivery, Map<Figure, Long> figures) {
        var names = figures.keySet().stream().sorted().toList();
        jdbc.sql("""
                        with asked as (
                            insert into reach_question values (:delivery, :now, :answered) on conflict do nothing
                            returning delivery_id, asked_at
                        )
                        insert into reach_measure (delivery_id, measured_at, figure, value)
                        select asked.delivery_id, asked.asked_at, f.figure, f.value
                        from asked, unnest(:figures::text[], :values::bigint[]) as f (figure, value)
                        """)
                .param("delivery", delivery)
                .param("now", utc(clock.instant()))
                .param("answered", !figures.isEmpty())
                .param("figures", names.stream().map(Figure::name).toArray(String[]::new))
                .param("values", names.stream().map(figures::get).toArray(Long[]::new))
                .update();
    }

    /**
     * One figure of one delivery at one time.
     *
     * @param figure a name of {@link Figure}
     */
    public record Measure(String figure, long value, Instant measuredAt) {}

    /** Everything that was measured of a delivery, oldest first. */
    public List<Measure> of(long delivery) {
        return jdbc.sql("""
                        select figure, value, measured_at from reach_measure
                        where delivery_id = :delivery order by measured_at, figure
                        """)
                .param("delivery", delivery)
                .query((row, number) -> new Measure(
                        row.getString("figure"),
                        row.getLong("value"),
                        row.getObject("measured_at", OffsetDateTime.class).toInstant()))
                .list();
    }
}
