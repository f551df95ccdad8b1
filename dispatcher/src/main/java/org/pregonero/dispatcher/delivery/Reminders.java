package org.pregonero.dispatcher.delivery;

import java.time.Clock;
import java.time.ZoneOffset;
import org.pregonero.channels.Channel;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reminds, once, people who were asked to acknowledge a notice and have not within its wait. Who may no longer be written
 * to gets a reminder that is SKIPPED, so that the reason stands on record and the question is settled.
 */
@Component
class Reminders {

    private static final int CHUNK = 5000;

    /** A delivery {@code d} of a notice that may still lead to a reminder; an acknowledged one is READ. */
    private static final String OPEN = """
            d.contact_id is not null and d.reminds is null and d.state in ('ACCEPTED', 'DELIVERED')
            and not exists (select from acknowledgement a where a.delivery_id = d.id)
            and not exists (select from delivery r where r.reminds = d.id)
            """;

    /** Whether somebody of the occurrence {@code o} may still have to be reminded. */
    static final String PENDING = """
            ((o.expires_at is null or o.expires_at > :now) and exists (
                select from fan_out f join delivery d on d.occurrence_id = f.occurrence_id and d.channel = f.channel
                where f.occurrence_id = o.id and f.acknowledge_within is not null and %s))
            """.formatted(OPEN);

    private final JdbcClient jdbc;
    private final Adapters adapters;
    private final Clock clock;

    Reminders(JdbcClient jdbc, Adapters adapters, Clock clock) {
        this.jdbc = jdbc;
        this.adapters = adapters;
        this.clock = clock;
    }

    void look() {
        jdbc.sql("""
                        select distinct f.channel from fan_out f join occurrence o on o.id = f.occurrence_id
                        where o.state = 'RUNNING' and f.acknowledge_within is not null
                        """).query(String.class).list().forEach(channel -> {
            while (remind(channel) == CHUNK) {
                // until a chunk is not full
            }
        });
    }

    /** To the address that the notice went to; by the claim it is looked at again whether it may be used. */
    private int remind(String channel) {
        var code = new Channel(channel);
        var configured = adapters.has(code);
        return jdbc.sql("""
                        with due as (
                            select d.id, d.occurrence_id, d.channel, d.contact_id, d.address,
                                   coalesce(:barred::text, way.obstacle) as obstacle
                            from occurrence o
                            join message_version v on v.id = o.version_id
                            join fan_out f on f.occurrence_id = o.id and f.channel = :channel
                            join delivery d on d.occurrence_id = o.id and d.channel = f.channel
                            cross join lateral contactability(d.contact_id, d.channel, :kind, v.purpose) way
                            where o.state = 'RUNNING' and (o.expires_at is null or o.expires_at > :now)
                              and d.changed_at <= :now - f.acknowledge_within and %s
                            order by d.id limit :size
                        )
                        insert into delivery (occurrence_id, channel, contact_id, address, reminds, state, reason_code,
                                              not_before, changed_at)
                        select occurrence_id, channel, contact_id, case when obstacle is null then address end, id,
                               case when obstacle is null then 'PENDING' else 'SKIPPED' end, obstacle, :now, :now
                        from due
                        on conflict do nothing
                        """.formatted(OPEN))
                .param("channel", channel)
                .param("kind", configured ? adapters.of(code).addressing().name() : "")
                .param("barred", configured ? null : "CHANNEL_NOT_CONFIGURED")
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("size", CHUNK)
                .update();
    }
}
