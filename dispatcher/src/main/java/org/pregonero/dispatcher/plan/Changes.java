package org.pregonero.dispatcher.plan;

import org.pregonero.dispatcher.account.ChangedMeanwhileException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tells who was faster. */
final class Changes {

    private Changes() {}

    /** @param table one of this module's, which has changed_by and changed_at */
    static ChangedMeanwhileException of(JdbcClient jdbc, String table, long id) {
        return jdbc.sql("select changed_by, changed_at from " + table + " where id = ?")
                .param(id)
                .query((rs, n) -> new ChangedMeanwhileException(
                        rs.getString(1),
                        rs.getTimestamp(2) == null ? null : rs.getTimestamp(2).toInstant()))
                .optional()
                .orElseGet(() -> new ChangedMeanwhileException(null, null));
    }
}
