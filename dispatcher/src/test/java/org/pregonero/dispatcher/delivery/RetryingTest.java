package org.pregonero.dispatcher.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pregonero.channels.ProviderEvent.Status;
import org.pregonero.channels.Reason;
import org.pregonero.channels.Reason.Code;
import org.pregonero.channels.SendOutcome;
import org.pregonero.dispatcher.delivery.ReportedStatuses.Report;
import org.pregonero.dispatcher.message.OccurrenceState;
import org.pregonero.dispatcher.message.RefusedException;
import org.pregonero.dispatcher.testing.MailServer;
import org.pregonero.dispatcher.testing.MailServer.Behaviour;
import org.pregonero.dispatcher.testing.SharedServers;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.transaction.support.TransactionTemplate;

/** A person sends again what failed; and the counts that pages show agree with the deliveries. */
@ContextConfiguration(initializers = SharedServers.class)
class RetryingTest extends RunningEngine {

    @Autowired
    Retrying retrying;

    @Autowired
    Settlement settlement;

    @Autowired
    Deliveries deliveries;

    @Autowired
    ReportedStatuses statuses;

    @Autowired
    TransactionTemplate transaction;

    @Test
    void whoseAddressWasCorrectedIsWrittenToThere() {
        var audience = audience("corregidos", 3);
        var wrong = address(audience, 1);
        MAIL.treat(wrong, Behaviour.REFUSE);
        var occurrence = send(audience);
        assertThat(delivery(occurrence, wrong).reasonCode()).isEqualTo("UNKNOWN_RECIPIENT");

        assertThat(retrying.retry(occurrence, EMAIL.code(), DeliveryState.REJECTED, "UNKNOWN_RECIPIENT", office))
                .as("to the same address")
                .isZero();
        var right = "corregida@" + audience + ".example.org";
        jdbc.sql("update contact_address set address = :right where address = :wrong")
                .param("right", right)
                .param("wrong", wrong)
                .update();
        assertThat(retrying.retry(occurrence, EMAIL.code(), DeliveryState.REJECTED, "UNKNOWN_RECIPIENT", office))
                .isEqualTo(1);
        awaitEnd(occurrence);

        assertThat(counts(occurrence)).isEqualTo(Map.of("ACCEPTED", 3L));
        assertThat(MAIL.accepted())
                .extracting(MailServer.Mail::recipient)
                .containsExactlyInAnyOrder(right, address(audience, 2), address(audience, 3));
        assertThat(report.history(delivery(occurrence, right).id()))
                .extracting(DeliveryReport.Step::to)
                .containsExactly(
                        DeliveryState.PENDING,
                        DeliveryState.QUEUED,
                        DeliveryState.SENDING,
                        DeliveryState.REJECTED,
                        DeliveryState.PENDING,
                        DeliveryState.QUEUED,
                        DeliveryState.SENDING,
                        DeliveryState.ACCEPTED);
        assertCountsAgree(occurrence);
    }

    @Test
    void whoCouldNotBeWrittenToGetsItOnceTheyCan() {
        var audience = audience("sin-correo", 2);
        var contact = personWithout(audience, "Sin correo");
        var other = personWithout(audience, "Tampoco");
        var occurrence = send(audience);
        for (var person : List.of(contact, other)) {
            jdbc.sql(
                            "insert into contact_address (contact_id, kind, address, valid) values (:id, 'EMAIL', :address, true)")
                    .param("id", person)
                    .param("address", "nueva@" + audience + ".example.org")
                    .update();
        }
        jdbc.sql("""
                        insert into consent (contact_id, channel, purpose, decision, means, decided_at, evidence)
                        select id, 'EMAIL', 'rendicion-de-cuentas', 'GRANTED', 'prueba', now(), 'prueba'
                        from unnest(array[:one, :other]) as people (id)
                        """).param("one", contact).param("other", other).update();

        assertThat(retrying.retry(occurrence, EMAIL.code(), DeliveryState.SKIPPED, "NO_ADDRESS", office))
                .as("both have the same address, which is written to once")
                .isEqualTo(1);
        awaitEnd(occurrence);

        assertThat(counts(occurrence)).isEqualTo(Map.of("ACCEPTED", 3L, "SKIPPED", 1L));
        assertThat(MAIL.received()).extracting(MailServer.Mail::recipient).doesNotHaveDuplicates();
        assertCountsAgree(occurrence);
    }

    @Test
    void whatFailedForAPassingCauseGoesOutAgainAndFinishesAgain() {
        staged.answers(message -> new SendOutcome.Rejected(new Reason(Code.PROVIDER_TROUBLE, "503", "later")));
        var occurrence = start(staged, audience(staged, "pasajero", 5));
        awaitEnd(occurrence);
        staged.forget();

        assertThat(retrying.retry(occurrence, "STAGED", DeliveryState.REJECTED, "PROVIDER_TROUBLE", office))
                .isEqualTo(5);
        awaitEnd(occurrence);

        assertThat(counts(occurrence)).isEqualTo(Map.of("ACCEPTED", 5L));
        assertThat(retrying.retry(occurrence, "STAGED", DeliveryState.REJECTED, "PROVIDER_TROUBLE", office))
                .as("nothing is left to send again")
                .isZero();
        assertCountsAgree(occurrence);
    }

