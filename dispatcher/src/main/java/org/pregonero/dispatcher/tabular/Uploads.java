package org.pregonero.dispatcher.tabular;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files that wait between the steps of an import, in the database, so that any process serves the next step. Each
 * belongs to the account that uploaded it; to others it does not exist.
 */
@Repository
public class Uploads {

    private static final Duration KEPT = Duration.ofDays(1);
    private static final TypeReference<Map<String, String>> BY_FIELD = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final Clock clock;
    private final JsonMapper json = JsonMapper.builder().build();

    Uploads(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** For which import a file waits; no other one takes it. */
    public enum Kind {
        PLAN,
        CONTACTS
    }

    /**
     * Keeps a file for a day, and forgets those whose day is over.
     *
     * @param owner number of the account
     * @return its number
     */
    public long keep(long owner, Kind kind, UploadedFile file) {
        var now = clock.instant();
        jdbc.sql("delete from upload where expires_at <= :now")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        return jdbc.sql("""
                        insert into upload (account_id, kind, name, sha256, content, expires_at)
                        values (:owner, :kind, :name, :sha256, :content, :expires)
                        returning id
                        """)
                .param("owner", owner)
                .param("kind", kind.name())
                .param("name", file.name())
                .param("sha256", file.sha256())
                .param("content", file.content())
                .param("expires", now.plus(KEPT).atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
    }

    public Optional<WaitingFile> find(long id, long owner, Kind kind) {
        return jdbc.sql("""
                        select id, name, sha256, content, corrections from upload
                        where id = :id and account_id = :owner and kind = :kind and expires_at > :now
                        """)
                .param("id", id)
                .param("owner", owner)
                .param("kind", kind.name())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query((rs, n) -> new WaitingFile(
                        rs.getLong("id"),
                        new UploadedFile(rs.getString("name"), rs.getBytes("content")),
                        rs.getString("sha256"),
                        json.readValue(rs.getString("corrections"), BY_FIELD)))
                .optional();
    }

    public void correct(long id, long owner, Map<String, String> corrections) {
        jdbc.sql("update upload set corrections = :corrections::jsonb where id = :id and account_id = :owner")
                .param("id", id)
                .param("owner", owner)
                .param("corrections", json.writeValueAsString(corrections))
                .update();
    }

    public void forget(long id, long owner) {
        jdbc.sql("delete from upload where id = :id and account_id = :owner")
                .param("id", id)
                .param("owner", owner)
                .update();
    }
}
