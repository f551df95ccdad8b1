package org.pregonero.dispatcher.audience;

import org.pregonero.dispatcher.account.ChangedMeanwhileException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tells who was faster. */
final class Changes {

    private Changes() {}

    static ChangedMeanwhileException of(JdbcClient jdbc, String table, long id) {
        String time = table.equals("contact") ? "updated_at" : "changed_at";
        return jdbc.sql("select changed_by, " + time + " from " + table + " where id = ?")
                .param(id)
                .query((rs, n) -> new ChangedMeanwhileException(
                        rs.getString(1),
                        rs.getTimestamp(2) == null ? null : rs.getTimestamp(2).toInstant()))
                .optional()
                .orElseGet(() -> new ChangedMeanwhileException(null, null));
    }
}
