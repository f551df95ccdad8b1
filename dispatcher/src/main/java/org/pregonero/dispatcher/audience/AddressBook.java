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
}