    @Test
    void whatIsToldLateOfTheFirstAttemptDoesNotEndTheNextOne() {
        staged.answers(message -> new SendOutcome.Accepted("primero", null));
        var audience = audience(staged, "informe-tardio", 1);
        var occurrence = start(staged, audience);
        awaitEnd(occurrence);
        var id = delivery(occurrence, address(audience, 1)).id();
        tell(id, "primero", Status.UNDELIVERED);
        channels.pause(staged.channel(), office);
        assertThat(retrying.retry(occurrence, "STAGED", DeliveryState.UNDELIVERED, "MAILBOX_FULL", office))
                .isEqualTo(1);

        for (var late : List.of(Status.ACCEPTED, Status.UNDELIVERED)) {
            tell(id, "primero", late);
            tell(id, null, late);
            assertThat(delivery(occurrence, address(audience, 1)).state()).isEqualTo(DeliveryState.PENDING);
        }
        staged.answers(message -> new SendOutcome.Accepted("segundo", null));
        channels.resume(staged.channel(), office);
        awaitEnd(occurrence);
        tell(id, "primero", Status.UNDELIVERED);
        assertThat(delivery(occurrence, address(audience, 1)).state()).isEqualTo(DeliveryState.ACCEPTED);
        tell(id, "segundo", Status.UNDELIVERED);
        assertThat(delivery(occurrence, address(audience, 1)).state()).isEqualTo(DeliveryState.UNDELIVERED);
        assertThat(staged.handedOver()).hasSize(2);
        assertCountsAgree(occurrence);
    }

    private void tell(long delivery, @Nullable String providerId, Status status) {
        var token = jdbc.sql("select token from delivery where id = :id")
                .param("id", delivery)
                .query(UUID.class)
                .single();
        var reason = status == Status.UNDELIVERED ? new Reason(Code.MAILBOX_FULL, null, "") : null;
        transaction.executeWithoutResult(
                all -> statuses.apply(List.of(new Report(1, false, token, providerId, status, reason))));
    }

    @Test
    void onlyWhatReachedNobodyMayBeSentAgain() {
        var audience = audience("nadie", 1);
        var occurrence = send(audience);
        var sent = delivery(occurrence, address(audience, 1)).id();

        for (var state : List.of(DeliveryState.ACCEPTED, DeliveryState.IN_DOUBT, DeliveryState.CANCELLED)) {
            assertThatThrownBy(() -> retrying.retry(occurrence, EMAIL.code(), state, "MAILBOX_FULL", office))
                    .isInstanceOf(RefusedException.class);
        }
        assertThatThrownBy(() -> retrying.retry(
                        occurrence, EMAIL.code(), DeliveryState.UNDELIVERED, "SETTLED_BY_PERSON", office))
                .isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> force(sent, "PENDING", "RETRIED_BY_PERSON"))
                .as("the database itself keeps what was accepted from going back")
                .isInstanceOf(DataAccessException.class);
        force(sent, "UNDELIVERED", "MAILBOX_FULL");
        assertThatThrownBy(() -> force(sent, "PENDING", null))
                .as("and lets only a person's word send again what failed")
                .isInstanceOf(DataAccessException.class);
        control.cancel(occurrence, office);
        assertCountsAgree(occurrence);
    }

    @Test
    void aCancelledSendingIsNotTakenUpAgain() {
        var audience = audience("cancelado", 2);
        personWithout(audience, "Sin correo");
        channels.pause(EMAIL, office);
        var occurrence = start(List.of(audience), null);
        org.awaitility.Awaitility.await().atMost(PATIENCE).until(() -> report.fannedOut(occurrence));
        control.cancel(occurrence, office);

        assertThatThrownBy(() -> retrying.retry(occurrence, EMAIL.code(), DeliveryState.SKIPPED, "NO_ADDRESS", office))
                .isInstanceOf(RefusedException.class);
        assertThat(occurrences.find(occurrence).orElseThrow().state()).isEqualTo(OccurrenceState.CANCELLED);
        assertCountsAgree(occurrence);
    }

    @Test
    void allDoubtsOfACauseAreSettledAtOnce() {
        staged.answers(message -> new SendOutcome.Unknown(new Reason(Code.CONNECTION_LOST, null, "cut")));
        var occurrence = start(staged, audience(staged, "dudas", 4));
        awaitEnd(occurrence);
        assertThat(counts(occurrence)).isEqualTo(Map.of("IN_DOUBT", 4L));
        staged.forget();

        assertThat(settlement.settleAll(occurrence, "STAGED", "CONNECTION_LOST", Settlement.Finding.NOT_SENT, office))
                .isEqualTo(4);
        awaitEnd(occurrence);

        assertThat(counts(occurrence)).isEqualTo(Map.of("ACCEPTED", 4L));
        assertCountsAgree(occurrence);
    }

    private void force(long delivery, String state, @Nullable String reason) {
        jdbc.sql("update delivery set state = :state, reason_code = :reason, changed_at = now() where id = :id")
                .param("state", state)
                .param("reason", reason)
                .param("id", delivery)
                .update();
    }

    /** What the triggers counted is what there is, before and after it is added up. */
    private void assertCountsAgree(long occurrence) {
        for (var round = 0; round < 2; round++) {
            assertThat(jdbc.sql("""
                            select channel, state, reason_code, sum(deliveries)::bigint as n from delivery_count
                            where occurrence_id = :id group by 1, 2, 3 having sum(deliveries) <> 0 order by 1, 2, 3
                            """).param("id", occurrence).query().listOfRows())
                    .isEqualTo(jdbc.sql("""
                            select channel, state, reason_code, count(*) as n from delivery
                            where occurrence_id = :id and reminds is null group by 1, 2, 3 order by 1, 2, 3
                            """).param("id", occurrence).query().listOfRows());
            jdbc.sql("update delivery_count set at = at - interval '1 hour' where at > '-infinity'")
                    .update();
            deliveries.addUpCounts();
        }
    }
}
