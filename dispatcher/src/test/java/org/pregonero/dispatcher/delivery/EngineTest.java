package org.pregonero.dispatcher.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.pregonero.channels.Channel;
import org.pregonero.dispatcher.institution.Institution;
import org.pregonero.dispatcher.institution.Institutions;
import org.pregonero.dispatcher.message.Contents;
import org.pregonero.dispatcher.message.OccurrenceRequest;
import org.pregonero.dispatcher.testing.MailServer;
import org.pregonero.dispatcher.testing.MailServer.Behaviour;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.dao.DataAccessException;

/** What the engine does with every broker: whom it writes to, what becomes of it, and how people stop it. */
abstract class EngineTest extends RunningEngine {

    @Autowired
    Settlement settlement;

    @Autowired
    Deliveries deliveries;

    @Autowired
    FanOut fanOut;

    @Autowired
    Broker broker;

    @Autowired
    AmqpAdmin admin;

    @Autowired
    RabbitTemplate rabbit;

    @Autowired
    Institutions institutions;

    @Autowired
    AutowireCapableBeanFactory beans;

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

        var occurrence = send(List.of(audience, other));

        assertEverybodyHasItOnce(occurrence, 30);
    }

    @Test
    void fanningOutAgainAddsNobody() {
        var audience = audience("repetido", 150);
        var occurrence = send(audience);
        jdbc.sql("update fan_out set done = false, after_contact = 0 where occurrence_id = :id")
                .param("id", occurrence)
                .update();

        fanOut.run(occurrences.find(occurrence).orElseThrow());

        assertEverybodyHasItOnce(occurrence, 150);
    }

    @Test
    void aChannelThatIsNoLongerConfiguredSkipsItsPeopleByName() {
        var audience = audience("sin-canal", 100);
        var message = drafting.write(draft(EMAIL, List.of(audience)), office);
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

        assertThat(counts(occurrence)).isEqualTo(Map.of("ACCEPTED", 100L, "SKIPPED", 102L));
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
        var message = drafting.write(draft(EMAIL, List.of(audience("antes", 1))), office);
        var occurrence = scheduling
                .schedule(
                        message.messageId(),
                        new OccurrenceRequest(Instant.now().plusSeconds(3600), null, "prueba", null),
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
        assertThat(delivery(occurrence, address(audience, 1)).state()).isEqualTo(DeliveryState.ACCEPTED);
        assertThat(delivery(occurrence, address(audience, 2)).state()).isEqualTo(DeliveryState.REJECTED);
        assertThat(delivery(occurrence, address(audience, 3)).state()).isEqualTo(DeliveryState.ACCEPTED);
        assertThat(delivery(occurrence, address(audience, 4)).state()).isEqualTo(DeliveryState.IN_DOUBT);
        assertThat(delivery(occurrence, address(audience, 5)).state()).isEqualTo(DeliveryState.IN_DOUBT);
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

        var delivery = deliveries(occurrence).get(0);
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
        await().atMost(PATIENCE).until(() -> "SYSTEM".equals(channel(EMAIL).pausedBy()));
        var paused = channel(EMAIL);
        assertThat(paused.reasonCode()).isEqualTo("UNREACHABLE");
        assertThat(paused.advice()).isNotBlank();
        MAIL.comeBack();
        awaitEnd(occurrence);

        assertEverybodyHasItOnce(occurrence, 40);
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

        assertEverybodyHasItOnce(occurrence, 400);
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

        assertEverybodyHasItOnce(occurrence, 400);
    }

    @Test
    void aConsignmentThatComesTwiceFindsNothingToClaim() {
        var audience = audience("doble", 60);
        var occurrence = send(audience);
        var ids = deliveries(occurrence).stream().map(DeliveryReport.Row::id).toList();

        broker.publish(new Consignment(EMAIL, ids));
        await().atMost(PATIENCE).until(() -> broker.drained(EMAIL));

        var next = send(audience("despues", 5));
        assertThat(counts(next)).isEqualTo(Map.of("ACCEPTED", 5L));
        assertThat(MAIL.count()).isEqualTo(65);
    }

    @Test
    void whatIsNotOursInTheQueueIsKeptAsideAndTheRestGoesOn() {
        admin.deleteQueue("pregonero.unreadable");
        rabbit.convertAndSend("", broker.queue(EMAIL).getName(), "not a consignment");

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
        awaitNothingUnderWay(occurrence);
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
        awaitNothingUnderWay(occurrence);

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
        assertThat(count(large, DeliveryState.PENDING)).isGreaterThan(500);
    }

    @Test
    void theRateOfAChannelIsKept() {
        var limits = new EngineProperties.Limits(50.0, null, 100, 8, EngineProperties.InDoubt.ASK);
        var states = new ChannelStates(jdbc, deliveries, Clock.systemUTC());
        states.register(new Channel("PRUEBA"));
        var day = LocalDate.of(2026, 11, 23);

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
        var delivery = deliveries(occurrence).get(0);

        assertThat(report.history(delivery.id()))
                .extracting(DeliveryReport.Step::to)
                .containsExactly(
                        DeliveryState.PENDING, DeliveryState.QUEUED, DeliveryState.SENDING, DeliveryState.ACCEPTED);
    }

    @Test
    void aVerdictOnAnOldClaimChangesNothing() {
        var occurrence = send(audience("viejo", 1));
        var row = deliveries(occurrence).get(0);
        var claim = new Claimed(
                row.id(), UUID.randomUUID(), 1, row.address(), null, null, Map.of(), 0, Instant.EPOCH, false);

        var moved = deliveries.record(
                UUID.randomUUID(),
                List.of(new Deliveries.Judged(claim, Verdict.of(DeliveryState.REJECTED, "INTERNAL"))));

        assertThat(moved).isZero();
        assertThat(counts(occurrence)).isEqualTo(Map.of("ACCEPTED", 1L));
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
                now.selfApproval(),
                now.senderName(),
                now.replyTo(),
                now.version()));
    }
}
