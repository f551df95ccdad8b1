package org.pregonero.dispatcher.reach;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The people behind a figure, each by a delivery. */
@Repository
public class Rows {

    /** People of an audience who are sooner looked up one by one than met on the way through all of a sending. */
    private static final int SMALL = 2000;

    private final JdbcClient jdbc;

    Rows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public record Row(long id, long contactId, String recipient, String channel, String state, Instant changedAt) {}

    /**
     * In the order of the people, in which an index has them, so that a page need not sort everybody. A figure that hardly anybody
     * of a large audience has still reads all of their deliveries.
     *
     * @param channel code; null for any, where a person is one, by the first of the deliveries that count
     * @param audience id, or null for all
     * @param after lists from the first person whose id is greater than this
     */
    public List<Row> of(
            long occurrence, Figure figure, @Nullable String channel, @Nullable Long audience, long after, int limit) {
        var conditions = figure.condition();
        if (channel != null) {
            conditions += " and d.channel = :channel";
        } else {
            // whoever is confirmed on one channel is unknown and failed on none
            if (figure == Figure.UNKNOWN || figure == Figure.FAILED) {
                conditions += none(Figure.CONFIRMED);
            }
            if (figure == Figure.FAILED) {
                conditions += none(Figure.UNKNOWN);
            }
        }
        var members = "";
        if (audience != null) {
            if (small(occurrence, audience)) {
                // each of them is looked up, instead of everybody's deliveries
                conditions += """
                         and d.contact_id = any(array(select contact_id from occurrence_person
                                                      where occurrence_id = :occurrence and contact_id > :after
                                                        and :audience = any(audience_ids)))
                        """;
            } else {
                members = """
                        join occurrence_person p on p.occurrence_id = :occurrence and p.contact_id = d.contact_id
                                                and :audience = any(p.audience_ids)
                        """;
            }
        }
        return jdbc.sql("""
                        with person as (
                            select d.contact_id, min(d.id) as id
                            from delivery d
                            cross join lateral (select d.contact_id) this
                            %s
                            where d.occurrence_id = :occurrence and d.contact_id > :after and d.reminds is null and %s
                            group by d.contact_id order by d.contact_id limit :limit
                        )
                        select d.id, d.contact_id, c.name as recipient, d.channel, d.state, d.changed_at
                        from person join delivery d using (id) join contact c on c.id = d.contact_id
                        order by d.contact_id
                        """.formatted(members, conditions))
                .param("occurrence", occurrence)
                .param("after", after)
                .param("channel", channel)
                .param("audience", audience)
                .param("limit", limit)
                .query((row, number) -> new Row(
                        row.getLong("id"),
                        row.getLong("contact_id"),
                        row.getString("recipient"),
                        row.getString("channel"),
                        row.getString("state"),
                        row.getObject("changed_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    private boolean small(long occurrence, long audience) {
        return jdbc.sql("""
                        select coalesce(sum(registered), 0) <= :most from occurrence_audience
                        where occurrence_id = :occurrence and audience_id = :audience
                        """)
                .param("occurrence", occurrence)
                .param("audience", audience)
                .param("most", SMALL)
                .query(Boolean.class)
                .single();
    }

    /** That no delivery {@code d} to the person counts as such. */
    private static String none(Figure figure) {
        return """
                 and not exists (select from delivery d
                                 where d.occurrence_id = :occurrence and d.contact_id = this.contact_id and d.reminds is null
                                   and %s)
                """.formatted(figure.condition());
    }
}
