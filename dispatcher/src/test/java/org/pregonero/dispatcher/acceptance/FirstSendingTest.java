package org.pregonero.dispatcher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pregonero.dispatcher.runtime.DataDirectory;
import org.pregonero.dispatcher.sandbox.Sandbox;
import org.pregonero.dispatcher.testing.HttpApi;
import org.pregonero.dispatcher.testing.MailServer;
import org.pregonero.dispatcher.testing.RunningApplication;
import org.pregonero.dispatcher.testing.SandboxMail;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** From the office's own files to the mail in people's boxes, over HTTP and SMTP, as the office does it. */
@RunningApplication
class FirstSendingTest {

    private static final Set<String> AUDIENCES = Set.of("Líderes sociales", "Funcionarios");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @LocalServerPort
    int port;

    @Autowired
    DataDirectory data;

    @Autowired
    Sandbox sandbox;

    @Autowired
    JdbcClient jdbc;

    private SandboxMail inbox;
    private HttpApi api = new HttpApi(0, java.nio.file.Path.of(""));

    @BeforeEach
    void importTheList() throws IOException {
        inbox = new SandboxMail(sandbox);
        api = new HttpApi(port, data.path());
        var answer = api.upload("/api/v1/contacts/imports?evidence=formulario", "contactos.csv", file("contactos.csv"));
        JSON.readTree(file("contactos.esperado.json")).properties().forEach(expected -> assertThat(
                        answer.path(expected.getKey()))
                .as(expected.getKey())
                .isEqualTo(expected.getValue()));
    }

    @AfterEach
    void forgetOptOuts() {
        jdbc.sql("""
                        insert into consent (contact_id, channel, purpose, decision, means, decided_at, evidence)
                        select contact_id, channel, purpose, 'GRANTED', 'prueba', now(), 'prueba'
                        from consent where decision = 'REVOKED'
                        """).update();
    }

    @Test
    void aPlanAndAListBecomeMailsAndFiguresThatAddUp() throws Exception {
        var plan = api.upload("/api/v1/plans/imports", "plan.xlsx", file("plan-instituto-2023.xlsx"));
        assertThat(plan.path("actions")).isNotEmpty();

        var occurrence = finished(send(Map.of("subject", "Rendición de cuentas", "body", "Hola, {{nombre}}.")));

        var view = api.get("/api/v1/occurrences/" + occurrence);
        var people = membersOf(AUDIENCES);
        var counts = view.at("/channels/EMAIL");
        assertThat(view.path("people").asLong()).isEqualTo(people);
        assertThat(counts.propertyNames()).containsExactlyInAnyOrder("ACCEPTED", "SKIPPED");
        assertThat(counts.path("ACCEPTED").asLong() + counts.path("SKIPPED").asLong())
                .isEqualTo(people);
        assertThat(sum(view.path("causes"))).isEqualTo(counts.path("SKIPPED").asLong());
        assertThat(inbox.received())
                .extracting(MailServer.Mail::recipient)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(authorisedAddresses());
        assertEveryDeliveryOnceInJsonAndCsv(occurrence, people);
        assertThePageTells(occurrence, view);
    }

    private void assertEveryDeliveryOnceInJsonAndCsv(long occurrence, long people) {
        var ids = new ArrayList<Long>();
        for (var delivery : deliveries(occurrence)) {
            ids.add(delivery.at("/delivery/id").asLong());
            var skipped = delivery.at("/delivery/state").asString().equals("SKIPPED");
            assertThat(delivery.at("/delivery/reasonCode").isNull()).isEqualTo(!skipped);
        }
        assertThat(ids).hasSize((int) people).doesNotHaveDuplicates();

        jdbc.sql("""
                        update contact set name = '=HYPERLINK("http://example.org")' where id =
                            (select min(contact_id) from delivery where occurrence_id = :id)
                        """).param("id", occurrence).update();
        var csv = api.csv("/api/v1/deliveries?occurrence=" + occurrence);
        var rows = rows(csv);
        assertThat(csv).startsWith("\uFEFFid;");
        assertThat(rows).hasSize((int) people + 1);
        assertThat(rows.stream().skip(1).map(row -> row.getField(row.getFieldCount() - 1)))
                .allMatch(time -> time.endsWith("-05:00"));
        assertThat(rows.stream().skip(1).map(row -> Long.valueOf(row.getField(0))))
                .containsExactlyInAnyOrderElementsOf(ids);
        assertThat(rows).extracting(row -> row.getField(3)).contains("'=HYPERLINK(\"http://example.org\")");
        assertThat(rows).allSatisfy(row -> assertThat(row.getFields()).noneMatch(cell -> cell.matches("[=+@-].*")));
    }

