package org.pregonero.dispatcher.reach;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pregonero.dispatcher.delivery.DeliveryState;
import org.pregonero.dispatcher.runtime.DataDirectory;
import org.pregonero.dispatcher.testing.HttpApi;
import org.pregonero.dispatcher.testing.RunningApplication;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What an evaluator sees of a sending that has ended: figures with their range, down to one delivery's history. */
@RunningApplication
class ReachPagesTest {

    /** What a spreadsheet or a browser would do something with. */
    private static final String HOSTILE = "=cmd|' /C calc'!A0 <script>alert(1)</script>";

    @LocalServerPort
    int port;

    @Autowired
    DataDirectory data;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Reach reach;

    @Autowired
    TransactionTemplate transaction;

    private HttpApi browser;

    @BeforeEach
    void logIn() {
        browser = new HttpApi(port, data.path());
        browser.logIn();
    }

    @Test
    void theRangeIsTheOneOfTheDefinition() {
        var occurrence = sending("Invitación", 860, 611, 48, 43, 100);

        var page = browser.page("/alcance/" + occurrence);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text())
                .contains("Entre 71,0 % y 76,6 % de la meta")
                .contains("Entre 87,0 % y 93,9 % de las contactables")
                .contains("Corte: ");
        assertThat(browser.page("/alcance").text())
                .contains("Invitación")
                .contains("611 confirmadas de 702 contactables");
        assertThat(browser.page("/alcance/definiciones").text()).contains("Piso = confirmadas");
    }

    @Test
    void whatIsKnownForCertainIsOneFigureAndNoRange() {
        var occurrence = sending("Cierta", 20, 8, 0, 2, 4);

        assertThat(browser.page("/alcance/" + occurrence).text())
                .contains("40,0 % de la meta", "80,0 % de las contactables")
                .doesNotContain("Entre ", "80,0–80,0");
        assertThat(browser.page("/alcance").text()).contains("· <span>", "80,0 % de las contactables");
    }

    @Test
    void aListOfPeopleGoesOnAfterItsLastOne() {
        var occurrence = sending("Muchos", 300, 150, 60, 0, 0);
        var first = browser.page("/alcance/" + occurrence + "/personas?cifra=CONFIRMED&canal=&publico="
                        + Objects.requireNonNull(reach.of(occurrence).people().stream()
                                .filter(line -> line.audience() != null)
                                .findFirst()
                                .orElseThrow()
                                .audience()))
                .text();
        var next = Pattern.compile("rel=\"next\" href=\"([^\"]+)\"").matcher(first);

        assertThat(next.find()).isTrue();
        var second = browser.page(next.group(1).replace("&amp;", "&")).text();
        assertThat(links(first, "/entregas/\\d+")).hasSize(100);
        assertThat(links(second, "/entregas/\\d+"))
                .hasSize(50)
                .doesNotContainAnyElementsOf(links(first, "/entregas/\\d+"));
        assertThat(second).doesNotContain("rel=\"next\"");
    }

    @Test
    void everyFigureLeadsToItsRowsAndEachRowToItsHistory() {
        var occurrence = sending("Con filas", 20, 6, 3, 2, 4);

        for (var figure : Map.of("CONFIRMED", 6, "UNKNOWN", 3, "FAILED", 2, "REGISTERED", 15, "CONTACTABLE", 11)
                .entrySet()) {
            for (var channel : new String[] {"", "WHATSAPP"}) {
                var rows = browser.page(
                        "/alcance/" + occurrence + "/personas?cifra=" + figure.getKey() + "&canal=" + channel);
                assertThat(links(rows.text(), "/entregas/\\d+"))
                        .as("%s on %s", figure.getKey(), channel)
                        .hasSize(figure.getValue());
            }
        }
        var failed = jdbc.sql("select min(id) from delivery where occurrence_id = :id and state = 'UNDELIVERED'")
                .param("id", occurrence)
                .query(Long.class)
                .single();
        var history = browser.page("/entregas/" + failed).text();
        assertThat(history)
                .contains("63024")
                .contains("El destinatario no existe en su proveedor.")
                .contains("no entregado")
                .containsPattern(", \\d+:\\d\\d:\\d\\d\\h[ap]")
                .contains("Pida a la persona su dirección actual");
    }

    @Test
    void aFigureOfUniquePeopleLeadsToEachOfThemOnce() {
        var occurrence = sending("Por dos canales", 20, 6, 3, 2, 4);
        jdbc.sql("""
                        insert into delivery (occurrence_id, channel, contact_id, address, state, reason_code, not_before, changed_at)
                        select occurrence_id, 'SMS', contact_id, address, case when address is null then 'SKIPPED' else 'PENDING' end,
                               case when address is null then 'NO_AUTHORISATION' end, now(), now()
                        from delivery where occurrence_id = :id
                        """).param("id", occurrence).update();
        step(occurrence, "PENDING", "ACCEPTED", null, null, 11);
        var overall = Objects.requireNonNull(reach.of(occurrence).overall());

        assertThat(overall.registered()).isEqualTo(15);
        assertThat(overall.unknown())
                .as("those confirmed on WhatsApp are known")
                .isEqualTo(5);
        for (var figure : Figure.values()) {
            assertThat(links(
                            browser.page("/alcance/" + occurrence + "/personas?cifra=" + figure)
                                    .text(),
                            "/entregas/\\d+"))
                    .as("%s", figure)
                    .hasSize((int) overall.of(figure));
        }
    }

    @Test
    void theSendingsOfAMessageTogetherCountWhoHadSeveralOnce() {
        var first = sending("Dos veces", 20, 6, 3, 2, 4);
        again(first, 25, 11, 8);
        var together = "/alcance/mensajes/"
                + jdbc.sql(
                                "select v.message_id from occurrence o join message_version v on v.id = o.version_id where o.id = :id")
                        .param("id", first)
                        .query(Long.class)
                        .single();

        assertThat(browser.page("/alcance/" + first).text())
                .contains("Todos los envíos de este mensaje")
                .contains("href=\"" + together + "\"");
        assertThat(browser.page(together).text())
                .contains("Entre 32,0 % y 44,0 % de la meta")
                .contains("Entre 72,7 % y 100,0 % de las contactables")
                .contains("href=\"/alcance/" + first + "\"");
        assertThat(browser.page(together + "/cifras.csv")
                        .text()
                        .lines()
                        .toList()
                        .get(1))
                .contains(";25;15;11;0;11;11;8;3;");

        // planned first, it began last
        jdbc.sql("update occurrence set started_at = started_at + interval '1 hour' where id = ?")
                .param(first)
                .update();
        assertThat(browser.page(together + "/cifras.csv").text()).contains(";20;15;11;0;11;11;8;3;");
    }

    @Test
    void filesAndPagesDoNothingWithWhatPeopleTyped() throws IOException {
        var occurrence = sending(HOSTILE, 3, 1, 1, 0, 0);
        jdbc.sql("""
                        update contact set name = :name
                        where id in (select contact_id from delivery where occurrence_id = :id)
                        """).param("name", HOSTILE).param("id", occurrence).update();

        for (var path : new String[] {
            "/envios",
            "/envios/" + occurrence,
            "/envios/" + occurrence + "/entregas",
            "/envios/" + occurrence + "/cancelar",
            "/alcance",
            "/alcance/" + occurrence,
            "/alcance/" + occurrence + "/personas?cifra=REGISTERED",
            "/"
        }) {
            assertThat(browser.page(path).text()).as(path).doesNotContain("<script>alert(1)");
        }
        assertThat(browser.page("/envios/" + occurrence + "/entregas.csv")
                        .text()
                        .lines()
                        .skip(1))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).contains(";'=cmd").doesNotContain(";=cmd"));
        assertThat(browser.page("/alcance/" + occurrence + "/cifras.csv")
                        .text()
                        .lines()
                        .skip(1))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).startsWith("'=cmd"));
        for (var file :
                new String[] {"/envios/" + occurrence + "/entregas.xlsx", "/alcance/" + occurrence + "/cifras.xlsx"}) {
            try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(browser.file(file)))) {
                var cells = workbook.getFirstSheet().read().stream()
                        .flatMap(row -> row.stream())
                        .filter(Objects::nonNull)
                        .toList();
                assertThat(cells).as(file).extracting(Cell::getText).contains(HOSTILE);
                assertThat(cells).as(file).extracting(Cell::getFormula).containsOnlyNulls();
            }
        }
    }

    @Test
    void aPersonSettlesADoubtOnThePageAndWhatArrivedIsNotSentAgain() {
        var occurrence = sending("Dudosa", 9, 1, 0, 1, 0);
        var doubtful = doubt(occurrence);

        var page = browser.page("/envios/" + occurrence);
        assertThat(page.text()).contains("Decir qué pasó con todas").contains("Reintentar");
        var answer = browser.submit("/entregas/" + doubtful + "/verificar", Map.of("finding", "SENT"));
        assertThat(answer.status()).isEqualTo(302);
        assertThat(state(doubtful)).isEqualTo(DeliveryState.ACCEPTED.name());
        assertThat(browser.page(path(answer.location())).text()).contains("Quedó anotado");

        var refused = browser.submit(
                "/envios/" + occurrence + "/reintentar",
                Map.of("channel", "WHATSAPP", "state", "ACCEPTED", "reason", "UNKNOWN_RECIPIENT"));
        assertThat(browser.page(path(refused.location())).text()).contains("no se pueden reintentar");
        assertThat(jdbc.sql("select count(*) from audit_entry where action = 'delivery.settled' and subject = :it")
                        .param("it", "delivery/" + doubtful)
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void progressIsSentOnlyWhenItChanged() {
        var occurrence = sending("En vivo", 5, 2, 1, 0, 0);
        jdbc.sql("update occurrence set state = 'PAUSED', finished_at = null where id = :id")
                .param("id", occurrence)
                .update();
        var next = Pattern.compile("hx-get=\"([^\"]+)\"");

        var page = next.matcher(browser.page("/envios/" + occurrence).text());
        assertThat(page.find()).as("a page that is live says where to ask").isTrue();
        var ask = page.group(1).replace("&amp;", "&");
        assertThat(browser.page(ask).status()).as("nothing has changed").isEqualTo(204);

        doubt(occurrence);
        var changed = browser.page(ask);
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.text())
                .contains("4 de 4")
                .contains("por verificar")
                .doesNotContain("<header")
                .doesNotContain("<h1");
        assertThat(browser.submit("/envios/" + occurrence + "/cancelar", Map.of())
                        .status())
                .isEqualTo(302);
        assertThat(browser.page("/envios/" + occurrence).text())
                .contains("cancelado")
                .doesNotContain("hx-get");
    }

    /** A sending that has ended, as the database would have it, on WhatsApp. */
    private long sending(String title, int target, int confirmed, int unknown, int failed, int skipped) {
        return transaction.execute(status -> {
            var people = confirmed + unknown + failed + skipped;
            var audience = jdbc.sql(
                            "insert into audience (name, name_key, target_size) values (:name, :key, :target) returning id")
                    .param("name", "Público " + System.nanoTime())
                    .param("key", "publico " + System.nanoTime())
                    .param("target", target)
                    .query(Long.class)
                    .single();
            jdbc.sql("""
                            with person as (insert into contact (name) select 'Persona ' || n from generate_series(1, :people) n returning id),
                            address as (
                                insert into contact_address (contact_id, kind, address, valid)
                                select id, 'PHONE', '+57300' || lpad(id::text, 7, '0'), true from person)
                            insert into audience_member select :audience, id from person
                            """).param("people", people).param("audience", audience).update();
            var occurrence = jdbc.sql("""
                            with m as (insert into message (created_at) values (now()) returning id),
                            v as (
                                insert into message_version (message_id, number, title, purpose, audience_ids, channels, author_id, created_at)
                                select id, 1, :title, 'rendicion-de-cuentas', array[:audience], '{"WHATSAPP": {"content": {}}}',
                                       (select min(id) from account), now() from m returning id)
                            insert into occurrence (version_id, due_at, state, created_by, created_at, started_at, finished_at)
                            select id, now(), 'FINISHED', (select min(id) from account), now(), now(), now() from v returning id
                            """)
                    .param("title", title)
                    .param("audience", audience)
                    .query(Long.class)
                    .single();
            jdbc.sql("""
                            insert into occurrence_person (occurrence_id, contact_id, audience_ids)
                            select :occurrence, contact_id, array[audience_id] from audience_member where audience_id = :audience
                            """)
                    .param("occurrence", occurrence)
                    .param("audience", audience)
                    .update();
            jdbc.sql("insert into occurrence_audience select :occurrence, id, name, target_size, :people from audience"
                            + " where id = :audience union all select :occurrence, null, '', :target, :people")
                    .param("occurrence", occurrence)
                    .param("audience", audience)
                    .param("people", people)
                    .param("target", target)
                    .update();
            jdbc.sql("""
                            insert into delivery (occurrence_id, channel, contact_id, address, state, reason_code, not_before, changed_at)
                            select :occurrence, 'WHATSAPP', contact_id,
                                   case when place > :skipped then '+57300' || lpad(contact_id::text, 7, '0') end,
                                   case when place > :skipped then 'PENDING' else 'SKIPPED' end,
                                   case when place > :skipped then null else 'NO_AUTHORISATION' end, now(), now()
                            from (select contact_id, row_number() over (order by contact_id) as place
                                  from audience_member where audience_id = :audience) m
                            """)
                    .param("occurrence", occurrence)
                    .param("audience", audience)
                    .param("skipped", skipped)
                    .update();
            step(occurrence, "PENDING", "ACCEPTED", null, null, confirmed + unknown + failed);
            step(occurrence, "ACCEPTED", "DELIVERED", null, null, confirmed);
            step(occurrence, "ACCEPTED", "UNDELIVERED", "UNKNOWN_RECIPIENT", "63024", failed);
            return occurrence;
        });
    }

    /** The same message to the same people once more; the first ones get it. */
    private void again(long occurrence, int target, int accepted, int confirmed) {
        transaction.executeWithoutResult(status -> {
            var next = jdbc.sql("""
                            insert into occurrence (version_id, due_at, state, created_by, created_at, started_at, finished_at)
                            select version_id, now(), 'FINISHED', created_by, now(), now(), now() from occurrence where id = :id
                            returning id
                            """).param("id", occurrence).query(Long.class).single();
            for (var copy : new String[] {
                "occurrence_person select :next, contact_id, audience_ids from occurrence_person where occurrence_id = :id",
                "occurrence_audience select :next, audience_id, name, :target, registered from occurrence_audience where occurrence_id = :id",
                """
                delivery (occurrence_id, channel, contact_id, address, state, reason_code, not_before, changed_at)
                select :next, channel, contact_id, address, case when address is null then 'SKIPPED' else 'PENDING' end,
                       case when address is null then 'NO_AUTHORISATION' end, now(), now()
                from delivery where occurrence_id = :id order by id"""
            }) {
                jdbc.sql("insert into " + copy)
                        .param("next", next)
                        .param("target", target)
                        .param("id", occurrence)
                        .update();
            }
            step(next, "PENDING", "ACCEPTED", null, null, accepted);
            step(next, "ACCEPTED", "DELIVERED", null, null, confirmed);
        });
    }

    private void step(
            long occurrence, String from, String to, @Nullable String reason, @Nullable String code, int many) {
        jdbc.sql("""
                        update delivery set state = :to, reason_code = :reason, provider_code = :code, changed_at = now()
                        where id in (select id from delivery where occurrence_id = :occurrence and state = :from order by id limit :many)
                        """)
                .param("occurrence", occurrence)
                .param("from", from)
                .param("to", to)
                .param("reason", reason)
                .param("code", code)
                .param("many", many)
                .update();
    }

    /** One more delivery of which nobody knows the end. */
    private long doubt(long occurrence) {
        return transaction.execute(status -> {
            var id = jdbc.sql("""
                            with person as (insert into contact (name) values ('Dudosa') returning id)
                            insert into delivery (occurrence_id, channel, contact_id, address, state, not_before, changed_at)
                            select :occurrence, 'WHATSAPP', id, '+573009999999', 'PENDING', now(), now() from person returning id
                            """)
                    .param("occurrence", occurrence)
                    .query(Long.class)
                    .single();
            for (var state : new String[] {"QUEUED", "SENDING", "IN_DOUBT"}) {
                jdbc.sql("""
                                update delivery set state = :state, claimed_by = gen_random_uuid(), claimed_at = now(), changed_at = now(),
                                                    reason_code = 'CONNECTION_LOST', not_before = now() + interval '1 day'
                                where id = :id
                                """).param("state", state).param("id", id).update();
            }
            return id;
        });
    }

    private String state(long delivery) {
        return jdbc.sql("select state from delivery where id = :id")
                .param("id", delivery)
                .query(String.class)
                .single();
    }

    private static String path(String location) {
        return location.replaceFirst("^https?://[^/]+", "");
    }

    private static java.util.Set<String> links(String page, String which) {
        var found = new java.util.TreeSet<String>();
        var matcher = Pattern.compile("href=\"(" + which + ")\"").matcher(page);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
