package org.pregonero.dispatcher.delivery;

import java.util.HashMap;
import java.util.Map;
import org.pregonero.dispatcher.message.Backlog;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts what waits to be sent, so that it can be said when something new will be done. */
@Component
class WaitingDeliveries implements Backlog {

    private final JdbcClient jdbc;

    WaitingDeliveries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<String, Long> waiting() {
        var waiting = new HashMap<String, Long>();
        jdbc.sql("""
                        select d.channel, count(*) as deliveries
                        from delivery d join occurrence o on o.id = d.occurrence_id
                        where d.state in ('PENDING', 'QUEUED') and o.state = 'RUNNING'
                        group by d.channel
                        """).query(row -> {
            waiting.put(row.getString("channel"), row.getLong("deliveries"));
        });
        return waiting;
    }
}
