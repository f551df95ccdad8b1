package org.pregonero.dispatcher.site;

import org.pregonero.dispatcher.audience.DataSubject;
import org.pregonero.dispatcher.audience.KeepsPersonalData;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What people who are on record did on the public pages: registered, and followed links. Links hold nothing of a person. */
@Component
class Visitors implements KeepsPersonalData {

    private static final String REGISTERED = "of_person(r.name, r.reachable_at, :name, :own, :shared)";

    private final JdbcClient jdbc;

    Visitors(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String known(DataSubject person) {
        return jdbc.sql("""
                        select jsonb_build_object(
                            'registrations',
                            (select coalesce(jsonb_agg(jsonb_build_object('event', e.name, 'name', r.name,
                                 'organisation', r.organisation, 'reachableAt', r.reachable_at, 'notice', r.notice,
                                 'at', r.registered_at) order by r.id), '[]')
                             from registration r join plan_event e on e.id = r.event_id where %s),
                            'clicks',
                            (select coalesce(jsonb_agg(jsonb_build_object('message', v.title, 'link', c.link, 'program', c.scanner,
                                 'at', c.clicked_at) order by c.id), '[]')
                             from sent_to(:contact) s
                             join click c on c.delivery_id = s.id
                             join occurrence o on o.id = s.occurrence_id
                             join message_version v on v.id = o.version_id))::text
                        """.formatted(REGISTERED))
                .param("contact", person.contactId())
                .param("name", person.name())
                .param("own", person.own().toArray(String[]::new))
                .param("shared", person.shared().toArray(String[]::new))
                .query(String.class)
                .single();
    }

    @Override
    public void forget(DataSubject person) {
        jdbc.sql("""
                        update registration r
                        set name = 'Persona suprimida', organisation = null, reachable_at = 'suprimida-' || r.id
                        where %s
                        """.formatted(REGISTERED))
                .param("name", person.name())
                .param("own", person.own().toArray(String[]::new))
                .param("shared", person.shared().toArray(String[]::new))
                .update();
    }
}
