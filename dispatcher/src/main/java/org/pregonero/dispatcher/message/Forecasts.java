package org.pregonero.dispatcher.message;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.Array;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.pregonero.templates.InvalidTemplateException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Says before a version is approved how many people it reaches on which channel, whom it does not and why. To look at everybody
 * takes seconds in a large audience: it is done in the background, kept for a minute with who was counted as left out, and says
 * when it was done.
 */
@Service
public class Forecasts {

    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofMillis(100);

    /** People left out, over all that is kept: 80 MB. */
    private static final long KEPT = 10_000_000;

    private static final long[] NOBODY = {};

    /** Every member on every personal channel, with what stands in the way; of two who share an address the first gets it. */
    private static final String COUNTS = """
            with member as (
                select distinct contact_id from audience_member where audience_id = any(:audiences)
            ),
            way as materialized (
                select channel, kind, needed::text[] as needed, turn
                from unnest(:channels::text[], :kinds::text[], :needed::text[], :turns::int[])
                    as w (channel, kind, needed, turn)
            ),
            looked as (
                select m.contact_id, w.channel, w.turn, able.address,
                       (:preferred and w.channel = c.preferred_channel) is not true as later,
                       coalesce(able.obstacle,
                           case when cardinality(w.needed) > 0 and not jsonb_exists_all(contact_values(c), w.needed)
                                then 'MISSING_VALUE' end) as obstacle
                from member m join contact c on c.id = m.contact_id cross join way w
                cross join lateral contactability(m.contact_id, w.channel, w.kind, :purpose) able
            ),
            judged as (
                select contact_id, channel, turn, later,
                       coalesce(obstacle,
                           case when row_number() over (partition by channel, address, obstacle is null
                                                        order by contact_id) > 1
                                then 'DUPLICATE_ADDRESS' end) as obstacle
                from looked
            )
            select 'reached' as what, null as channel, null as obstacle, count(distinct contact_id) as people,
                   null::bigint[] as those
            from judged where obstacle is null
            union all
            select 'people', null, null, count(*), null from member
            union all
            select 'way', channel, obstacle, count(*), array_agg(contact_id order by contact_id) filter (where obstacle is not null)
            from judged group by channel, obstacle
            union all
            select 'first', channel, null, count(*), null
            from (select distinct on (contact_id) channel from judged where obstacle is null and turn >= 0
                  order by contact_id, later, turn) as begin
            group by channel
            """;

    private final JdbcClient jdbc;
    private final Contents contents;
    private final MessageCheck check;
    private final Backlog backlog;
    private final Clock clock;
    private final AsyncCache<Long, Known> known = Caffeine.newBuilder()
            .maximumWeight(KEPT)
            .weigher((Long version, Known one) -> (int) Math.min(
                    KEPT,
                    1
                            + one.left().values().stream()
                                    .mapToLong(ids -> ids.length)
                                    .sum()))
            .expireAfterWrite(FRESH)
            .buildAsync();

    Forecasts(JdbcClient jdbc, Contents contents, MessageCheck check, Backlog backlog, Clock clock) {
        this.jdbc = jdbc;
        this.contents = contents;
        this.check = check;
        this.backlog = backlog;
        this.clock = clock;
    }

    /**
     * @param people in the audiences
     * @param reached people who can be written to on at least one channel
     * @param problems what keeps the version from being scheduled
     * @param notes what a person should know, by channel
     */
    public record Forecast(
            long people,
            long reached,
            List<OnChannel> channels,
            List<Problem> problems,
            SortedMap<String, List<String>> notes,
            Instant at) {}

    /**
     * What is to be expected on a channel.
     *
     * @param ready people who can be written to, or places where it is published
     * @param first of these, on how many the message begins here; the same as {@code ready} where the channel takes no turns
     * @param obstacles how many people cannot be written to, by reason code
     * @param before deliveries that wait on this channel already
     */
    public record OnChannel(
            String channel, boolean personal, long ready, long first, Map<String, Long> obstacles, long before) {}

    /** Why somebody is left out on a channel. */
    private record Reason(String channel, String obstacle) {}

    /** With the ids of those who are left out, in their order. */
    private record Known(Forecast forecast, Map<Reason, long[]> left) {}

    /** What is known; nothing while it is still being worked out, then ask again. */
    public Optional<Forecast> of(MessageVersion version) {
        return known(version).map(Known::forecast);
    }

