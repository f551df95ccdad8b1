package org.pregonero.dispatcher.account;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
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
     * @param action what was done, such as {@code message.approve}
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
}
