package org.pregonero.dispatcher.audience;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Who is reached at an address. */
@Service
public class AddressBook {

    private final JdbcClient jdbc;

    AddressBook(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The people with an address; several share the telephone of a household.
     *
     * @param address e-mail address in lower case or telephone in E.164
     */
    public List<Long> contacts(String address) {
        return jdbc.sql("""
                        select contact_id from contact_address
                        where kind in ('EMAIL', 'PHONE') and address = :address order by contact_id
                        """).param("address", address).query(Long.class).list();
    }

    /**
     * Whether an address must not be written to on a channel, or somebody whom it belongs to wants no messages there.
     *
     * @param address e-mail address in lower case or telephone in E.164
     */
    public boolean barred(String address, String channel, String purpose) {
        return jdbc.sql("""
                        select exists (
                                select from suppression s
                                where s.kind = case when :address like '%@%' then 'EMAIL' else 'PHONE' end
                                  and s.address = :address and (s.channel is null or s.channel = :channel)
                                  and (s.reason <> 'ERASED'
                                       or not exists (select from contact_address a
                                                      where a.kind = s.kind and a.address = s.address)))
                            or exists (
                                select from contact_address a
                                cross join lateral (
                                    select c.decision from consent c
                                    where c.contact_id = a.contact_id and c.channel = :channel and c.purpose = :purpose
                                    order by c.id desc limit 1
                                ) latest
                                where a.kind in ('EMAIL', 'PHONE') and a.address = :address
                                  and latest.decision = 'REVOKED')
                        """)
                .param("address", address)
                .param("channel", channel)
                .param("purpose", purpose)
                .query(Boolean.class)
                .single();
    }
}