    private Optional<Known> known(MessageVersion version) {
        var future = known.get(version.id(), id -> work(version));
        try {
            return Optional.of(future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The forecast of version " + version.id() + " failed", e.getCause());
        }
    }

    private Known work(MessageVersion version) {
        var personal = version.channels().keySet().stream()
                .filter(contents::known)
                .filter(contents::personal)
                .toList();
        var order = version.cascade() == null
                ? personal
                : version.cascade().order().stream().filter(personal::contains).toList();
        // first, since it finds who meets the saved filters now
        var problems = check.problems(version);
        var waiting = backlog.waiting();
        var lines = new LinkedHashMap<String, OnChannel>();
        var reached = new long[2];
        var left = new HashMap<Reason, long[]>();
        look(version, personal, order, lines, reached, left, waiting);
        version.channels().forEach((channel, plan) -> {
            if (!personal.contains(channel)) {
                var places = (long) plan.outlets().size();
                lines.put(
                        channel,
                        new OnChannel(channel, false, places, places, Map.of(), waiting.getOrDefault(channel, 0L)));
            }
        });
        var forecast = new Forecast(
                reached[0],
                reached[1],
                new ArrayList<>(lines.values()),
                problems,
                check.notes(version),
                clock.instant());
        return new Known(forecast, left);
    }

    private void look(
            MessageVersion version,
            List<String> channels,
            List<String> order,
            Map<String, OnChannel> lines,
            long[] reached,
            Map<Reason, long[]> left,
            Map<String, Long> waiting) {
        var ready = new LinkedHashMap<String, Long>();
        var first = new LinkedHashMap<String, Long>();
        var obstacles = new LinkedHashMap<String, Map<String, Long>>();
        ways(version, channels, order).query(row -> {
            var people = row.getLong("people");
            var channel = row.getString("channel");
            var obstacle = row.getString("obstacle");
            switch (row.getString("what")) {
                case "reached" -> reached[1] = people;
                case "people" -> reached[0] = people;
                case "first" -> first.put(channel, people);
                default -> {
                    if (obstacle == null) {
                        ready.put(channel, people);
                    } else {
                        obstacles
                                .computeIfAbsent(channel, code -> new LinkedHashMap<>())
                                .put(obstacle, people);
                        left.put(new Reason(channel, obstacle), ids(row.getArray("those")));
                    }
                }
            }
        });
        for (var channel : channels) {
            var able = ready.getOrDefault(channel, 0L);
            lines.put(
                    channel,
                    new OnChannel(
                            channel,
                            true,
                            able,
                            version.cascade() == null || !order.contains(channel)
                                    ? able
                                    : first.getOrDefault(channel, 0L),
                            obstacles.getOrDefault(channel, Map.of()),
                            waiting.getOrDefault(channel, 0L)));
        }
    }

    private static long[] ids(Array ids) throws SQLException {
        return Arrays.stream((Long[]) ids.getArray()).mapToLong(Long::longValue).toArray();
    }

    /** A person that something stands in the way of. */
    public record Left(long id, String name) {}

    /**
     * Some of those who are left out.
     *
     * @param at when they were counted
     * @param next after whom to go on; null when nobody follows
     */
    public record Page(
            List<Left> people, Instant at, @Nullable Long next) {}

    /**
     * Those who were counted as left out on a channel for a reason, in the order of their ids; nothing while they are still being
     * counted, then ask again.
     */
    public Optional<Page> left(MessageVersion version, String channel, String reason, long after, int limit) {
        return known(version).map(counted -> {
            var ids = counted.left().getOrDefault(new Reason(channel, reason), NOBODY);
            var found = Arrays.binarySearch(ids, after);
            var from = found < 0 ? -found - 1 : found + 1;
            var to = Math.min(ids.length, from + limit);
            var people = jdbc.sql("select id, name from contact where id = any(:ids) and erased_at is null order by id")
                    .param("ids", Arrays.copyOfRange(ids, from, to))
                    .query(Left.class)
                    .list();
            return new Page(people, counted.forecast().at(), to < ids.length ? ids[to - 1] : null);
        });
    }

    private JdbcClient.StatementSpec ways(MessageVersion version, List<String> channels, List<String> order) {
        return jdbc.sql(COUNTS)
                .param("audiences", version.audienceIds().toArray(Long[]::new))
                .param("purpose", version.purpose())
                .param(
                        "preferred",
                        version.cascade() != null && version.cascade().preferredFirst())
                .param("channels", channels.toArray(String[]::new))
                .param(
                        "kinds",
                        channels.stream()
                                .map(code -> contents.adapter(code).addressing().name())
                                .toArray(String[]::new))
                .param(
                        "needed",
                        channels.stream().map(code -> needed(version, code)).toArray(String[]::new))
                .param("turns", channels.stream().map(order::indexOf).toArray(Integer[]::new));
    }

    /** As an array of PostgreSQL. */
    private String needed(MessageVersion version, String channel) {
        try {
            var names = MessageCheck.needed(
                    contents.current(version, channel),
                    contents.adapter(channel).addressing());
            return "{"
                    + String.join(
                            ",", names.stream().map(name -> "\"" + name + "\"").toList()) + "}";
        } catch (InvalidTemplateException e) {
            // told as a problem
            return "{}";
        }
    }
}
