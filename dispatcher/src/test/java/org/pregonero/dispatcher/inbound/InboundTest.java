package org.pregonero.dispatcher.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.pregonero.channels.ProviderEvent.Status.ACCEPTED;
import static org.pregonero.channels.ProviderEvent.Status.DELIVERED;
import static org.pregonero.channels.ProviderEvent.Status.READ;
import static org.pregonero.channels.ProviderEvent.Status.UNDELIVERED;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pregonero.channels.ProviderEvent.Status;
import org.pregonero.channels.ProviderEvent.StatusReported;
import org.pregonero.channels.email.BounceMailbox;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.delivery.ChannelControl;
import org.pregonero.dispatcher.message.ChannelPlan;
import org.pregonero.dispatcher.message.Drafting;
import org.pregonero.dispatcher.message.MessageDraft;
import org.pregonero.dispatcher.message.OccurrenceRequest;
import org.pregonero.dispatcher.message.Scheduling;
import org.pregonero.dispatcher.runtime.DataDirectory;
import org.pregonero.dispatcher.testing.HttpApi;
import org.pregonero.dispatcher.testing.TestServers;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.ObjectMapper;

/** What comes back, through the real door, with the real engine and the real database behind it. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "pregonero.public-url=https://avisos.entidad.example/pregonero",
            // its own telephone network instead of the simulated one
            "pregonero.sandbox=false",
            "pregonero.delivery.channels.WHATSAPP.per-second=2000",
            "pregonero.delivery.round=200ms",
            "db-scheduler.polling-interval=200ms"
        })
@Import(InboundTest.Provider.class)
class InboundTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Callbacks on their way at the same time. */
    private static final int AT_ONCE = 200;

    private static final String PUBLIC = "https://avisos.entidad.example/pregonero";

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry registry) {
        TestServers.register(registry);
    }

    @TestConfiguration
    static class Provider {
        @Bean
        Telephone telephone() {
            return new Telephone();
        }
    }

    @LocalServerPort
    int port;

    @Autowired
    Telephone telephone;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Drafting drafting;

    @Autowired
    Scheduling scheduling;

    @Autowired
    ChannelControl channels;

    @Autowired
    DataDirectory data;

    @Autowired
    ObjectMapper json;

    @Autowired
    Inbox inbox;

    @Autowired
    DataSource database;

    private final HttpClient http = HttpClient.newHttpClient();
    private Actor office = Actor.SYSTEM;
    private int keys;

    @BeforeEach
    void office() {
        office = new Actor(
                jdbc.sql("select min(id) from account").query(Long.class).single(), "admin", "admin", Set.of());
    }

    @AfterEach
    void quiet() {
        telephone.beforeAnswer = message -> {};
        telephone.silent.clear();
        telephone.sent.clear();
        telephone.tokens.clear();
        channels.resume(Telephone.WHATSAPP, office);
    }

    // --- statuses ----------------------------------------------------------------------------------------------------

    @Test
    void twoThousandDeliveriesWithShuffledRepeatedAndLateCallbacksEndWhereTheyShould() {
        var chance = new Random(20261121);
        var people = 2000;
        // Some of what the provider tells comes before its own answer to the sending.
        telephone.beforeAnswer = message -> {
            if (Math.floorMod(message.address().hashCode(), 5) == 0) {
                status(message.token().toString(), DELIVERED, null, message.token() + "-early");
            }
        };
        var occurrence = start(audience(people, "+57300"), null);
        await().atMost(PATIENCE).until(() -> telephone.sent.size() == people);

        var expected = new HashMap<String, String>();
        var callbacks = new ArrayList<String[]>();
        telephone.tokens.forEach((address, token) -> {
            var early = Math.floorMod(address.hashCode(), 5) == 0;
            var told = new ArrayList<>(List.of(
                            List.of(ACCEPTED),
                            List.of(ACCEPTED, DELIVERED),
                            List.of(ACCEPTED, DELIVERED, READ),
                            List.of(ACCEPTED, UNDELIVERED),
                            List.<Status>of())
                    .get(chance.nextInt(5)));
            expected.put(token.toString(), end(told, early).name());
            for (var status : told) {
                for (var times = chance.nextInt(3); times >= 0; times--) {
                    callbacks.add(new String[] {token.toString(), status.name(), token + "-" + status});
                }
            }
        });
        Collections.shuffle(callbacks, chance);
        for (var first = 0; first < callbacks.size(); first += AT_ONCE) {
            var answers = callbacks.subList(first, Math.min(first + AT_ONCE, callbacks.size())).stream()
                    .map(c -> post("/" + c[0], form("status", c[1], "key", c[2], "reason", "MAILBOX_FULL"), true))
                    .toList();
            assertThat(answers).extracting(answer -> answer.join().statusCode()).containsOnly(200);
        }

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(waiting()).isZero());
        assertThat(states(occurrence)).isEqualTo(expected);
        assertThat(telephone.sent).doesNotHaveDuplicates();
        assertThat(jdbc.sql("""
                        select count(*) from (
                            select delivery_id, to_state from delivery_log l join delivery d on d.id = l.delivery_id
                            where d.occurrence_id = :occurrence and to_state <> 'PENDING'
                            group by 1, 2 having count(*) > 1) repeated
                        """)
                        .param("occurrence", occurrence)
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(jdbc.sql("select count(*) from suppression")
                        .query(Long.class)
                        .single())
                .as("a full mailbox is no reason never to write again")
                .isZero();
    }

    private static Status end(List<Status> told, boolean early) {
        if (told.contains(READ)) {
            return READ;
        }
        if (told.contains(DELIVERED) || early) {
            return DELIVERED;
        }
        return told.contains(UNDELIVERED) ? UNDELIVERED : ACCEPTED;
    }

    @Test
    void whatTheProviderReportsSettlesADoubtAndIsNotSentAgain() {
        var audience = audience(1, "+57310");
        telephone.silent.add("+573100000001");
        var occurrence = start(audience, null);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(states(occurrence).values()).containsExactly("IN_DOUBT"));

        status(token("+573100000001"), ACCEPTED, null, "doubt-1");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(states(occurrence).values()).containsExactly("ACCEPTED"));
    }

    @Test
    void aReportThatNamesOnlyTheProvidersIdFindsItsDelivery() {
        var occurrence = start(audience(1, "+57311"), null);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(states(occurrence).values()).containsExactly("ACCEPTED"));
        var token = telephone.tokens.get("+573110000001");

        post("", form("status", "READ", "key", "only-id", "id", "SM" + token), true)
                .join();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(states(occurrence).values()).containsExactly("READ"));
    }

    @Test
    void nobodyThereIsRememberedForThatChannelAndAComplaintEndsTheAuthorisation() {
        var occurrence = start(audience(2, "+57312"), null);
        await().atMost(PATIENCE).until(() -> telephone.sent.size() == 2);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(states(occurrence).values()).containsOnly("ACCEPTED"));

        status(token("+573120000001"), UNDELIVERED, "UNKNOWN_RECIPIENT", "gone");
        post("/" + telephone.tokens.get("+573120000002"), form("status", "spam", "key", "spam"), true)
                .join();

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        jdbc.sql("select address || ' ' || channel || ' ' || reason from suppression order by address")
                                .query(String.class)
                                .list())
                .contains("+573120000001 WHATSAPP BOUNCED", "+573120000002 WHATSAPP COMPLAINED"));
        assertThat(decisions("+573120000002")).containsExactly("REVOKED");
        assertThat(states(occurrence).values()).containsExactlyInAnyOrder("UNDELIVERED", "ACCEPTED");
        jdbc.sql("truncate suppression").update();
    }

    @Test
    void anEventThatNoDeliveryKnowsStaysWithItsProblemAndHoldsUpNobody() {
        var occurrence = start(audience(1, "+57313"), null);
        await().atMost(PATIENCE).until(() -> telephone.sent.size() == 1);

        status("00000000-0000-4000-8000-000000000000", READ, null, "stranger");
        status(token("+573130000001"), READ, null, "known");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(states(occurrence).values()).containsExactly("READ"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        jdbc.sql("select problem from inbox_event where event_key = 'stranger' and attempts > 1")
                                .query(String.class)
                                .list())
                .containsExactly("UNKNOWN_DELIVERY"));
        jdbc.sql("update inbox_event set processed_at = now() where event_key = 'stranger'")
                .update();
    }

    @Test
    void aMailThatAnybodyCanWriteTellsNothingOfATelephone() {
        var occurrence = start(audience(1, "+57321"), null);
        await().atMost(PATIENCE).until(() -> telephone.sent.size() == 1);
        var token = Objects.requireNonNull(telephone.tokens.get("+573210000001"));

        inbox.store(
                BounceMailbox.PROVIDER,
                List.of(new StatusReported("forged-mail", token, "SM" + token, UNDELIVERED, null, Instant.EPOCH)));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        jdbc.sql("select problem from inbox_event where event_key = 'forged-mail'")
                                .query(String.class)
                                .optional())
                .contains("UNKNOWN_DELIVERY"));
        assertThat(states(occurrence).values()).containsExactly("ACCEPTED");
        jdbc.sql("update inbox_event set processed_at = now() where event_key = 'forged-mail'")
                .update();
    }

    // --- the door ----------------------------------------------------------------------------------------------------

    @Test
    void aForgedCallbackIsRefusedAndLeavesNothing() {
        var answer = post("", form("from", "+573140000001", "body", "BAJA", "key", "forged"), false)
                .join();

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(jdbc.sql("select count(*) from inbox_event where event_key = 'forged'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void theProvidersAddressIsThePublicOneAndTheFormIsNotTheQuery() {
        post("?de=consulta&key=q", form("from", "+573140000009", "body", "¿Qué es esto? ñandú", "key", "k1"), true)
                .join();

        var request = Objects.requireNonNull(telephone.last);
        assertThat(request.url()).hasToString(PUBLIC + "/entrada/telefono?de=consulta&key=q");
        assertThat(request.parameters())
                .isEqualTo(Map.of(
                        "from",
                        List.of("+573140000009"),
                        "body",
                        List.of("¿Qué es esto? ñandú"),
                        "key",
                        List.of("k1")));
    }

    @Test
    void onlySmallFormsOfKnownProvidersAreRead() {
        assertThat(send("/entrada/nadie", "a=b", "application/x-www-form-urlencoded")
                        .statusCode())
                .isEqualTo(404);
        assertThat(send("/entrada/telefono", "a=" + "b".repeat(70_000), "application/x-www-form-urlencoded")
                        .statusCode())
                .isEqualTo(413);
        assertThat(send("/entrada/telefono", "--x--", "multipart/form-data; boundary=x")
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void whatNoJsonOfTheDatabaseHoldsIsLeftOutAndWhatOnlyLooksLikeItIsKept() {
        for (var text : List.of("nulo\0", "letras \\u0000", "ambos \\\0\0\\\\u0000")) {
            assertThat(write("+573220000001", text)).isEqualTo("<nada/>");
        }

        assertThat(jdbc.sql("select text from office_message where address = '+573220000001' order by id")
                        .query(String.class)
                        .list())
                .containsExactly("nulo", "letras \\u0000", "ambos \\\\\\u0000");
    }

    @Test
    void noSpellingOfTheDoorsAddressGetsPastIt() throws IOException {
        assertThat(send("/%65ntrada/telefono", "a=" + "b".repeat(70_000), "application/x-www-form-urlencoded")
                        .statusCode())
                .isEqualTo(413);
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write("""
                    POST /entrada/telefono?a=%zz HTTP/1.1\r
                    Host: localhost\r
                    Content-Length: 0\r
                    Connection: close\r
                    \r
                    """.getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 400");
        }
    }

    // --- replies -----------------------------------------------------------------------------------------------------

    @Test
    void anOptOutStopsTheNextMessageAndIsConfirmedOnce() {
        var audience = audience(2, "+57315");
        start(audience, null);
        await().atMost(PATIENCE).until(() -> telephone.sent.size() == 2);
        channels.pause(Telephone.WHATSAPP, office);
        var next = start(audience, null);
        await().atMost(PATIENCE).until(() -> states(next).size() == 2);

        var answer = write("+573150000001", "Baja, por favor");
        assertThat(answer).contains("<mensaje>Listo.").contains("por WhatsApp");
        assertThat(repeat("+573150000001", "Baja, por favor")).isEqualTo("<nada/>");
        assertThat(write("+573150000001", "BAJA")).isEqualTo("<nada/>");
        assertThat(decisions("+573150000001")).containsExactly("REVOKED");
        channels.resume(Telephone.WHATSAPP, office);

        await().atMost(PATIENCE).until(() -> telephone.sent.size() == 3);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(states(next).values())
                .containsExactlyInAnyOrder("CANCELLED", "ACCEPTED"));
        assertThat(telephone.sent).containsOnlyOnce("+573150000001");
        var later = start(audience, null);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(states(later).values())
                .containsExactlyInAnyOrder("SKIPPED", "ACCEPTED"));
    }

    @Test
    void theLinkTakesAPersonOffTheChannelForAllPurposesAndIsWrittenDownOnce() {
        var audience = audience(1, "+57323");
        jdbc.sql("""
                        insert into consent (contact_id, channel, purpose, decision, means, decided_at, evidence)
                        select contact_id, 'WHATSAPP', 'otra-finalidad', 'GRANTED', 'prueba', now(), 'prueba'
                        from contact_address where address = '+573230000001'
                        """).update();
        start(audience, null);
        await().atMost(PATIENCE).until(() -> telephone.sent.size() == 1);
        var link = "/baja/" + token("+573230000001");

        for (var times = 0; times < 2; times++) {
            var page = send(link, "", "application/x-www-form-urlencoded");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("No le escribiremos más por WhatsApp");
        }

        assertThat(jdbc.sql("""
                        select c.purpose from consent c join contact_address a on a.contact_id = c.contact_id
                        where a.address = '+573230000001' and c.decision = 'REVOKED' order by c.purpose
                        """).query(String.class).list()).containsExactly("otra-finalidad", "rendicion-de-cuentas");
    }

    @Test
    void anOptOutDuringALongImportStopsWhatIsQueuedAtOnceAndIsTakenUpLater() throws SQLException {
        var audience = audience(2, "+57324");
        start(audience, null);
        await().atMost(PATIENCE).until(() -> telephone.sent.size() == 2);
        var link = "/baja/" + token("+573240000001");
        channels.pause(Telephone.WHATSAPP, office);
        var next = start(audience, null);
        await().atMost(PATIENCE).until(() -> states(next).size() == 2);

        try (var importing = database.getConnection()) {
            importing.setAutoCommit(false);
            importing.createStatement().execute("select id from contact for no key update");

            var page = send(link, "", "application/x-www-form-urlencoded");
            assertThat(page.statusCode()).isEqualTo(503);
            assertThat(page.body()).contains("Inténtelo de nuevo en un minuto");
            assertThat(write("+573240000002", "BAJA")).isEqualTo("<nada/>");
            assertThat(states(next).values()).containsExactly("CANCELLED", "CANCELLED");
            importing.rollback();
        }

        assertThat(send(link, "", "application/x-www-form-urlencoded").statusCode())
                .isEqualTo(200);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(List.of(decisions("+573240000001"), decisions("+573240000002")))
                        .containsExactly(List.of("REVOKED"), List.of("REVOKED")));
    }

    @Test
    void everybodyWhoSharesATelephoneOptsOutAndAStrangersNumberIsNeverWrittenTo() {
        var audience = audience(2, "+57316");
        jdbc.sql("update contact_address set address = '+573160000001' where address = '+573160000002'")
                .update();

        assertThat(write("+573160000001", "no más mensajes")).contains("Listo");
        assertThat(decisions("+573160000001")).containsExactly("REVOKED", "REVOKED");
        assertThat(write("+573169999999", "STOP")).contains("Listo");
        assertThat(write("+573169999999", "STOP")).isEqualTo("<nada/>");

        jdbc.sql("update contact_address set address = '+573169999999' where contact_id = "
                        + "(select max(contact_id) from contact_address where address = '+573160000001')")
                .update();
        jdbc.sql("""
                        insert into consent (contact_id, channel, purpose, decision, means, decided_at, evidence)
                        select contact_id, 'WHATSAPP', 'rendicion-de-cuentas', 'GRANTED', 'prueba', now(), 'prueba'
                        from contact_address where address = '+573169999999'
                        """).update();
        var occurrence = start(audience, null);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        jdbc.sql("select reason_code from delivery where occurrence_id = :id order by 1")
                                .param("id", occurrence)
                                .query(String.class)
                                .list())
                .containsExactly("OPTED_OUT", "SUPPRESSED"));
        jdbc.sql("truncate suppression").update();
    }

    @Test
    void yesAndNoAnswerTheNewestInvitationAndTheRestIsForTheOffice() {
        var event = event();
        start(audience(1, "+57317"), event);
        await().atMost(PATIENCE).until(() -> telephone.sent.size() == 1);

        assertThat(write("+573170000001", "Sí, ¿a qué hora es?")).contains("usted asistirá a: Audiencia pública");
        assertThat(write("+573170000001", "si")).isEqualTo("<nada/>");
        assertThat(write("+573170000001", "No")).contains("usted no asistirá a: Audiencia pública");
        assertThat(write("+573170000001", "¿La reunión se va a cancelar?")).isEqualTo("<nada/>");
        assertThat(write("+573179999999", "No")).isEqualTo("<nada/>");

        var api = new HttpApi(port, data.resolve("."));
        var attendance = api.get("/api/v1/events/" + event + "/attendance");
        assertThat(attendance.get("yes").asInt()).isZero();
        assertThat(attendance.get("no").asInt()).isEqualTo(1);
        assertThat(attendance.get("answers").get(0).get("via").asString()).isEqualTo("WHATSAPP");
        assertThat(jdbc.sql("select answer from attendance where event_id = :event order by id")
                        .param("event", event)
                        .query(String.class)
                        .list())
                .containsExactly("YES", "NO");
        var texts = new ArrayList<String>();
        api.get("/api/v1/office-messages?limit=1000")
                .get("messages")
                .forEach(message -> texts.add(message.get("address").asString() + " "
                        + message.get("text").asString() + " "
                        + message.get("name").isNull()));
        assertThat(texts)
                .contains(
                        "+573170000001 Sí, ¿a qué hora es? false",
                        "+573170000001 ¿La reunión se va a cancelar? false",
                        "+573179999999 No true");
    }

    // --- doing it ----------------------------------------------------------------------------------------------------

    private String token(String address) {
        return Objects.requireNonNull(telephone.tokens.get(address)).toString();
    }

    private String write(String from, String text) {
        keys++;
        return repeat(from, text);
    }

    private String repeat(String from, String text) {
        var key = getClass().getSimpleName() + from + "-" + keys;
        return post("", form("from", from, "body", text, "key", key), true)
                .join()
                .body();
    }

    private void status(String token, Status status, @Nullable String reason, String key) {
        var form = form("status", status.name(), "key", key);
        post("/" + token, reason == null ? form : form + "&reason=" + reason, true)
                .join();
    }

    private CompletableFuture<HttpResponse<String>> post(String path, String form, boolean signed) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/entrada/telefono" + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
        if (signed) {
            request.header(Telephone.SIGNATURE, PUBLIC + "/entrada/telefono" + path);
        }
        return http.sendAsync(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> send(String path, String body, String type) {
        return http.sendAsync(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .header("Content-Type", type)
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString())
                .join();
    }

    private static String form(String... fields) {
        var form = new StringBuilder();
        for (var i = 0; i < fields.length; i += 2) {
            form.append(i == 0 ? "" : "&")
                    .append(fields[i])
                    .append('=')
                    .append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        return form.toString();
    }

    private long waiting() {
        return jdbc.sql("select count(*) from inbox_event where processed_at is null")
                .query(Long.class)
                .single();
    }

    private Map<String, String> states(long occurrence) {
        return jdbc
                .sql("select token::text as token, state from delivery where occurrence_id = :id")
                .param("id", occurrence)
                .query((row, number) -> Map.entry(row.getString("token"), row.getString("state")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
    }

    /** The latest decision of everybody with this telephone. */
    private List<String> decisions(String address) {
        return jdbc.sql("""
                        select distinct on (c.contact_id) c.decision
                        from consent c join contact_address a on a.contact_id = c.contact_id
                        where a.address = :address order by c.contact_id, c.id desc
                        """).param("address", address).query(String.class).list();
    }

    private String audience(int people, String prefix) {
        var name = "gente" + prefix.substring(1);
        jdbc.sql("""
                        with a as (insert into audience (name, name_key) values (:name, :name) returning id),
                        c as (insert into contact (name) select 'Vecina ' || n from generate_series(1, :people) n
                              returning id),
                        numbered as (select id, row_number() over (order by id) as n from c),
                        addressed as (
                            insert into contact_address (contact_id, kind, address, valid)
                            select id, 'PHONE', :prefix || lpad(n::text, 7, '0'), true from numbered),
                        granted as (
                            insert into consent (contact_id, channel, purpose, decision, means, decided_at, evidence)
                            select id, 'WHATSAPP', 'rendicion-de-cuentas', 'GRANTED', 'prueba', now(), 'prueba' from c)
                        insert into audience_member select a.id, c.id from a, c
                        """)
                .param("name", name)
                .param("people", people)
                .param("prefix", prefix)
                .update();
        return name;
    }

    private long event() {
        var starts = Instant.now().plus(10, ChronoUnit.DAYS);
        return jdbc.sql("""
                        with p as (insert into plan (name) values ('Plan') returning id)
                        insert into plan_event (plan_id, uid, name, starts_at, ends_at)
                        select id, gen_random_uuid()::text, 'Audiencia pública', :starts::timestamptz, :ends::timestamptz
                        from p returning id
                        """)
                .param("starts", starts.toString())
                .param("ends", starts.plusSeconds(7200).toString())
                .query(Long.class)
                .single();
    }

    private long start(String audience, @Nullable Long event) {
        var content = json.valueToTree(Map.of("subject", "Invitación", "body", "Hola, {{nombre}}. Responda SÍ o NO."));
        var message = drafting.write(
                new MessageDraft(
                        "Invitación",
                        null,
                        List.of(audience),
                        event,
                        Map.of("WHATSAPP", new ChannelPlan(content, List.of())),
                        null),
                office);
        var occurrence = scheduling.schedule(
                message.messageId(), new OccurrenceRequest(null, null, "prueba automática", null), office);
        scheduling.approve(occurrence.id(), null, office);
        return occurrence.id();
    }
}
