package org.pregonero.dispatcher.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pregonero.dispatcher.reach.Coverage;
import org.pregonero.dispatcher.reach.Reach;
import org.pregonero.dispatcher.testing.MailServer;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.beans.factory.annotation.Autowired;

/** What the engine does with every broker: whom it writes to, what becomes of it, and how people stop it. */
abstract class EngineTest extends RunningEngine {

    @Autowired
    Deliveries deliveries;

    @Autowired
    FanOut fanOut;

    @Autowired
    Reach reach;

    @Autowired
    Broker broker;

    @Autowired
    AmqpAdmin admin;

    @Autowired
    RabbitTemplate rabbit;

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
    void whatChangesInAnAudienceLaterChangesNoFigureOfWhatWasSent() {
        var audience = audience("antes", 20);
        var other = audience("despues", 5);
        target(audience, 30);
        target(other, 10);
        jdbc.sql("insert into audience_member select :other, contact_id from audience_member"
                        + " where audience_id = :audience order by contact_id limit 4")
                .param("other", audienceId(other))
                .param("audience", audienceId(audience))
                .update();
        var occurrence = send(List.of(audience, other));
        var figures = reach.of(occurrence).people();

        jdbc.sql("delete from audience_member where audience_id = :audience")
                .param("audience", audienceId(audience))
                .update();
        people(other, 3, "GRANTED", "nueva");
        target(audience, 3);

        assertThat(reach.of(occurrence).people()).isEqualTo(figures);
        assertThat(figures)
                .extracting(Coverage::name, Coverage::channel, Coverage::target, Coverage::registered)
                .containsExactly(
                        tuple("", "", 36L, 25L),
                        tuple("", "EMAIL", 36L, 25L),
                        tuple(audience, "", 30L, 20L),
                        tuple(audience, "EMAIL", 30L, 20L),
                        tuple(other, "", 10L, 9L),
                        tuple(other, "EMAIL", 10L, 9L));
    }

    private void target(String audience, int people) {
        jdbc.sql("update audience set target_size = :people where id = :id")
                .param("people", people)
                .param("id", audienceId(audience))
                .update();
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
    void aSmallNoticeIsNotStuckBehindALargeInvitation() {
        MAIL.takeTime(15);
        var large = start(List.of(audience("grande", 1500)), null);
        await().atMost(PATIENCE).until(() -> MAIL.count() > 50);

        var small = send(audience("pequeno", 10));

        assertThat(counts(small)).isEqualTo(Map.of("ACCEPTED", 10L));
        assertThat(count(large, DeliveryState.PENDING)).isGreaterThan(500);
    }
}
