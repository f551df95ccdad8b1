package org.pregonero.dispatcher.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pregonero.channels.Channel;
import org.pregonero.dispatcher.message.ChannelPlan;
import org.pregonero.dispatcher.message.MessageDraft;
import org.pregonero.dispatcher.message.OccurrenceRequest;
import org.pregonero.dispatcher.message.OccurrenceState;
import org.pregonero.dispatcher.runtime.DataDirectory;
import org.pregonero.dispatcher.testing.HttpApi;
import org.pregonero.dispatcher.testing.MailServer;
import org.pregonero.dispatcher.testing.SharedServers;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;

/** Internal notices are acknowledged by people and not by scanners, and who forgets is reminded exactly once. */
@ContextConfiguration(initializers = SharedServers.class)
class AcknowledgementTest extends RunningEngine {

    private static final Channel INTERNAL = new Channel("INTERNAL");
    private static final Pattern LINK = Pattern.compile("(/enterado/[0-9a-f-]{36})");

    @Autowired
    Reminders reminders;

    @Autowired
    DataDirectory data;

    @LocalServerPort
    int port;

    private HttpApi web = new HttpApi(0, HttpApi.Login.NOBODY);

    @BeforeEach
    void open() {
        web = new HttpApi(port, data.path());
    }

    @Test
    void onlyTheButtonAcknowledgesAndOnlyOnce() {
        var staff = staff("enterado", 2);
        var occurrence = notice(staff, true);
        awaitSent(occurrence, 2);
        var link = link(mailTo(address(staff, 1)));

        var page = web.page(link);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains("Cierre de sede", "Confirmo que leí este aviso");
        assertThat(figures(occurrence)).containsExactly(0L, 2L, 0L, 0L, 0L);

        var done = web.submit(link, Map.of());
        assertThat(done.text()).contains("Quedó registrado").doesNotContain("<form");
        assertThat(figures(occurrence)).containsExactly(1L, 1L, 0L, 0L, 0L);
        var first = at(occurrence);

        assertThat(web.submit(link, Map.of()).status()).isEqualTo(200);
        assertThat(at(occurrence)).isEqualTo(first);
        assertThat(delivery(occurrence, address(staff, 1)).state()).isEqualTo(DeliveryState.READ);
        assertThat(web.page(link).text()).contains("Quedó registrado");
        assertThat(readers(occurrence, "ACKNOWLEDGED")).containsExactly("Ñáñez persona 1");
        assertThat(readers(occurrence, "NOT_YET")).containsExactly("Ñáñez persona 2");
    }

    @Test
    void aWrongLinkIsExplained() {
        for (var path : List.of("/enterado/00000000-0000-0000-0000-000000000000", "/enterado/abc")) {
            assertThat(web.page(path).status()).isEqualTo(404);
            assertThat(web.page(path).text()).contains("No encontramos ese aviso", "Abra el botón desde el correo");
            assertThat(web.submit(path, Map.of()).status()).isEqualTo(404);
        }
    }

    @Test
    void whoDoesNotAcknowledgeIsRemindedOnceEvenByTwoProcesses() throws Exception {
        var staff = staff("recordar", 30);
        var occurrence = notice(staff, true);
        awaitSent(occurrence, 30);
        web.submit(link(mailTo(address(staff, 1))), Map.of());
        reminders.look();
        assertThat(remindersOf(occurrence)).isEmpty();
        assertThat(occurrences.find(occurrence).orElseThrow().state()).isEqualTo(OccurrenceState.RUNNING);

        MAIL.forget();
        letTheWaitPass(occurrence);
        lookByTwo();

        awaitEnd(occurrence);
        assertThat(MAIL.received())
                .extracting(MailServer.Mail::recipient)
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(2, 30)
                        .mapToObj(number -> address(staff, number))
                        .toList());
        assertThat(MAIL.received()).allMatch(mail -> text(mail).contains("Recordatorio: Cierre"));
        assertThat(report.counts(occurrence).get("INTERNAL"))
                .isEqualTo(Map.of(DeliveryState.ACCEPTED, 29L, DeliveryState.READ, 1L));
        assertThat(figures(occurrence)).containsExactly(1L, 29L, 0L, 0L, 29L);

