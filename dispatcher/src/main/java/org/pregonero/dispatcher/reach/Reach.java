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
 * The figures of a sending, or of all the sendings of a message, with the time for which they hold. A small sending is counted when somebody looks; a large one in the
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
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();
    private final ExecutorService background =
            Executors.newSingleThreadExecutor(new CustomizableThreadFactory("reach-"));

    Reach(JdbcClient jdbc, Counting counting, ObjectMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.counting = counting;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Figures of a sending, or of several.
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
        return of("occurrence/" + occurrence, List.of(occurrence));
    }

    /** Of all sendings of a message: whoever had several of them is one. */
    public Figures ofMessage(long message, Collection<Long> occurrences) {
        return of("message/" + message, occurrences);
    }

    private Figures of(String subject, Collection<Long> occurrences) {
        if (counting.size(occurrences) <= SMALL) {
            return new Figures(clock.instant(), counting.coverage(occurrences), false);
        }
        var known = snapshot(subject).orElse(null);
        if (known == null || known.stale(clock.instant())) {
            countLater(subject, occurrences);
        }
        return known == null
                ? new Figures(null, List.of(), true)
                : new Figures(known.asOf(), known.lines(), underWay.contains(subject));
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
    public List<Counting.Places> places(Collection<Long> occurrences) {
        return counting.places(occurrences);
    }

    /** What networks counted. */
    public List<Counting.Measured> measured(Collection<Long> occurrences) {
        return counting.measured(occurrences);
    }

    private void countLater(String subject, Collection<Long> occurrences) {
        if (underWay.add(subject)) {
            background.execute(() -> {
                try {
                    count(subject, occurrences);
                } catch (RuntimeException e) {
                    log.warn("The figures of {} could not be counted", subject, e);
                } finally {
                    underWay.remove(subject);
                }
            });
        }
    }

    private void count(String subject, Collection<Long> occurrences) {
        var asOf = clock.instant();
        var lines = counting.coverage(occurrences);
        jdbc.sql("""
                        insert into reach_snapshot values (:subject, :asOf, :took, :lines::jsonb)
                        on conflict (subject) do update
                        set as_of = excluded.as_of, took = excluded.took, lines = excluded.lines
                        where reach_snapshot.as_of < excluded.as_of
                        """)
                .param("subject", subject)
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

    private Optional<Snapshot> snapshot(String subject) {
        return jdbc.sql("select as_of, took, lines::text as lines from reach_snapshot where subject = :subject")
                .param("subject", subject)
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
