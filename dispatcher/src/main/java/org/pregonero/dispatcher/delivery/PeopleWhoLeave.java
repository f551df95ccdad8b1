package org.pregonero.dispatcher.delivery;

import org.pregonero.channels.Channel;
import org.pregonero.dispatcher.audience.AuthorisationRevoked;
import org.pregonero.dispatcher.audience.DataSubject;
import org.pregonero.dispatcher.audience.KeepsPersonalData;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stops what is still to be sent to people who want no more, tells them what was sent, and forgets where to. */
@Component
class PeopleWhoLeave implements KeepsPersonalData {

    private final PersonalDeliveries deliveries;
    private final JdbcClient jdbc;

    PeopleWhoLeave(PersonalDeliveries deliveries, JdbcClient jdbc) {
        this.deliveries = deliveries;
        this.jdbc = jdbc;
    }

    @EventListener
    void revoked(AuthorisationRevoked revoked) {
        deliveries.cancelRemaining(revoked.contactId(), new Channel(revoked.channel()));
    }

    @Override
    public String known(DataSubject person) {
        return jdbc.sql("""
                        select jsonb_build_object('sendings', coalesce(jsonb_agg(jsonb_build_object(
                                'message', v.title, 'channel', d.channel, 'address', d.address, 'reminder', d.reminds is not null,
                                'state', d.state, 'reason', d.reason_code,
                                'acknowledged', (select a.acknowledged_at from acknowledgement a where a.delivery_id = d.id),
                                'log', (select jsonb_agg(jsonb_build_object('at', l.at, 'state', l.to_state, 'reason', l.reason_code)
                                                         order by l.seq)
                                        from delivery_log l where l.delivery_id = d.id)) order by d.id), '[]'))::text
                        from sent_to(:contact) d
                        join occurrence o on o.id = d.occurrence_id
                        join message_version v on v.id = o.version_id
                        """)
                .param("contact", person.contactId())
                .query(String.class)
                .single();
    }

    /** The delivery stays, with its state and its log, which never hold an address: figures add up as before. */
    @Override
    public void forget(DataSubject person) {
        jdbc.sql("""
                        update delivery set address = 'suprimida-' || id
                        where address is not null and id in (select id from sent_to(:contact))
                        """).param("contact", person.contactId()).update();
    }
}
