package org.pregonero.dispatcher.reach;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Service;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectMapper;

/**
 * The figures of a sending, with the time for which they hold. A small sending is counted when somebody looks; a large one in the
 * background, the less often the longer it takes, and until then the last count is shown.
 */
@Service
public class Reach implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(Reach.class);

    private static final TypeReference<List<Coverage>> LINES = new TypeReference<>() {};

    /** Deliveries that are counted within some tens of milliseconds. */
    private static final long SMALL = 20_000;

    private static final Duration FOR_A_LIST = Duration.ofMillis(150);

    private static final Duration SHORTEST_AGE = Duration.ofSeconds(20);

    /** Counting takes at most this part of the database's time. */
    private static final int REST = 20;

    private final JdbcClient jdbc;
    private final Counting counting;
    private final ObjectMapper json;
    private final Clock clock;
    private final Set<Long> underWay = ConcurrentHashMap.newKeySet();
    private final ExecutorService background =
            Executors.newSingleThreadExecutor(new CustomizableThreadFactory("reach-"));

    Reach(JdbcClient jdbc, Counting counting, ObjectMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.counting = counting;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Figures of a sending.
     *
     * @param asOf the time for which they hold; null while they are counted for the first time
     * @param counting whether newer ones are on their way
     */
    public record Figures(@Nullable Instant asOf, List<Coverage> people, boolean counting) {

        /** All audiences together, on any channel; null where nobody is written to personally. */
        public @Nullable Coverage overall() {
            return people.stream()
                    .filter(line -> line.audience() == null && line.channel().isEmpty())
                    .findFirst()
                    .orElse(null);
        }
    }

    public Figures of(long occurrence) {
        if (counting.size(occurrence) <= SMALL) {
            return new Figures(clock.instant(), counting.coverage(occurrence), false);
        }
        var known = snapshot(occurrence).orElse(null);
        if (known == null || known.stale(clock.instant())) {
            countLater(occurrence);
        }
        return known == null
                ? new Figures(null, List.of(), true)
                : new Figures(known.asOf(), known.lines(), underWay.contains(occurrence));
    }

    /**
     * Figures of several sendings for a list, within a time that nobody has to wait for; those that cannot be had so soon say
     * that they are being counted.
     */
    public Map<Long, Figures> of(Collection<Long> occurrences) {
        var until = clock.instant().plus(FOR_A_LIST);
        var figures = new LinkedHashMap<Long, Figures>();
        for (var occurrence : occurrences) {
            figures.put(
                    occurrence, clock.instant().isBefore(until) ? of(occurrence) : new Figures(null, List.of(), false));
        }
        return figures;
    }

    /** What reached places, pages and accounts. */
    public List<Counting.Places> places(long occurrence) {
        return counting.places(occurrence);
    }

    /** What networks counted. */
    public List<Counting.Measured> measured(long occurrence) {
        return counting.measured(occurrence);
    }

    private void countLater(long occurrence) {
        if (underWay.add(occurrence)) {
            background.execute(() -> {
                try {
                    count(occurrence);
                } catch (RuntimeException e) {
                    log.warn("The figures of occurrence {} could not be counted", occurrence, e);
                } finally {
                    underWay.remove(occurrence);
                }
            });
        }
    }

    private void count(long occurrence) {
        var asOf = clock.instant();
        var lines = counting.coverage(occurrence);
        jdbc.sql("""
                        insert into reach_snapshot values (:occurrence, :asOf, :took, :lines::jsonb)
                        on conflict (occurrence_id) do update
                        set as_of = excluded.as_of, took = excluded.took, lines = excluded.lines
                        where reach_snapshot.as_of < excluded.as_of
                        """)
                .param("occurrence", occurrence)
                .param("asOf", asOf.atOffset(ZoneOffset.UTC))
                .param("took", (int) Duration.between(asOf, clock.instant()).toMillis())
                .param("lines", json.writeValueAsString(lines))
                .update();
    }

    private record Snapshot(Instant asOf, Duration took, List<Coverage> lines) {

        boolean stale(Instant now) {
            var rest = took.multipliedBy(REST);
            return asOf.plus(rest.compareTo(SHORTEST_AGE) > 0 ? rest : SHORTEST_AGE)
                    .isBefore(now);
        }
    }

    private Optional<Snapshot> snapshot(long occurrence) {
        return jdbc.sql(
                        "select as_of, took, lines::text as lines from reach_snapshot where occurrence_id = :occurrence")
                .param("occurrence", occurrence)
                .query((row, number) -> new Snapshot(
                        row.getObject("as_of", OffsetDateTime.class).toInstant(),
                        Duration.ofMillis(row.getInt("took")),
                        json.readValue(row.getString("lines"), LINES)))
                .optional();
    }

    @Override
    public void destroy() {
        background.shutdownNow();
    }
}
