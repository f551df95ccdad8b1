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

    private final JdbcClient jdbc;

    Rows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public record Row(long id, String recipient, String channel, String state, Instant changedAt) {}

    /**
     * In the order of their ids.
     *
     * @param channel code; null for any, where a person is one, by the first of the deliveries that count
     * @param audience id, or null for all
     * @param after lists from the first id greater than this
     */
    public List<Row> of(
            long occurrence, Figure figure, @Nullable String channel, @Nullable Long audience, long after, int limit) {
        var query = """
                select d.id, c.name as recipient, d.channel, d.state, d.changed_at
                from delivery d join contact c on c.id = d.contact_id
                cross join lateral (select d.id, d.contact_id) this
                where d.occurrence_id = :occurrence and d.id > :after and d.reminds is null and %s
                """.formatted(figure.condition());
        if (channel != null) {
            query += " and d.channel = :channel";
        } else {
            query += none("d.id < this.id and " + figure.condition());
            // whoever is confirmed on one channel is unknown and failed on none
            if (figure == Figure.UNKNOWN || figure == Figure.FAILED) {
                query += none(Figure.CONFIRMED.condition());
            }
            if (figure == Figure.FAILED) {
                query += none(Figure.UNKNOWN.condition());
            }
        }
        if (audience != null) {
            query += """
                     and exists (select from occurrence_person p
                                 where p.occurrence_id = :occurrence and p.contact_id = d.contact_id
                                   and :audience = any(p.audience_ids))
                    """;
        }
        return jdbc.sql(query + " order by d.id limit :limit")
                .param("occurrence", occurrence)
                .param("after", after)
                .param("channel", channel)
                .param("audience", audience)
                .param("limit", limit)
                .query((row, number) -> new Row(
                        row.getLong("id"),
                        row.getString("recipient"),
                        row.getString("channel"),
                        row.getString("state"),
                        row.getObject("changed_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** That no delivery {@code d} to the person is such. Names the channels, so that the index of their people is found. */
    private static String none(String condition) {
        return """
                 and not exists (select from delivery d
                                 where d.occurrence_id = :occurrence and d.contact_id = this.contact_id and d.reminds is null
                                   and d.channel = any(array(select channel from delivery_count where occurrence_id = :occurrence))
                                   and %s)
                """.formatted(condition);
    }
}
