package org.pregonero.dispatcher.inbound;

import java.time.Clock;
import java.time.ZoneOffset;
import org.pregonero.dispatcher.audience.DataSubject;
import org.pregonero.dispatcher.audience.KeepsPersonalData;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a person wrote to us and answered. Erased, it stays that somebody did. */
@Component
class Correspondence implements KeepsPersonalData {

    /** Questions from the public pages hold name and address in one text, as Site writes them. */
    private static final String WRITTEN = """
            (m.contact_id = :contact
             or m.contact_id is null and m.channel <> 'WEB' and m.address = any (:own)
             or m.channel = 'WEB' and of_person(regexp_replace(m.address, ' · [^·]*$', ''), regexp_replace(m.address, '^.* · ', ''),
                                                :name, :own, :shared))""";

    private final JdbcClient jdbc;
    private final Clock clock;

    Correspondence(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public String known(DataSubject person) {
        return statement("""
                        select jsonb_build_object(
                            'answers',
                            (select coalesce(jsonb_agg(jsonb_build_object('event', e.name, 'answer', a.answer, 'channel', a.via,
                                                                          'at', a.answered_at) order by a.id), '[]')
                             from attendance a join plan_event e on e.id = a.event_id where a.contact_id = :contact),
                            'messages',
                            (select coalesce(jsonb_agg(jsonb_build_object('from', m.address, 'channel', m.channel, 'text', m.text,
                                                                          'at', m.received_at) order by m.id), '[]')
                             from office_message m where %s),
                            'received',
                            (select coalesce(jsonb_agg(i.payload order by i.id), '[]')
                             from inbox_event i
                             where i.kind = 'MESSAGE' and i.payload ->> 'from' = any (:own)
                               -- from the days when somebody else had the address as well
                               and not exists (select from office_message o
                                               where o.address = i.payload ->> 'from' and o.text = i.payload ->> 'text'
                                                 and o.contact_id <> :contact)))::text
                        """.formatted(WRITTEN), person).query(String.class).single();
    }

    @Override
    public void forget(DataSubject person) {
        // what they asked for while it still waited is done by erasing them; from an address that others have as well,
        // theirs is what was kept for the office as theirs
        statement("""
                        update inbox_event set payload = '{}', processed_at = coalesce(processed_at, :now)
                        where kind = 'MESSAGE'
                          and (payload ->> 'from' = any (:own)
                               or processed_at is not null
                                  and payload ->> 'from' = any (array(select m.address from office_message m
                                                                      where m.contact_id = :contact))
                                  and exists (select from office_message m
                                              where m.contact_id = :contact and m.address = payload ->> 'from'
                                                and m.text = payload ->> 'text'))
                        """, person)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        // an address of its own for each: two questions about one announcement must stay two
        statement("update office_message m set address = 'suprimida-' || m.id, text = '' where " + WRITTEN, person)
                .update();
    }

    private JdbcClient.StatementSpec statement(String sql, DataSubject person) {
        return jdbc.sql(sql)
                .param("contact", person.contactId())
                .param("name", person.name())
                .param("own", person.own().toArray(String[]::new))
                .param("shared", person.shared().toArray(String[]::new));
    }
}
