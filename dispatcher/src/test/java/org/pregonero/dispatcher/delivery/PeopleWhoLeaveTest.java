package org.pregonero.dispatcher.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pregonero.dispatcher.runtime.DataDirectory;
import org.pregonero.dispatcher.testing.HttpApi;
import org.pregonero.dispatcher.testing.RunningApplication;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the office writes down about a person reaches what is on its way to them, and what was sent before. */
@RunningApplication
class PeopleWhoLeaveTest {

    @LocalServerPort
    int port;

    @Autowired
    DataDirectory data;

    @Autowired
    JdbcClient jdbc;

    private HttpApi browser = new HttpApi(0, Path.of(""));
    private long ana;

    @BeforeEach
    void aMessageOnItsWay() {
        browser = new HttpApi(port, data.path());
        browser.logIn();
        ana = id("insert into contact (name) values ('Ana Gómez') returning id");
        jdbc.sql("insert into contact_address (contact_id, kind, address, valid) values (?, 'EMAIL', ?, true)")
                .param(ana)
                .param("ana" + ana + "@example.org")
                .update();
        long message = id("insert into message (created_at) values (now()) returning id");
        long version = id("""
                insert into message_version (message_id, number, title, purpose, audience_ids, channels, author_id, created_at)
                select %d, 1, 'Aviso', 'rendicion-de-cuentas', '{}', '{}', min(id), now() from account returning id
                """.formatted(message));
        delivery(version, "PENDING");
        delivery(version, "ACCEPTED");
    }

    @Test
    void aRevocationStopsWhatIsQueuedAndLeavesWhatWasSent() {
        browser.submit("/personas/" + ana + "/revocacion", Map.of("channels", "EMAIL", "means", "Llamó"));

        assertThat(deliveries("state")).containsExactlyInAnyOrder("CANCELLED", "ACCEPTED");
    }

    @Test
    void whoIsErasedStaysInTheFiguresWithoutAnAddress() {
        browser.submit("/personas/" + ana + "/supresion", Map.of());

        assertThat(deliveries("state")).containsExactlyInAnyOrder("CANCELLED", "ACCEPTED");
        assertThat(deliveries("coalesce(address, '')")).hasSize(2).noneMatch(address -> address.contains("@"));
        assertThat(jdbc.sql("select count(*) from delivery_log l join delivery d on d.id = l.delivery_id"
                                + " where d.contact_id = ?")
                        .param(ana)
                        .query(Integer.class)
                        .single())
                .isPositive();
    }

