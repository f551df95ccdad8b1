package org.pregonero.dispatcher.reach;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Counts people, and what reached places and networks. */
@Repository
public class Counting {

    private static final List<Figure> OF_A_PERSON = Arrays.stream(Figure.values())
            .filter(figure -> figure != Figure.REGISTERED)
            .toList();

    private final JdbcClient jdbc;

    Counting(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How many deliveries there are to count; costs nothing. */
    long size(Collection<Long> occurrences) {
        return jdbc.sql(
                        "select coalesce(sum(deliveries), 0) from delivery_count where occurrence_id = any(:occurrences)")
                .param("occurrences", occurrences.toArray(Long[]::new))
                .query(Long.class)
                .single();
    }

    /**
     * Every personal channel and any of them, for all audiences together and for each, as they were when the sending began; of
     * several sendings, when the latest did.
     */
    List<Coverage> coverage(Collection<Long> occurrences) {
        return jdbc.sql("""
                        with one as materialized (
                            select d.contact_id, d.channel, %s
                            from delivery d
                            where d.occurrence_id = any(:occurrences) and d.contact_id is not null and d.reminds is null
                        ),
                        line as (
                            select contact_id, coalesce(channel, '') as channel, %s
                            from one group by grouping sets ((contact_id, channel), (contact_id))
                        ),
                        member as (
                            select distinct p.contact_id, a.id
                            from occurrence_person p cross join unnest(array_append(p.audience_ids, null)) as a (id)
                            where p.occurrence_id = any(:occurrences)
                        ),
                        counted as (
                            select member.id, line.channel, count(*) as registered, %s
                            from line join member using (contact_id)
                            group by member.id, line.channel
                        ),
                        meant as (
                            select distinct on (oa.audience_id) oa.occurrence_id, oa.audience_id, oa.name, oa.target
                            from occurrence_audience oa join occurrence o on o.id = oa.occurrence_id
                            where oa.occurrence_id = any(:occurrences)
                            order by oa.audience_id, o.started_at desc nulls last, oa.occurrence_id desc
                        )
                        select m.audience_id as audience, m.name, c.*,
                               -- what the latest was meant for is not what all were meant for where it left an audience out
                               case when m.audience_id is not null
                                      or m.occurrence_id = all(select occurrence_id from meant) then m.target end as target
                        from counted c join meant m on m.audience_id is not distinct from c.id
                        order by m.name, m.audience_id nulls first, c.channel
                        """.formatted(conditions(), ofAnyChannel(), sums()))
                .param("occurrences", occurrences.toArray(Long[]::new))
                .query(Coverage.class)
                .list();
    }

    private static String conditions() {
        return OF_A_PERSON.stream()
                .map(figure -> figure.condition() + " as " + column(figure))
                .collect(Collectors.joining(", "));
    }

    /** Whoever is confirmed by one delivery is unknown and failed by none. */
    private static String ofAnyChannel() {
        return OF_A_PERSON.stream()
                .map(figure -> switch (figure) {
                            case UNKNOWN -> "bool_or(unknown) and not bool_or(confirmed)";
                            case FAILED -> "bool_or(failed) and not bool_or(confirmed) and not bool_or(unknown)";
                            default -> "bool_or(" + column(figure) + ")";
                        }
                        + " as " + column(figure))
                .collect(Collectors.joining(", "));
    }

    private static String sums() {
        return OF_A_PERSON.stream()
                .map(figure -> "count(*) filter (where " + column(figure) + ") as " + column(figure))
                .collect(Collectors.joining(", "));
    }

    private static String column(Figure figure) {
        return figure.name().toLowerCase(java.util.Locale.ROOT);
    }

    /**
     * What became of a channel that goes to places, pages and accounts; never people.
     *
     * @param places to which something was to go
     * @param done published, printed, or proven
     * @param visits by counted links or QR codes, programs left out; a floor
     * @param declared what those who did it say that it reached; nobody measured it. Null where nobody says anything
     */
    public record Places(
            String channel,
            long places,
            long done,
            long failed,
            long visits,
            @Nullable Long declared) {}

    List<Places> places(Collection<Long> occurrences) {
        return jdbc.sql("""
                        select d.channel, count(*) as places,
                               count(*) filter (where d.state in ('DELIVERED', 'READ')) as done,
                               count(*) filter (where d.state in ('REJECTED', 'UNDELIVERED', 'EXPIRED', 'CANCELLED', 'SKIPPED')) as failed,
                               coalesce(sum((select count(*) from click c where c.delivery_id = d.id and not c.scanner)), 0)::bigint
                                   as visits,
                               sum((select sum(e.declared_reach) from task t join evidence e on e.task_id = t.id
                                    where d.channel = 'BY_HAND' and t.occurrence_id = d.occurrence_id and t.outlet = d.outlet))::bigint
                                   as declared
                        from delivery d
                        where d.occurrence_id = any(:occurrences) and d.outlet is not null
                        group by d.channel order by d.channel
                        """)
                .param("occurrences", occurrences.toArray(Long[]::new))
                .query(Places.class)
                .list();
    }

    /**
     * What a network counted of what was published on it: accounts or displays, never people and never added to them.
     *
     * @param figure as the adapter names it
     */
    public record Measured(String channel, String figure, long value, java.time.Instant asOf) {}

    List<Measured> measured(Collection<Long> occurrences) {
        return jdbc.sql("""
                        select channel, figure, sum(value)::bigint as value, min(measured_at) as as_of
                        from (
                            select distinct on (m.delivery_id, m.figure) d.channel, m.figure, m.value, m.measured_at
                            from delivery d join reach_measure m on m.delivery_id = d.id
                            where d.occurrence_id = any(:occurrences) and d.outlet is not null
                            order by m.delivery_id, m.figure, m.measured_at desc
                        ) latest
                        group by channel, figure order by channel, figure
                        """)
                .param("occurrences", occurrences.toArray(Long[]::new))
                .query((row, number) -> new Measured(
                        row.getString("channel"),
                        row.getString("figure"),
                        row.getLong("value"),
                        row.getObject("as_of", java.time.OffsetDateTime.class).toInstant()))
                .list();
    }
}
