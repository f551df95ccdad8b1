package org.pregonero.dispatcher.audience;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A person's addresses where it says who must not be written to: what bounced, complained, or asked for no more messages. */
@Component
class ExcludedAddresses implements KeepsPersonalData {

    private final JdbcClient jdbc;

    ExcludedAddresses(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String known(DataSubject person) {
        return jdbc.sql("""
                        select jsonb_build_object('excluded', coalesce(jsonb_agg(jsonb_build_object(
                                'address', address, 'channel', channel, 'reason', reason, 'at', created_at) order by id), '[]'))::text
                        from suppression where kind in ('EMAIL', 'PHONE') and address = any (:own)
                        """)
                .param("own", person.own().toArray(String[]::new))
                .query(String.class)
                .single();
    }

    @Override
    public void forget(DataSubject person) {
        if (person.keepExcluded()) {
            // by the database's clock, as the contacts that it is compared with
            jdbc.sql("""
                            insert into suppression (kind, address, reason, created_at)
                            select kind, address, 'ERASED', now()
                            from contact_address where contact_id = :contact and valid
                            on conflict (kind, address, channel) do update set created_at = excluded.created_at
                                where suppression.reason = 'ERASED'
                            """).param("contact", person.contactId()).update();
        } else {
            jdbc.sql("delete from suppression where kind in ('EMAIL', 'PHONE') and address = any (:own)")
                    .param("own", person.own().toArray(String[]::new))
                    .update();
        }
    }
}
