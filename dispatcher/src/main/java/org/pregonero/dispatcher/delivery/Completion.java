package org.pregonero.dispatcher.delivery;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.EnumSet;
import org.pregonero.dispatcher.message.OccurrenceState;
import org.pregonero.dispatcher.message.Occurrences;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Notices that an occurrence has nothing left that would go out by itself. */
@Component
class Completion {

    private final JdbcClient jdbc;
    private final Occurrences occurrences;
    private final Clock clock;

    Completion(JdbcClient jdbc, Occurrences occurrences, Clock clock) {
        this.jdbc = jdbc;
        this.occurrences = occurrences;
        this.clock = clock;
    }

    void look() {
        jdbc.sql("""
                        select o.id from occurrence o join message_version v on v.id = o.version_id
                        where o.state = 'RUNNING'
                          and (select count(*) from fan_out f where f.occurrence_id = o.id and f.done)
                              = (select count(*) from jsonb_object_keys(v.channels))
                          -- one question for each state, so that each is answered by its own small index
                          and not exists (select from delivery d where d.occurrence_id = o.id and d.state = 'PENDING')
                          and not exists (select from delivery d where d.occurrence_id = o.id and d.state = 'QUEUED')
                          and not exists (select from delivery d where d.occurrence_id = o.id and d.state = 'SENDING')
                          and not %s
                          and not %s
                        """.formatted(NextChannel.PENDING, Reminders.PENDING))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .list()
                .forEach(id -> occurrences.move(id, EnumSet.of(OccurrenceState.RUNNING), OccurrenceState.FINISHED));
    }
}