    @Test
    void whatAPersonWroteIsTheirsToReadAndGoesWithThem() {
        long plan = id("insert into plan (name) values ('Plan') returning id");
        long event = id("""
                insert into plan_event (plan_id, uid, name, starts_at, ends_at)
                values (%d, gen_random_uuid()::text, 'Audiencia', now(), now() + interval '1 hour') returning id
                """.formatted(plan));
        long sent = id("select min(id) from delivery where contact_id = " + ana);
        long phone = 3_000_000_000L + ana;
        jdbc.sql("insert into contact_address (contact_id, kind, address, valid) values (?, 'PHONE', '+57' || ?, true)")
                .params(ana, phone)
                .update();
        for (var who : List.of(
                Map.entry("Ana G.", ("" + phone).replaceFirst("(...)(...)", "$1 $2 ")),
                Map.entry("Beto", "beto@example.org"))) {
            jdbc.sql("""
                            insert into registration (event_id, delivery_id, name, reachable_at, notice, registered_at)
                            values (?, ?, ?, ?, 'aviso', now())
                            """).params(event, sent, who.getKey(), who.getValue()).update();
        }
        jdbc.sql(
                        "insert into office_message (address, channel, delivery_id, text, received_at) values (?, 'WEB', ?, ?, now())")
                .params("Ana Gómez · Ana" + ana + "@Example.org", sent, "¿Cuánto costó el puente?")
                .update();
        jdbc.sql("""
                        insert into inbox_event (provider, event_key, kind, payload, received_at, next_attempt_at, processed_at)
                        values ('twilio', ?, 'MESSAGE', jsonb_build_object('from', '+57' || ?, 'text', 'Mi vía está mal'), now(), now(), now())
                        """).params("key" + ana, phone).update();
        jdbc.sql(
                        "insert into attendance (event_id, contact_id, answer, via, answered_at) values (?, ?, 'YES', 'SMS', now())")
                .params(event, ana)
                .update();
        jdbc.sql("insert into click (delivery_id, link, scanner, clicked_at) values (?, 1, false, now())")
                .param(sent)
                .update();

        assertThat(browser.page("/personas/" + ana + "/datos.json").text())
                .contains("Ana G.", "el puente", "Mi vía está mal", "\"YES\"", "\"clicks\"", "\"ACCEPTED\"", "Aviso")
                .doesNotContain("Beto");

        browser.submit("/personas/" + ana + "/supresion", Map.of());

        assertThat(jdbc.sql(
                                "select string_agg(name || reachable_at, ' ' order by id) from registration where event_id = ?")
                        .param(event)
                        .query(String.class)
                        .single())
                .doesNotContain("Ana", "300")
                .contains("Persona suprimida", "Beto");
        assertThat(jdbc.sql("select address || text from office_message where delivery_id = ?")
                        .param(sent)
                        .query(String.class)
                        .single())
                .doesNotContain("Ana", "puente");
        assertThat(jdbc.sql("select payload::text from inbox_event where event_key = ?")
                        .param("key" + ana)
                        .query(String.class)
                        .single())
                .isEqualTo("{}");
        assertThat(jdbc.sql("select count(*) from attendance where contact_id = ?")
                        .param(ana)
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void whatCameFromASharedTelephoneGoesWithWhomItIsOf() {
        String phone = "+57" + (3_100_000_000L + ana);
        long beto = id("insert into contact (name) values ('Beto Peña') returning id");
        for (var who : List.of(Map.entry(ana, "Mi vía está mal"), Map.entry(beto, "Falta el alumbrado"))) {
            jdbc.sql("insert into contact_address (contact_id, kind, address, valid) values (?, 'PHONE', ?, true)")
                    .params(who.getKey(), phone)
                    .update();
            jdbc.sql("""
                            insert into office_message (contact_id, address, channel, text, received_at)
                            values (?, ?, 'SMS', ?, now())
                            """).params(who.getKey(), phone, who.getValue()).update();
            jdbc.sql("""
                            insert into inbox_event (provider, event_key, kind, payload, received_at, next_attempt_at, processed_at)
                            values ('twilio', ?, 'MESSAGE', jsonb_build_object('from', ?, 'text', ?), now(), now(), now())
                            """).params("shared" + who.getKey(), phone, who.getValue()).update();
        }

        browser.submit("/personas/" + ana + "/supresion", Map.of());

        assertThat(received(ana)).isEqualTo("{}");
        assertThat(received(beto)).contains("Falta el alumbrado");
        assertThat(browser.page("/personas/" + beto + "/datos.json").text())
                .contains("Falta el alumbrado")
                .doesNotContain("Mi vía está mal");
    }

    @Test
    void aTelephoneThatChangedHandsTellsNobodyWhatTheOtherWrote() {
        String phone = "+57" + (3_100_000_000L + ana);
        jdbc.sql(
                        "insert into office_message (contact_id, address, channel, text, received_at) values (?, ?, 'SMS', 'Mi vía', now())")
                .params(ana, phone)
                .update();
        jdbc.sql("""
                        insert into inbox_event (provider, event_key, kind, payload, received_at, next_attempt_at, processed_at)
                        values ('twilio', ?, 'MESSAGE', jsonb_build_object('from', ?, 'text', 'Mi vía'), now(), now(), now())
                        """).params("shared" + ana, phone).update();
        long beto = id("insert into contact (name) values ('Beto Peña') returning id");
        jdbc.sql("insert into contact_address (contact_id, kind, address, valid) values (?, 'PHONE', ?, true)")
                .params(beto, phone)
                .update();

        assertThat(browser.page("/personas/" + beto + "/datos.json").text()).doesNotContain("Mi vía");

        browser.submit("/personas/" + ana + "/supresion", Map.of());

        assertThat(received(ana)).isEqualTo("{}");
    }

    private String received(long contact) {
        return jdbc.sql("select payload::text from inbox_event where event_key = ?")
                .param("shared" + contact)
                .query(String.class)
                .single();
    }

    /** Each of its own occurrence, which never becomes due. */
    private void delivery(long version, String state) {
        long occurrence = id("""
                insert into occurrence (version_id, due_at, state, created_by, created_at)
                select %d, now() + interval '1 year', 'SCHEDULED', min(id), now() from account returning id
                """.formatted(version));
        jdbc.sql("insert into fan_out (occurrence_id, channel, done) values (?, 'EMAIL', true)")
                .param(occurrence)
                .update();
        long id = id("""
                insert into delivery (occurrence_id, channel, contact_id, address, state, not_before, changed_at)
                values (%d, 'EMAIL', %d, 'ana%d@example.org', 'PENDING', now() + interval '1 year', now()) returning id
                """.formatted(occurrence, ana, ana));
        jdbc.sql("update delivery set state = ? where id = ? and state <> 'ACCEPTED'")
                .param(state)
                .param(id)
                .update();
    }

    private List<String> deliveries(String what) {
        return jdbc.sql("select " + what + " from delivery where contact_id = ?")
                .param(ana)
                .query(String.class)
                .list();
    }

    private long id(String insert) {
        return jdbc.sql(insert).query(Long.class).single();
    }
}
