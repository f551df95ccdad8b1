package org.pregonero.dispatcher.delivery;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.pregonero.channels.Channel;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The processes that send, and which of them are no longer heard of. Times are the database's own, one for all. */
@Repository
class Workers {

    private final JdbcClient jdbc;
    private final UUID self = UUID.randomUUID();

    Workers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** This process. */
    UUID self() {
        return self;
    }

    void beat() {
        jdbc.sql("""
                        insert into worker (id, name, seen_at) values (:id, :name, clock_timestamp())
                        on conflict (id) do update set seen_at = excluded.seen_at
                        """)
                .param("id", self)
                .param("name", ManagementFactory.getRuntimeMXBean().getName())
                .update();
    }

    void leave() {
        jdbc.sql("""
                        delete from worker w where w.id = :id
                          and not exists (select from delivery d where d.claimed_by = w.id and d.state = 'SENDING')
                        """).param("id", self).update();
    }

    /** A process that is gone, and a channel on which it was sending. */
    record Gone(Channel channel, UUID worker) {}

    /** Those that were sending when they were last heard of, longer ago than their lease. */
    List<Gone> dead(Duration lease) {
        return jdbc.sql("""
                        select distinct d.channel, d.claimed_by from delivery d
                        where d.state = 'SENDING' and d.claimed_by <> :self
                          and not exists (select from worker w where w.id = d.claimed_by
                                          and w.seen_at > clock_timestamp() - :lease * interval '1 millisecond')
                        """)
                .param("self", self)
                .param("lease", lease.toMillis())
                .query((row, number) ->
                        new Gone(new Channel(row.getString("channel")), row.getObject("claimed_by", UUID.class)))
                .list();
    }

    void forgetDead(Duration lease) {
        jdbc.sql("delete from worker where seen_at < clock_timestamp() - 10 * :lease * interval '1 millisecond'")
                .param("lease", lease.toMillis())
                .update();
    }
}
