package org.pregonero.dispatcher.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pregonero.channels.Channel;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.institution.Institution;
import org.pregonero.dispatcher.institution.Institutions;
import org.pregonero.dispatcher.message.ChannelPlan;
import org.pregonero.dispatcher.message.Contents;
import org.pregonero.dispatcher.message.Drafting;
import org.pregonero.dispatcher.message.MessageDraft;
import org.pregonero.dispatcher.message.OccurrenceRequest;
import org.pregonero.dispatcher.message.OccurrenceState;
import org.pregonero.dispatcher.message.Occurrences;
import org.pregonero.dispatcher.message.Scheduling;
import org.pregonero.dispatcher.tabular.Words;
import org.pregonero.dispatcher.testing.MailServer;
import org.pregonero.dispatcher.testing.MailServer.Behaviour;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.ObjectMapper;

/** The engine against a real database, a real broker and a real mail server. Subclasses choose the broker. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "pregonero.port=0",
            "pregonero.delivery.retry.first=200ms",
            "pregonero.delivery.check-pause=300ms",
            "pregonero.delivery.republish-after=1s",
            "pregonero.delivery.round=200ms",
            "pregonero.delivery.fan-out-chunk=70",
            "pregonero.delivery.consignment=20",
            "pregonero.delivery.channels.EMAIL.window=100",
            "pregonero.delivery.channels.EMAIL.concurrency=8",
            "pregonero.channels.email.connections=8",
            "pregonero.channels.email.read-timeout=2s",
            "db-scheduler.polling-interval=200ms"
        })
abstract class EngineTest {

    static final Duration PATIENCE = Duration.ofSeconds(15);
    static final Channel EMAIL = new Channel("EMAIL");

    static final MailServer MAIL = new MailServer();

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Drafting drafting;

    @Autowired
    Scheduling scheduling;

    @Autowired
    Occurrences occurrences;

    @Autowired
    OccurrenceControl control;

    @Autowired
    ChannelControl channels;

    @Autowired
    Settlement settlement;

    @Autowired
    Deliveries deliveries;

    @Autowired
    DeliveryReport report;

    @Autowired
    FanOut fanOut;

    @Autowired
    Broker broker;

    @Autowired
    AmqpAdmin admin;

    @Autowired
    ObjectMapper json;

    @Autowired
    Institutions institutions;

    @Autowired
    AutowireCapableBeanFactory beans;

    private Actor office = Actor.SYSTEM;

    @DynamicPropertySource
    static void mail(DynamicPropertyRegistry registry) {
        registry.add("pregonero.channels.email.host", () -> "127.0.0.1");
        registry.add("pregonero.channels.email.port", MAIL::port);
        registry.add("pregonero.channels.email.security", () -> "NONE");
        registry.add("pregonero.channels.email.from", () -> "Instituto <avisos@instituto.example.org>");
    }

    @BeforeEach
    void clean() {
        MAIL.forget();
        office = new Actor(
                jdbc.sql("select min(id) from account").query(Long.class).single(), "admin", "admin", Set.of());
    }

    @AfterEach
    void leaveNothingRunning() {
        MAIL.comeBack();
        occurrences.latest(100).forEach(occurrence -> control.cancel(occurrence.id(), office));
        channels.resume(EMAIL, office);
    }

    // --- who gets it -------------------------------------------------------------------------------------------------

    @Test
    void writesOnceToEveryContactablePersonAndNamesTheOthers() {
        var audience = audience("todos", 200);
        people(audience, 1, "REFUSED", "sin-permiso");
        personWithout(audience, "sin correo");
        jdbc.sql("insert into suppression (kind, address, reason) values ('EMAIL', :address, 'bounced')")
                .param("address", address(audience, 7))
                .update();

        var occurrence = send(audience);

        assertThat(counts(occurrence)).isEqualTo(Map.of("ACCEPTED", 199L, "SKIPPED", 3L));
        assertThat(reasons(occurrence)).isEqualTo(Map.of("NO_AUTHORISATION", 1L, "NO_ADDRESS", 1L, "SUPPRESSED", 1L));
        assertThat(MAIL.accepted())
                .extracting(MailServer.Mail::recipient)
                .doesNotHaveDuplicates()
                .hasSize(199);
        assertThat(MAIL.accepted()).extracting(MailServer.Mail::messageId).doesNotHaveDuplicates();
    }

    @Test
    void writesOnceToAnAddressThatTwoPeopleShare() {
        var audience = audience("comparten", 3);
        jdbc.sql("update contact_address set address = :shared where address in (:a, :b)")
                .param("shared", "casa@ejemplo.example.org")
                .param("a", address(audience, 1))
                .param("b", address(audience, 2))
                .update();

        var occurrence = send(audience);

        assertThat(reasons(occurrence)).isEqualTo(Map.of("DUPLICATE_ADDRESS", 1L));
        assertThat(MAIL.count()).isEqualTo(2);
    }

    @Test
    void aPersonInTwoAudiencesIsWrittenToOnce() {
        var audience = audience("uno", 30);
        var other = audience("dos", 0);
        jdbc.sql(
                        "insert into audience_member select :other, contact_id from audience_member where audience_id = :audience")
                .param("other", audienceId(other))
                .param("audience", audienceId(audience))
                .update();

        var occurrence = send(List.of(audience, other), null);

        assertThat(counts(occurrence)).isEqualTo(Map.of("ACCEPTED", 30L));
        assertThat(MAIL.count()).isEqualTo(30);
    }

    @Test
    void fanningOutAgainAddsNobody() {
        var audience = audience("repetido", 150);
        var occurrence = send(audience);
        jdbc.sql("update fan_out set done = false, after_contact = 0 where occurrence_id = :id")
                .param("id", occurrence)
                .update();

        fanOut.run(occurrences.find(occurrence).orElseThrow());

        assertThat(counts(occurrence)).isEqualTo(Map.of("ACCEPTED", 150L));
    }

    @Test
    void aChannelThatIsNoLongerConfiguredSkipsItsPeopleByName() {
        var audience = audience("sin-canal", 100);
        var message = drafting.write(draft(List.of(audience)), office);
        var occurrence = scheduling
                .schedule(message.messageId(), new OccurrenceRequest(null, null, "prueba automática", null), office)
                .id();
        // As if SMS and a wall of screens had been there when it was written.
        jdbc.sql("""
                        with later as (
                            insert into message_version (message_id, number, title, purpose, audience_ids, channels, author_id,
                                                         created_at)
                            select message_id, number + 1, title, purpose, audience_ids, channels
                                   || jsonb_build_object('SMS', channels -> 'EMAIL')
                                   || '{"SCREEN": {"content": {}, "outlets": ["Piso 1", "Piso 2"]}}', author_id, created_at
                            from message_version where id = :version returning id
                        )
                        update occurrence set version_id = (select id from later) where id = :occurrence
                        """)
                .param("version", message.id())
                .param("occurrence", occurrence)
                .update();

        scheduling.approve(occurrence, null, office);
        awaitEnd(occurrence);

        assertThat(counts(occurrence)).isEqualTo(Map.of("ACCEPTED", 100L));
        assertThat(report.counts(occurrence).get("SMS")).isEqualTo(Map.of(DeliveryState.SKIPPED, 100L));
        assertThat(report.counts(occurrence).get("SCREEN")).isEqualTo(Map.of(DeliveryState.SKIPPED, 2L));
        assertThat(reasons(occurrence)).isEqualTo(Map.of("CHANNEL_NOT_CONFIGURED", 102L));
    }

    // --- only what was approved --------------------------------------------------------------------------------------

    @Test
    void aRunGoesOnAsItWasApprovedWhenTheInstitutionIsRenamed() {
        var approved = institutions.current();
        var audience = audience("renombrada", 5);
        channels.pause(EMAIL, office);
        var occurrence = start(List.of(audience), null);
        await().atMost(PATIENCE).until(() -> counts(occurrence).equals(Map.of("PENDING", 5L)));
        try {
            rename("Entidad con otro nombre");
            // What another process, or this one started again, would send: it has nothing in memory.
            var elsewhere = beans.createBean(Contents.class)
                    .approved(occurrence, EMAIL.code())
                    .render(Map.of(
                            "nombre", "Ana", "correo", "ana@example.org", "enlace_baja", "https://example.org/b"));
            assertThat(elsewhere.toString()).contains(approved.name()).doesNotContain("Entidad con otro nombre");

            channels.resume(EMAIL, office);
            awaitEnd(occurrence);

            assertThat(MAIL.accepted()).hasSize(5).allSatisfy(mail -> assertThat(mail.source())
                    .contains(approved.name())
                    .doesNotContain("Entidad con otro nombre"));
        } finally {
            institutions.change(approved);
        }
    }

    @Test
    void anInstitutionRenamedBeforeTheBeginningIsAnotherMessage() {
        var approved = institutions.current();
        var message = drafting.write(draft(List.of(audience("antes", 1))), office);
        var occurrence = scheduling
                .schedule(
                        message.messageId(),
                        new OccurrenceRequest(java.time.Instant.now().plusSeconds(3600), null, "prueba", null),
                        office)
                .id();
        scheduling.approve(occurrence, null, office);
        try {
            rename("Entidad con otro nombre");

            assertThat(scheduling.begin(occurrence)).isFalse();

            assertThat(occurrences.find(occurrence).orElseThrow().heldBecause()).isEqualTo("CHANGED");
        } finally {
            institutions.change(approved);
        }
    }

    // --- what the mail server answers --------------------------------------------------------------------------------

    @Test
    void everyAnswerOfTheMailServerEndsInTheRightState() {
        var audience = audience("respuestas", 10);
        MAIL.treat(address(audience, 1), Behaviour.DEFER_ONCE);
        MAIL.treat(address(audience, 2), Behaviour.REFUSE);
        MAIL.treat(address(audience, 3), Behaviour.BUSY_ONCE);
        MAIL.treat(address(audience, 4), Behaviour.DROP_AFTER_DATA);
        MAIL.treat(address(audience, 5), Behaviour.STALL);

        var occurrence = send(audience);

        assertThat(counts(occurrence)).isEqualTo(Map.of("ACCEPTED", 7L, "REJECTED", 1L, "IN_DOUBT", 2L));
        assertThat(state(occurrence, address(audience, 1))).isEqualTo("ACCEPTED");
        assertThat(state(occurrence, address(audience, 2))).isEqualTo("REJECTED");
        assertThat(state(occurrence, address(audience, 3))).isEqualTo("ACCEPTED");
        assertThat(state(occurrence, address(audience, 4))).isEqualTo("IN_DOUBT");
        assertThat(state(occurrence, address(audience, 5))).isEqualTo("IN_DOUBT");
        assertThat(MAIL.received()).extracting(MailServer.Mail::recipient).doesNotHaveDuplicates();
    }

    @Test
    void aRefusalThatNeverPassesIsRejectedInTheEnd() {
        var audience = audience("nunca", 1);
        MAIL.treat(address(audience, 1), Behaviour.DEFER);

        channels.pause(EMAIL, office);
        var occurrence = start(List.of(audience), null);
        await().atMost(PATIENCE).until(() -> counts(occurrence).containsKey("PENDING"));
        jdbc.sql("update delivery set attempts = 9 where occurrence_id = :id")
                .param("id", occurrence)
                .update();
        channels.resume(EMAIL, office);
        awaitEnd(occurrence);

        assertThat(counts(occurrence)).isEqualTo(Map.of("REJECTED", 1L));
    }

    @Test
    void aDoubtIsSettledByAPersonAndSentAgainOnlyThen() {
        var audience = audience("duda", 1);
        MAIL.treat(address(audience, 1), Behaviour.DROP_AFTER_DATA);
        var occurrence = send(audience);
        assertThat(counts(occurrence)).isEqualTo(Map.of("IN_DOUBT", 1L));
        MAIL.forget();

        var delivery = report.list(new DeliveryReport.Filter(occurrence, null, null, null), 0, 10)
                .get(0);
        // The occurrence is through; a person's word opens it again.
        assertThat(settlement.settle(delivery.id(), Settlement.Finding.NOT_SENT, office))
                .isTrue();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(counts(occurrence)).isEqualTo(Map.of("ACCEPTED", 1L)));
        assertThat(settlement.settle(delivery.id(), Settlement.Finding.SENT, office))
                .isFalse();
    }

    @Test
    void aMailServerThatIsAwayPausesTheChannelAndNothingIsLost() {
        var audience = audience("caida", 40);
        MAIL.goDown();

        var occurrence = start(List.of(audience), null);
        await().atMost(PATIENCE).until(() -> channels.all().stream()
                .anyMatch(channel -> channel.channel().equals("EMAIL") && "SYSTEM".equals(channel.pausedBy())));
        var paused = channels.all().stream()
                .filter(channel -> channel.channel().equals("EMAIL"))
                .findFirst()
                .orElseThrow();
        assertThat(paused.reasonCode()).isEqualTo("UNREACHABLE");
        assertThat(paused.advice()).isNotBlank();
        MAIL.comeBack();
        awaitEnd(occurrence);

        assertThat(counts(occurrence)).isEqualTo(Map.of("ACCEPTED", 40L));
        assertThat(MAIL.accepted())
                .extracting(MailServer.Mail::recipient)
                .doesNotHaveDuplicates()
                .hasSize(40);
    }

    // --- the broker --------------------------------------------------------------------------------------------------

    @Test
    void aBrokerEmptiedInTheMiddleLosesAndRepeatsNothing() {
        var audience = audience("vaciado", 400);
        MAIL.takeTime(20);
        var occurrence = start(List.of(audience), null);
        await().atMost(PATIENCE).until(() -> MAIL.count() > 50);

        admin.purgeQueue(broker.queue(EMAIL).getName(), false);
        MAIL.takeTime(0);
        awaitEnd(occurrence);

        assertThat(counts(occurrence)).isEqualTo(Map.of("ACCEPTED", 400L));
        assertThat(MAIL.accepted())
                .extracting(MailServer.Mail::recipient)
                .doesNotHaveDuplicates()
                .hasSize(400);
    }

    /** For brokers that tell a consumer that its queue is gone. */
    void aDeletedQueueLosesAndRepeatsNothing() {
        var audience = audience("borrada", 400);
        MAIL.takeTime(20);
        var occurrence = start(List.of(audience), null);
        await().atMost(PATIENCE).until(() -> MAIL.count() > 50);

        admin.deleteQueue(broker.queue(EMAIL).getName());
        assertThat(MAIL.count()).as("sent before the queue was gone").isLessThan(400);
        MAIL.takeTime(0);
        awaitEnd(occurrence);

        assertThat(counts(occurrence)).isEqualTo(Map.of("ACCEPTED", 400L));
        assertThat(MAIL.accepted())
                .extracting(MailServer.Mail::recipient)
                .doesNotHaveDuplicates()
                .hasSize(400);
    }

    @Test
    void aConsignmentThatComesTwiceFindsNothingToClaim() {
        var audience = audience("doble", 60);
        var occurrence = send(audience);
        var ids = report.list(new DeliveryReport.Filter(occurrence, null, null, null), 0, 100).stream()
                .map(DeliveryReport.Row::id)
                .toList();

        broker.publish(new Consignment(EMAIL, ids));
        await().atMost(PATIENCE).until(() -> broker.drained(EMAIL));

        var next = send(audience("despues", 5));
        assertThat(counts(next)).isEqualTo(Map.of("ACCEPTED", 5L));
        assertThat(MAIL.count()).isEqualTo(65);
    }

    @Test
    void whatIsNotOursInTheQueueIsKeptAsideAndTheRestGoesOn() {
        admin.deleteQueue("pregonero.unreadable");
        rabbit().convertAndSend("", broker.queue(EMAIL).getName(), "not a consignment");

        var occurrence = send(audience("sigue", 5));

        assertThat(counts(occurrence)).isEqualTo(Map.of("ACCEPTED", 5L));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(admin.getQueueInfo("pregonero.unreadable"))
                .isNotNull()
                .extracting(info -> info.getMessageCount())
                .isEqualTo(1L));
    }

    // --- people intervene --------------------------------------------------------------------------------------------

    @Test
    void pauseStopsAtOnceAndResumeGoesOn() {
        var audience = audience("pausa", 300);
        MAIL.takeTime(20);
        var occurrence = start(List.of(audience), null);
        await().atMost(PATIENCE).until(() -> MAIL.count() > 20);

        assertThat(control.pause(occurrence, office)).isTrue();
        await().atMost(PATIENCE).until(() -> counts(occurrence).getOrDefault("SENDING", 0L) == 0);
        var sent = MAIL.count();
        assertThat(counts(occurrence)).containsEntry("PENDING", 300L - sent).doesNotContainKey("QUEUED");
        // A whole other sending passes by; the paused one does not move.
        send(audience("otra", 20));
        assertThat(MAIL.count()).isEqualTo(sent + 20);

        MAIL.takeTime(0);
        assertThat(control.resume(occurrence, office)).isTrue();
        awaitEnd(occurrence);
        assertThat(counts(occurrence)).isEqualTo(Map.of("ACCEPTED", 300L));
    }

    @Test
    void cancelStopsWhatNobodyHasClaimed() {
        var audience = audience("cancela", 300);
        MAIL.takeTime(20);
        var occurrence = start(List.of(audience), null);
        await().atMost(PATIENCE).until(() -> MAIL.count() > 20);

        assertThat(control.cancel(occurrence, office)).isTrue();
        await().atMost(PATIENCE).until(() -> counts(occurrence).getOrDefault("SENDING", 0L) == 0);

        var counts = counts(occurrence);
        assertThat(counts.keySet()).containsOnly("ACCEPTED", "CANCELLED");
        assertThat(counts.get("ACCEPTED")).isEqualTo((long) MAIL.count());
        assertThat(counts.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(300);
    }

    @Test
    void whatIsUselessExpiresInsteadOfBeingSent() {
        var audience = audience("tarde", 50);
        channels.pause(EMAIL, office);

        var occurrence = start(List.of(audience), Duration.ofSeconds(1));
        awaitEnd(occurrence);
        channels.resume(EMAIL, office);

        assertThat(counts(occurrence)).isEqualTo(Map.of("EXPIRED", 50L));
        assertThat(MAIL.count()).isZero();
    }

    @Test
    void aSmallNoticeIsNotStuckBehindALargeInvitation() {
        MAIL.takeTime(15);
        var large = start(List.of(audience("grande", 1500)), null);
        await().atMost(PATIENCE).until(() -> MAIL.count() > 50);

        var small = send(audience("pequeno", 10));

        assertThat(counts(small)).isEqualTo(Map.of("ACCEPTED", 10L));
        assertThat(counts(large).getOrDefault("PENDING", 0L)).isGreaterThan(500);
    }

    @Test
    void theRateOfAChannelIsKept() {
        var limits = new EngineProperties.Limits(50.0, null, 100, 8, EngineProperties.InDoubt.ASK);
        var states = new ChannelStates(jdbc, deliveries, java.time.Clock.systemUTC());
        states.register(new Channel("PRUEBA"));
        var day = java.time.LocalDate.of(2026, 11, 23);

        var first = states.take(new Channel("PRUEBA"), 1000, limits, day);
        var second = states.take(new Channel("PRUEBA"), 1000, limits, day);

        assertThat(first + second).isLessThanOrEqualTo(60);
        var daily = new EngineProperties.Limits(null, 70, 100, 8, EngineProperties.InDoubt.ASK);
        var left = 70 - first - second;
        assertThat(states.take(new Channel("PRUEBA"), 1000, daily, day)).isEqualTo(left);
        assertThat(states.take(new Channel("PRUEBA"), 1000, daily, day)).isZero();
        assertThat(states.take(new Channel("PRUEBA"), 1000, daily, day.plusDays(1)))
                .isEqualTo(70);
    }

    // --- the database keeps its word ---------------------------------------------------------------------------------

    @Test
    void theDatabaseRefusesToGoBack() {
        var occurrence = send(audience("atras", 1));

        assertThatThrownBy(() -> jdbc.sql("update delivery set state = 'QUEUED' where occurrence_id = :id")
                        .param("id", occurrence)
                        .update())
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("ACCEPTED to QUEUED");
        assertThatThrownBy(() -> jdbc.sql("delete from delivery_log").update())
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("never changed");
    }

    @Test
    void everyStepIsInTheLog() {
        var occurrence = send(audience("bitacora", 1));
        var delivery = report.list(new DeliveryReport.Filter(occurrence, null, null, null), 0, 1)
                .get(0);

        assertThat(report.history(delivery.id()))
                .extracting(DeliveryReport.Step::to)
                .containsExactly(
                        DeliveryState.PENDING, DeliveryState.QUEUED, DeliveryState.SENDING, DeliveryState.ACCEPTED);
    }

    @Test
    void aVerdictOnAnOldClaimChangesNothing() {
        var occurrence = start(List.of(audience("viejo", 1)), null);
        awaitEnd(occurrence);
        var row = report.list(new DeliveryReport.Filter(occurrence, null, null, null), 0, 1)
                .get(0);
        var claim = new Claimed(
                row.id(),
                java.util.UUID.randomUUID(),
                1,
                row.address(),
                null,
                null,
                Map.of(),
                0,
                java.time.Instant.EPOCH);

        var moved = deliveries.record(
                java.util.UUID.randomUUID(),
                List.of(new Deliveries.Judged(claim, Verdict.of(DeliveryState.REJECTED, "INTERNAL"))));

        assertThat(moved).isZero();
        assertThat(counts(occurrence)).isEqualTo(Map.of("ACCEPTED", 1L));
    }

    // --- steps -------------------------------------------------------------------------------------------------------

    private org.springframework.amqp.rabbit.core.RabbitTemplate rabbit() {
        return rabbitTemplate;
    }

    @Autowired
    org.springframework.amqp.rabbit.core.RabbitTemplate rabbitTemplate;

    private long send(String audience) {
        return send(List.of(audience), null);
    }

    private long send(List<String> audiences, @Nullable Duration useful) {
        var occurrence = start(audiences, useful);
        awaitEnd(occurrence);
        return occurrence;
    }

    long start(List<String> audiences, @Nullable Duration useful) {
        var message = drafting.write(draft(audiences), office);
        var expires = useful == null ? null : java.time.Instant.now().plus(useful);
        var occurrence = scheduling.schedule(
                message.messageId(), new OccurrenceRequest(null, expires, "prueba automática", null), office);
        scheduling.approve(occurrence.id(), null, office);
        return occurrence.id();
    }

    private MessageDraft draft(List<String> audiences) {
        var content = json.valueToTree(Map.of("subject", "Invitación para {{nombre}}", "body", "Hola, {{nombre}}."));
        return new MessageDraft(
                "Invitación", null, audiences, null, Map.of("EMAIL", new ChannelPlan(content, List.of())), null);
    }

    private void rename(String name) {
        var now = institutions.current();
        institutions.change(new Institution(
                name,
                now.logo(),
                now.primaryColor(),
                now.accentColor(),
                now.postalAddress(),
                now.website(),
                now.email(),
                now.dataProtectionNotice(),
                now.zone(),
                now.selfApproval()));
    }

    void awaitEnd(long occurrence) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        occurrences.find(occurrence).orElseThrow().state())
                .as("with deliveries %s", counts(occurrence))
                .isEqualTo(OccurrenceState.FINISHED));
    }

    String audience(String name, int people) {
        var unique = name + "-" + System.nanoTime();
        jdbc.sql("insert into audience (name, name_key) values (:name, :key)")
                .param("name", unique)
                .param("key", Words.fold(unique))
                .update();
        people(unique, people, "GRANTED", "persona");
        return unique;
    }

    private long audienceId(String audience) {
        return jdbc.sql("select id from audience where name = :name")
                .param("name", audience)
                .query(Long.class)
                .single();
    }

    private static String address(String audience, int number) {
        return "persona%d@%s.example.org".formatted(number, audience);
    }

    private void people(String audience, int count, String decision, String prefix) {
        IntStream.rangeClosed(1, count).forEach(number -> {
            var contact = personWithout(audience, "Ñáñez " + prefix + " " + number);
            jdbc.sql(
                            "insert into contact_address (contact_id, kind, address, valid) values (:contact, 'EMAIL', :address, true)")
                    .param("contact", contact)
                    .param("address", "%s%d@%s.example.org".formatted(prefix, number, audience))
                    .update();
            jdbc.sql("""
                            insert into consent (contact_id, channel, purpose, decision, means, decided_at, evidence)
                            values (:contact, 'EMAIL', 'rendicion-de-cuentas', :decision, 'prueba', now(), 'prueba')
                            """).param("contact", contact).param("decision", decision).update();
        });
    }

    private long personWithout(String audience, String name) {
        var contact = jdbc.sql("insert into contact (name) values (:name) returning id")
                .param("name", name)
                .query(Long.class)
                .single();
        jdbc.sql("insert into audience_member values (:audience, :contact)")
                .param("audience", audienceId(audience))
                .param("contact", contact)
                .update();
        return contact;
    }

    Map<String, Long> counts(long occurrence) {
        var counts = report.counts(occurrence).getOrDefault("EMAIL", new TreeMap<>());
        return counts.entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().name(), Map.Entry::getValue));
    }

    private Map<String, Long> reasons(long occurrence) {
        return report.causes(occurrence).stream()
                .collect(Collectors.toMap(
                        cause -> String.valueOf(cause.reasonCode()), DeliveryReport.Cause::deliveries, Long::sum));
    }

    private String state(long occurrence, String address) {
        return jdbc.sql("select state from delivery where occurrence_id = :occurrence and address = :address")
                .param("occurrence", occurrence)
                .param("address", address)
                .query(String.class)
                .single();
    }
}
