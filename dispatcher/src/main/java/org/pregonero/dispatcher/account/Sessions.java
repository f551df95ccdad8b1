package org.pregonero.dispatcher.account;

import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The sessions of people with a browser. One that was ended is refused with its next request, in every process. */
@Repository
class Sessions {

    private final JdbcClient jdbc;
    private final Clock clock;

    Sessions(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    int count(long account) {
        return jdbc.sql("select count(*) from spring_session where principal_name = :account and expiry_time > :now")
                .param("account", String.valueOf(account))
                .param("now", clock.millis())
                .query(Integer.class)
                .single();
    }

    void end(long account) {
        endAllBut(account, "");
    }

    void endAllBut(long account, String session) {
        jdbc.sql("delete from spring_session where principal_name = :account and session_id <> :session")
                .param("account", String.valueOf(account))
                .param("session", session)
                .update();
    }
}