    private void assertThePageTells(long occurrence, JsonNode view) {
        assertThat(api.page("/envios/" + occurrence).status()).isEqualTo(302);
        api.logIn();

        var page = api.page("/envios/" + occurrence).text().replaceAll("\\s+", " ");

        assertThat(page)
                .contains(
                        "Invitación",
                        "terminado",
                        "no contactable",
                        "No ha autorizado que le escribamos por este canal.")
                .containsPattern("aceptado</span> <a [^>]*>"
                        + view.at("/channels/EMAIL/ACCEPTED").asLong() + "</a>")
                .doesNotContain("??");
        for (var cause : view.path("causes")) {
            assertThat(page).contains(cause.path("explanation").asString());
        }
    }

    @Test
    void aPersonWhoOptsOutGetsNothingMore() {
        var link = Pattern.compile("(?i)^List-Unsubscribe: <https?://[^/]+(/baja/[0-9a-f-]+)>", Pattern.MULTILINE);
        finished(send(Map.of("subject", "Primera", "body", "Hola.")));
        var mail = inbox.received().get(0);
        var unsubscribe = link.matcher(mail.source().replaceAll("\n[ \t]+", " "));
        assertThat(unsubscribe.find()).isTrue();
        var path = unsubscribe.group(1);
        post("/api/v1/channels/EMAIL/pause");
        var next = send(Map.of("subject", "Segunda", "body", "Hola."));
        await().atMost(Duration.ofSeconds(10))
                .until(() ->
                        api.get("/api/v1/occurrences/" + next).path("fannedOut").asBoolean());

        // A mail scanner opens every link.
        assertThat(api.page(path).text()).contains("No recibir más mensajes");
        assertThat(revocations()).isZero();
        assertThat(stateOf(next, mail.recipient())).isEqualTo("PENDING");

        assertThat(api.submit(path, Map.of("List-Unsubscribe", "One-Click")).status())
                .isEqualTo(200);
        assertThat(revocations()).isEqualTo(1);
        assertThat(stateOf(next, mail.recipient())).isEqualTo("CANCELLED");
        inbox = new SandboxMail(sandbox);
        post("/api/v1/channels/EMAIL/resume");
        finished(next);

        var third = finished(send(Map.of("subject", "Tercera", "body", "Hola.")));

        assertThat(inbox.received()).extracting(MailServer.Mail::recipient).doesNotContain(mail.recipient());
        assertThat(causes(third)).containsEntry("OPTED_OUT", 1L);
    }

    @Test
    void aTextWithAHoleIsNotScheduled() {
        var unknown = message(Map.of("subject", "Hola", "body", "Su cita es el {{fecha_cita}}."), AUDIENCES);
        var refused = api.ask("POST", "/api/v1/messages/" + unknown + "/occurrences", Map.of());
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().at("/problems/0/placeholder").asString()).isEqualTo("fecha_cita");

        jdbc.sql("""
                        update contact set position = null where id in (
                            select contact_id from audience_member m join audience a on a.id = m.audience_id
                            where a.name = 'Funcionarios' order by contact_id limit 7)
                        """).update();
        var lacking = jdbc.sql("""
                        select count(distinct contact_id) from audience_member m
                        join audience a on a.id = m.audience_id join contact c on c.id = m.contact_id
                        where a.name = 'Funcionarios' and coalesce(btrim(c.position), '') = ''
                        """).query(Integer.class).single();
        var holed = message(Map.of("subject", "Hola", "body", "Señor {{cargo}}."), Set.of("Funcionarios"));
        var refusedAgain = api.ask("POST", "/api/v1/messages/" + holed + "/occurrences", Map.of());
        assertThat(refusedAgain.status()).isEqualTo(422);
        assertThat(refusedAgain.json().at("/problems/0/placeholder").asString()).isEqualTo("cargo");
        assertThat(refusedAgain.json().at("/problems/0/people").asInt()).isEqualTo(lacking);