        var remindedAt = remindedAt(occurrence, "Ñáñez persona 2");
        web.submit(link(mailTo(address(staff, 2))), Map.of());
        reminders.look();
        assertThat(figures(occurrence)).containsExactly(2L, 28L, 0L, 0L, 29L);
        assertThat(remindedAt(occurrence, "Ñáñez persona 2")).isNotEmpty().isEqualTo(remindedAt);
        assertThat(remindersOf(occurrence)).hasSize(29);
    }

    @Test
    void nobodyWithoutARightIsRemindedAndTheReasonIsOnRecord() {
        var staff = staff("retirado", 3);
        var occurrence = notice(staff, true);
        awaitSent(occurrence, 3);
        decide(contact(occurrence, address(staff, 1)), "REVOKED");
        MAIL.forget();
        letTheWaitPass(occurrence);

        awaitEnd(occurrence);

        assertThat(MAIL.received())
                .extracting(MailServer.Mail::recipient)
                .containsExactlyInAnyOrder(address(staff, 2), address(staff, 3));
        assertThat(remindersOf(occurrence))
                .filteredOn(row -> row.state() == DeliveryState.SKIPPED)
                .singleElement()
                .satisfies(row -> assertThat(row.reasonCode()).isEqualTo("OPTED_OUT"));
    }

    @Test
    void whoAcknowledgesOrOptsOutWhileTheReminderWaitsDoesNotGetIt() {
        var staff = staff("espera", 3);
        var occurrence = notice(staff, true);
        awaitSent(occurrence, 3);
        var link = link(mailTo(address(staff, 1)));
        channels.pause(INTERNAL, office);
        MAIL.forget();
        letTheWaitPass(occurrence);
        await().atMost(PATIENCE).until(() -> remindersOf(occurrence).size() == 3);

        web.submit(link, Map.of());
        decide(contact(occurrence, address(staff, 2)), "REVOKED");
        channels.resume(INTERNAL, office);

        awaitEnd(occurrence);
        assertThat(MAIL.received()).extracting(MailServer.Mail::recipient).containsExactly(address(staff, 3));
        assertThat(remindersOf(occurrence))
                .extracting(row -> String.valueOf(row.reasonCode()))
                .containsExactlyInAnyOrder("ACKNOWLEDGED", "OPTED_OUT", "null");
    }

    @Test
    void anAcknowledgementThatTheReminderDidNotSeeStillStopsItAtTheClaim() {
        var staff = staff("carrera", 1);
        var occurrence = notice(staff, true);
        awaitSent(occurrence, 1);
        channels.pause(INTERNAL, office);
        MAIL.forget();
        letTheWaitPass(occurrence);
        await().atMost(PATIENCE).until(() -> remindersOf(occurrence).size() == 1);

        // As if it had been written at the same time as the reminder.
        jdbc.sql("""
                        insert into acknowledgement
                        select id, id, now() from delivery where occurrence_id = :id and reminds is null
                        """).param("id", occurrence).update();
        channels.resume(INTERNAL, office);

        awaitEnd(occurrence);
        assertThat(MAIL.received()).isEmpty();
        assertThat(remindersOf(occurrence)).singleElement().satisfies(row -> {
            assertThat(row.state()).isEqualTo(DeliveryState.CANCELLED);
            assertThat(row.reasonCode()).isEqualTo("ACKNOWLEDGED");
        });
    }

    @Test
    void aNoticeThatAsksForNothingRemindsNobody() {
        var staff = staff("informa", 2);

        var occurrence = notice(staff, false);

        awaitEnd(occurrence);
        assertThat(figures(occurrence)).containsExactly(0L, 0L, 0L, 0L, 0L);
        assertThat(MAIL.received()).noneMatch(mail -> LINK.matcher(text(mail)).find());
    }

    // --- steps -------------------------------------------------------------------------------------------------------

    private String staff(String name, int people) {
        var audience = audience(name, people);
        jdbc.sql("""
                        insert into consent (contact_id, channel, purpose, decision, means, decided_at, evidence)
                        select contact_id, 'INTERNAL', 'rendicion-de-cuentas', 'GRANTED', 'prueba', now(), 'prueba'
                        from audience_member where audience_id = :audience
                        """).param("audience", audienceId(audience)).update();
        return audience;
    }

    private void decide(long contact, String decision) {
        jdbc.sql("""
                        insert into consent (contact_id, channel, purpose, decision, means, decided_at, evidence)
                        values (:contact, 'INTERNAL', 'rendicion-de-cuentas', :decision, 'prueba', now(), 'prueba')
                        """).param("contact", contact).param("decision", decision).update();
    }

    private long notice(String audience, boolean acknowledged) {
        var content = json.valueToTree(Map.of(
                "subject", "Cierre de sede",
                "heading", "La sede cierra",
                "paragraphs", List.of("Señora {{nombre}}:", "Trabajamos desde la otra sede."),
                "requiresAcknowledgement", acknowledged,
                "remindAfter", "PT4H"));
        var draft = new MessageDraft(
                "Cierre", null, List.of(audience), null, Map.of("INTERNAL", new ChannelPlan(content, List.of())), null);
        var message = drafting.write(draft, office).messageId();
        var occurrence = scheduling
                .schedule(message, new OccurrenceRequest(null, null, "prueba", null), office)
                .id();
        scheduling.approve(occurrence, null, office);
        return occurrence;
    }

    private void awaitSent(long occurrence, long people) {
        await().atMost(PATIENCE).until(() -> count(occurrence, DeliveryState.ACCEPTED) == people);
    }

    private void letTheWaitPass(long occurrence) {
        jdbc.sql("update delivery set changed_at = changed_at - interval '5 hours' where occurrence_id = :id")
                .param("id", occurrence)
                .update();
    }

    private void lookByTwo() throws Exception {
        var begin = new CountDownLatch(1);
        var threads = Executors.newFixedThreadPool(2);
        List<Future<?>> looks = IntStream.range(0, 2)
                .<Future<?>>mapToObj(process -> threads.submit(() -> {
                    begin.await();
                    reminders.look();
                    return null;
                }))
                .toList();
        begin.countDown();
        for (var look : looks) {
            look.get();
        }
        threads.shutdown();
    }

    private List<DeliveryReport.Row> remindersOf(long occurrence) {
        return deliveries(occurrence).stream()
                .filter(row -> row.reminds() != null)
                .toList();
    }

    private long contact(long occurrence, String address) {
        return java.util.Objects.requireNonNull(delivery(occurrence, address).contactId());
    }

    private static MailServer.Mail mailTo(String address) {
        return MAIL.received().stream()
                .filter(mail -> mail.recipient().equals(address))
                .findFirst()
                .orElseThrow();
    }

    private static String link(MailServer.Mail mail) {
        var link = LINK.matcher(text(mail));
        assertThat(link.find()).isTrue();
        return link.group(1);
    }

    /** Without the soft breaks of quoted-printable and the encoding of the subject's plain letters. */
    private static String text(MailServer.Mail mail) {
        return new String(
                mail.source().replaceAll("=\r?\n", "").getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private List<Long> figures(long occurrence) {
        var figures = acknowledgements(occurrence, "").path("figures");
        return List.of("acknowledged", "notYet", "waiting", "notReached", "reminded").stream()
                .map(name -> figures.path(name).asLong())
                .toList();
    }

    private List<String> readers(long occurrence, String standing) {
        return acknowledgements(occurrence, "?standing=" + standing)
                .path("readers")
                .valueStream()
                .map(reader -> reader.path("name").asString())
                .toList();
    }

    private String remindedAt(long occurrence, String name) {
        return acknowledgements(occurrence, "")
                .path("readers")
                .valueStream()
                .filter(reader -> reader.path("name").asString().equals(name))
                .map(reader -> reader.path("remindedAt").asString())
                .findFirst()
                .orElseThrow();
    }

    private tools.jackson.databind.JsonNode acknowledgements(long occurrence, String query) {
        return web.get("/api/v1/occurrences/" + occurrence + "/acknowledgements" + query);
    }

    private String at(long occurrence) {
        return acknowledgements(occurrence, "?standing=ACKNOWLEDGED")
                .at("/readers/0/acknowledgedAt")
                .asString();
    }
}
