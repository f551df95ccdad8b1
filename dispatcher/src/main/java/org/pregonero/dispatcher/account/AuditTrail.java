package org.pregonero.dispatcher.account;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who did what, when, and what it changed. Entries are added, never changed: the database refuses anything else. */
@Repository
public class AuditTrail {

    private final JdbcClient jdbc;
    private final JsonMapper json;

    AuditTrail(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * Adds an entry, in the caller's transaction: what is rolled back was not done.
     *
     * @param action what was done, such as {@code message.created}
     * @param subject to what, such as {@code message/17}
     * @param before the state before, anything that can be written as JSON; never a secret, and people by id only
     * @param after the state after, likewise
     */
    public void record(Actor actor, String action, String subject, @Nullable Object before, @Nullable Object after) {
        jdbc.sql("""
                        insert into audit_entry (actor, action, subject, before, after)
                        values (:actor, :action, :subject, :before::jsonb, :after::jsonb)""")
                .param("actor", actor.username())
                .param("action", action)
                .param("subject", subject)
                .param("before", before == null ? null : json.writeValueAsString(before))
                .param("after", after == null ? null : json.writeValueAsString(after))
                .update();
    }

    /** Who changed something last, for somebody whose own change came too late. */
    public Optional<Change> latest(String subject) {
        return jdbc.sql("select actor, at from audit_entry where subject = :subject order by id desc limit 1")
                .param("subject", subject)
                .query((row, n) -> new Change(
                        row.getString("actor"),
                        row.getObject("at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    public record Change(String actor, Instant at) {}

    /**
     * An entry.
     *
     * @param before as JSON, or null when there was nothing
     * @param after as JSON, or null when nothing is left
     */
    public record Entry(
            long id,
            Instant at,
            String actor,
            String action,
            String subject,
            @Nullable JsonNode before,
            @Nullable JsonNode after) {}

    /**
     * Which entries; null means all.
     *
     * @param actor user name
     * @param kind what stands before the slash of a subject, such as {@code message}
     * @param number what stands after it
     * @param from inclusive
     * @param until exclusive
     */
    public record Filter(
            @Nullable String actor,
            @Nullable String kind,
            @Nullable Long number,
            @Nullable Instant from,
            @Nullable Instant until) {}

    /** The newest entries that are older than one; that one may be {@link Long#MAX_VALUE}. */
    public List<Entry> list(Filter filter, long olderThan, int limit) {
        // Only the conditions that there are: one that may be missing keeps an index from being used.
        var conditions = new StringBuilder("id < :olderThan");
        Map<String, Object> values = new HashMap<>(Map.of("olderThan", olderThan, "limit", limit));
        condition(conditions, values, " and actor = :actor", "actor", filter.actor());
        condition(conditions, values, " and split_part(subject, '/', 1) = :kind", "kind", filter.kind());
        condition(conditions, values, " and split_part(subject, '/', 2) = :number::text", "number", filter.number());
        condition(conditions, values, " and at >= :from", "from", utc(filter.from()));
        condition(conditions, values, " and at < :until", "until", utc(filter.until()));
        return jdbc.sql("select * from audit_entry where " + conditions + " order by id desc limit :limit")
                .params(values)
                .query((row, n) -> new Entry(
                        row.getLong("id"),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getString("actor"),
                        row.getString("action"),
                        row.getString("subject"),
                        tree(row.getString("before")),
                        tree(row.getString("after"))))
                .list();
    }

    private static void condition(
            StringBuilder conditions,
            Map<String, Object> values,
            String condition,
            String name,
            @Nullable Object value) {
        if (value != null) {
            conditions.append(condition);
            values.put(name, value);
        }
    }

    private @Nullable JsonNode tree(@Nullable String text) {
        return text == null ? null : json.readTree(text);
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant moment) {
        return moment == null ? null : moment.atOffset(ZoneOffset.UTC);
    }
}