        var occurrence = schedule(holed, Map.of("contactHoursOverride", "prueba", "skipIncomplete", true));
        approve(occurrence);
        finished(occurrence);
        assertThat(causes(occurrence).get("MISSING_VALUE")).isBetween(1L, (long) lacking);
        assertThat(inbox.received())
                .allSatisfy(mail -> assertThat(mail.source()).doesNotContain("{{"));
    }

    @Test
    void nobodyApprovesAnOwnMessageUnlessTheOfficeAllowsIt() {
        var occurrence = schedule(message(Map.of("subject", "A", "body", "B"), AUDIENCES), Map.of());
        var institution = (ObjectNode) api.get("/api/v1/institution");
        institution.remove("version");
        try {
            assertThat(api.ask(
                                    "PUT",
                                    "/api/v1/institution",
                                    institution.deepCopy().put("selfApproval", false))
                            .status())
                    .isEqualTo(200);

            var refused = api.ask("POST", "/api/v1/occurrences/" + occurrence + "/approval", null);

            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.text()).contains("Nadie aprueba su propio mensaje");
        } finally {
            api.ask("PUT", "/api/v1/institution", institution.put("selfApproval", true));
        }
    }

    @Test
    void aChangedMessageNeedsANewApproval() {
        var message = message(Map.of("subject", "A", "body", "B"), AUDIENCES);
        var occurrence = schedule(
                message, Map.of("at", Instant.now().plus(2, ChronoUnit.HOURS).toString()));
        approve(occurrence);
        assertThat(state(occurrence)).isEqualTo("SCHEDULED");

        var changed = api.ask(
                "PUT", "/api/v1/messages/" + message, draft(Map.of("subject", "A", "body", "Otra cosa"), AUDIENCES));

        assertThat(changed.status()).isEqualTo(200);
        assertThat(state(occurrence)).isIn("AWAITING_APPROVAL", "HELD");
    }

    @Test
    void theDescriptionOfTheApiIsValid() {
        var parsed = new OpenAPIV3Parser().readContents(api.page("/v3/api-docs").text());

        assertThat(parsed.getMessages()).isEmpty();
        assertThat(parsed.getOpenAPI().getPaths()).containsKeys("/api/v1/messages", "/api/v1/deliveries");
        assertThat(parsed.getOpenAPI().getPaths().keySet()).allMatch(path -> path.startsWith("/api/"));
    }

    // --- steps -------------------------------------------------------------------------------------------------------

    private long send(Map<String, String> content) {
        var occurrence = schedule(message(content, AUDIENCES), Map.of("contactHoursOverride", "prueba automática"));
        approve(occurrence);
        return occurrence;
    }

    private long message(Map<String, String> content, Set<String> audiences) {
        return api.post("/api/v1/messages", draft(content, audiences))
                .path("id")
                .asLong();
    }

    private static Map<String, Object> draft(Map<String, String> content, Set<String> audiences) {
        return Map.of(
                "title", "Invitación", "audiences", audiences, "channels", Map.of("EMAIL", Map.of("content", content)));
    }

    private long schedule(long message, Map<String, Object> request) {
        return api.post("/api/v1/messages/" + message + "/occurrences", request)
                .path("id")
                .asLong();
    }

    private void approve(long occurrence) {
        post("/api/v1/occurrences/" + occurrence + "/approval");
    }

    private void post(String path) {
        assertThat(api.ask("POST", path, null).status()).isEqualTo(200);
    }

    private long finished(long occurrence) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(state(occurrence)).isEqualTo("FINISHED"));
        return occurrence;
    }

    private String state(long occurrence) {
        return api.get("/api/v1/occurrences/" + occurrence)
                .at("/occurrence/state")
                .asString();
    }

    private List<JsonNode> deliveries(long occurrence) {
        var all = new ArrayList<JsonNode>();
        var after = 0L;
        do {
            var page = api.get("/api/v1/deliveries?limit=37&occurrence=" + occurrence + "&after=" + after);
            page.path("deliveries").forEach(all::add);
            after = page.path("next").asLong(0);
        } while (after > 0);
        return all;
    }

    private String stateOf(long occurrence, String address) {
        return deliveries(occurrence).stream()
                .map(view -> view.path("delivery"))
                .filter(delivery -> delivery.path("address").asString("").equals(address))
                .map(delivery -> delivery.path("state").asString())
                .findFirst()
                .orElseThrow();
    }

    private Map<String, Long> causes(long occurrence) {
        var causes = new HashMap<String, Long>();
        for (var cause : api.get("/api/v1/occurrences/" + occurrence).path("causes")) {
            causes.merge(
                    cause.path("reasonCode").asString(),
                    cause.path("deliveries").asLong(),
                    Long::sum);
        }
        return causes;
    }

    private static long sum(JsonNode causes) {
        var sum = 0L;
        for (var cause : causes) {
            sum += cause.path("deliveries").asLong();
        }
        return sum;
    }

    private long revocations() {
        return jdbc.sql("""
                        select count(*) from (select distinct on (contact_id, channel, purpose) decision
                                              from consent order by contact_id, channel, purpose, id desc) latest
                        where decision = 'REVOKED'
                        """).query(Long.class).single();
    }

    private long membersOf(Set<String> audiences) {
        return jdbc.sql("""
                        select count(distinct contact_id) from audience_member m
                        join audience a on a.id = m.audience_id where a.name = any(:names)
                        """)
                .param("names", audiences.toArray(String[]::new))
                .query(Long.class)
                .single();
    }

    /** Said here in plain SQL once more: valid address, and the last word about e-mail is a yes. */
    private Set<String> authorisedAddresses() {
        return new HashSet<>(jdbc.sql("""
                        select w.address from audience_member m
                        join audience a on a.id = m.audience_id
                        join contact_address w on w.contact_id = m.contact_id and w.kind = 'EMAIL' and w.valid
                        where a.name = any(:names)
                          and (select decision from consent c where c.contact_id = m.contact_id and c.channel = 'EMAIL'
                               order by c.id desc limit 1) = 'GRANTED'
                        """)
                .param("names", AUDIENCES.toArray(String[]::new))
                .query(String.class)
                .list());
    }

    private static List<CsvRecord> rows(String csv) {
        try (var reader = CsvReader.builder().fieldSeparator(';').ofCsvRecord(csv.substring(1))) {
            return reader.stream().toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static byte[] file(String name) throws IOException {
        try (var in = FirstSendingTest.class.getResourceAsStream("/imports/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }
}
