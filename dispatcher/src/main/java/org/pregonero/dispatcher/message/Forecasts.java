package org.pregonero.dispatcher.message;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.pregonero.templates.InvalidTemplateException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Says before a version is approved how many people it reaches on which channel, whom it does not and why. To look at everybody
 * takes seconds in a large audience: it is done in the background, kept for a minute, and says when it was done.
 */
@Service
public class Forecasts {

    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofMillis(150);

    /** Every member on every personal channel, with what stands in the way. */
    private static final String LOOKED = """
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
            )
            """;

    /** Of two people who share an address, the first gets the message. */
    private static final String JUDGED = """
            , judged as (
                select contact_id, channel, turn, later,
                       coalesce(obstacle,
                           case when row_number() over (partition by channel, address, obstacle is null
                                                        order by contact_id) > 1
                                then 'DUPLICATE_ADDRESS' end) as obstacle
                from looked
            )
            """;

    private static final String COUNTS = """
            select 'reached' as what, null as channel, null as obstacle, count(distinct contact_id) as people
            from judged where obstacle is null
            union all
            select 'people', null, null, count(*) from member
            union all
            select 'way', channel, obstacle, count(*) from judged group by channel, obstacle
            union all
            select 'first', channel, null, count(*)
            from (select distinct on (contact_id) channel from judged where obstacle is null
                  order by contact_id, later, turn) as begin
            group by channel
            """;

    private static final String THOSE = """
            select c.id, c.name from %s l join contact c on c.id = l.contact_id
            where l.obstacle = :reason and l.contact_id > :after order by l.contact_id limit :limit
            """;

    private final JdbcClient jdbc;
    private final Contents contents;
    private final MessageCheck check;
    private final Backlog backlog;
    private final Clock clock;
    private final AsyncCache<Long, Forecast> known =
            Caffeine.newBuilder().maximumSize(100).expireAfterWrite(FRESH).buildAsync();

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
     * @param first of these, on how many the message begins here; the same as {@code ready} where all channels are used
     * @param obstacles how many people cannot be written to, by reason code
     * @param before deliveries that wait on this channel already
     */
    public record OnChannel(
            String channel, boolean personal, long ready, long first, Map<String, Long> obstacles, long before) {}

    /** What is known; nothing while it is still being worked out, then ask again. */
    public Optional<Forecast> of(MessageVersion version) {
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

    private Forecast work(MessageVersion version) {
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
        look(version, personal, order, lines, reached, waiting);
        version.channels().forEach((channel, plan) -> {
            if (!personal.contains(channel)) {
                var places = (long) plan.outlets().size();
                lines.put(
                        channel,
                        new OnChannel(channel, false, places, places, Map.of(), waiting.getOrDefault(channel, 0L)));
            }
        });
        return new Forecast(
                reached[0],
                reached[1],
                new ArrayList<>(lines.values()),
                problems,
                check.notes(version),
                clock.instant());
    }

    private void look(
            MessageVersion version,
            List<String> channels,
            List<String> order,
            Map<String, OnChannel> lines,
            long[] reached,
            Map<String, Long> waiting) {
        var ready = new LinkedHashMap<String, Long>();
        var first = new LinkedHashMap<String, Long>();
        var obstacles = new LinkedHashMap<String, Map<String, Long>>();
        ways(version, channels, order, JUDGED + COUNTS).query(row -> {
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

    /** A person that something stands in the way of. */
    public record Left(long id, String name) {}

    /** Those who cannot be written to on a channel for a reason, by their numbers. */
    public List<Left> left(MessageVersion version, String channel, String reason, long after, int limit) {
        // only among all is it known who shares an address; else nobody is looked at after the last one listed
        var those = reason.equals("DUPLICATE_ADDRESS") ? JUDGED + THOSE.formatted("judged") : THOSE.formatted("looked");
        return ways(version, List.of(channel), List.of(channel), those)
                .param("reason", reason)
                .param("after", after)
                .param("limit", limit)
                .query(Left.class)
                .list();
    }

    private JdbcClient.StatementSpec ways(
            MessageVersion version, List<String> channels, List<String> order, String rest) {
        return jdbc.sql(LOOKED + rest)
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
