package org.pregonero.dispatcher.delivery;

import org.pregonero.channels.Channel;
import org.pregonero.dispatcher.audience.AuthorisationRevoked;
import org.pregonero.dispatcher.audience.PersonErased;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stops what is still to be sent to people who want no more, and forgets the addresses of those who were erased. */
@Component
class PeopleWhoLeave {

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

    /** The delivery stays, with its state and its log, which never hold an address: figures add up as before. */
    @EventListener
    void erased(PersonErased erased) {
        // by way of the occurrences: an index of people alone would cost every step of every delivery
        jdbc.sql("""
                        with own as (
                            select d.id
                            from fan_out f
                            join delivery d on d.occurrence_id = f.occurrence_id and d.channel = f.channel
                            where d.contact_id = :contact and d.reminds is null
                        )
                        update delivery set address = 'suprimida-' || id
                        where address is not null
                          and id in (select id from own
                                     union all select r.id from own join delivery r on r.reminds = own.id)
                        """).param("contact", erased.contactId()).update();
    }
}
