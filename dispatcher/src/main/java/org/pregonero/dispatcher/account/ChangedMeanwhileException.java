package org.pregonero.dispatcher.account;

import static org.pregonero.dispatcher.runtime.Timestamps.instant;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Somebody saved what another person changed after the first one had begun; nothing was overwritten. */
public final class ChangedMeanwhileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String who;
    private final @Nullable Instant when;

    /** @param who changed it, by display name; null where that is not known */
    public ChangedMeanwhileException(@Nullable String who, @Nullable Instant when) {
        super("changed meanwhile");
        this.who = who;
        this.when = when;
    }

    /**
     * Looks who was faster.
     *
     * @param table which has the columns changed_by and the one named next
     * @param time the column that says when
     */
    public static ChangedMeanwhileException of(JdbcClient jdbc, String table, String time, long id) {
        return jdbc.sql("select changed_by, " + time + " from " + table + " where id = :id")
                .param("id", id)
                .query((row, n) -> new ChangedMeanwhileException(row.getString("changed_by"), instant(row, time)))
                .optional()
                .orElseGet(() -> new ChangedMeanwhileException(null, null));
    }

    public @Nullable String who() {
        return who;
    }

    public @Nullable Instant when() {
        return when;
    }
}
