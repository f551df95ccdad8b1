package org.pregonero.dispatcher.audience;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who must not be written to, and how that is known: what people decided, and addresses that are of no use. */
@Repository
public class Exclusions {

    private final JdbcClient jdbc;

    Exclusions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A person who wants no messages on a channel. */
    public record OptOut(
            long id,
            long contactId,
            String name,
            String channel,
            String means,
            @Nullable String evidence,
            Instant at,
            boolean latest) {}

    /** An address that is not used, on a channel or, without one, on none. */
    public record Suppressed(
            long id, String address, @Nullable String channel, String reason, Instant at) {}

    /** A list whose people said yes without proof. */
    public record Unproven(@Nullable Long id, String name, long people) {}

    /** @param before number of the last one of the page before; 0 for the first page, the newest first */
    public List<OptOut> optOuts(long before, int limit) {
        return jdbc.sql("""
                        select c.id, c.contact_id, p.name, c.channel, c.means, c.evidence,
                               coalesce(c.decided_at, c.recorded_at) as at,
                               not exists (select from consent n where n.contact_id = c.contact_id
                                           and n.channel = c.channel and n.purpose = c.purpose and n.id > c.id) as latest
                        from consent c join contact p on p.id = c.contact_id
                        where c.decision = 'REVOKED' and (:before = 0 or c.id < :before)
                        order by c.id desc limit :limit
                        """)
                .param("before", before)
                .param("limit", limit)
                .query((rs, n) -> new OptOut(
                        rs.getLong("id"),
                        rs.getLong("contact_id"),
                        rs.getString("name"),
                        rs.getString("channel"),
                        rs.getString("means"),
                        rs.getString("evidence"),
                        rs.getTimestamp("at").toInstant(),
                        rs.getBoolean("latest")))
                .list();
    }

    /** @param before as above */
    public List<Suppressed> suppressed(long before, int limit) {
        return jdbc.sql("""
                        select id, address, channel, reason, created_at from suppression
                        where :before = 0 or id < :before order by id desc limit :limit
                        """)
                .param("before", before)
                .param("limit", limit)
                .query((rs, n) -> new Suppressed(
                        rs.getLong("id"),
                        rs.getString("address"),
                        rs.getString("channel"),
                        rs.getString("reason"),
                        rs.getTimestamp("created_at").toInstant()))
                .list();
    }

    /** So many decisions without proof are counted; with more of them, the figures are a floor. */
    public static final int MOST_COUNTED = 9_000;

    /** The lists with people who said yes without proof, the latest first; without a number, what came by the API. */
    public List<Unproven> unproven() {
        return jdbc.sql("""
                        select u.import_id as id, coalesce(max(i.name), '') as name, count(distinct u.contact_id) as people
                        from (select u.import_id, u.contact_id
                              from consent u
                              where u.decision = 'UNPROVEN'
                                and not exists (select from consent n where n.contact_id = u.contact_id
                                                and n.channel = u.channel and n.purpose = u.purpose and n.id > u.id)
                              limit :most) u
                        left join contact_import i on i.id = u.import_id
                        group by u.import_id order by u.import_id desc nulls last
                        """)
                .param("most", MOST_COUNTED)
                .query((rs, n) ->
                        new Unproven(rs.getObject("id", Long.class), rs.getString("name"), rs.getLong("people")))
                .list();
    }
}
