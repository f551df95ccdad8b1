package org.pregonero.dispatcher.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.pregonero.dispatcher.institution.Institution;
import org.pregonero.dispatcher.institution.Institutions;
import org.pregonero.dispatcher.message.Contents;
import org.pregonero.dispatcher.message.Occurrence;
import org.pregonero.dispatcher.message.OccurrenceRequest;
import org.pregonero.dispatcher.message.OccurrenceState;
import org.pregonero.dispatcher.testing.MailServer;
import org.pregonero.dispatcher.testing.MailServer.Behaviour;
import org.pregonero.dispatcher.testing.SharedServers;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.test.context.ContextConfiguration;

/** The engine with the broker that {@code bin/pregonero} starts inside the process; and what it does whatever the broker. */
@ContextConfiguration(initializers = SharedServers.class)
class EmbeddedBrokerEngineTest extends EngineTest {

    @Autowired
    Institutions institutions;

    @Autowired
    Settlement settlement;

    @Autowired
    AutowireCapableBeanFactory beans;

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
            rename(approved.name());
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

            assertThat(occurrences.find(occurrence).orElseThrow())
                    .returns(OccurrenceState.AWAITING_APPROVAL, Occurrence::state)
                    .returns("INSTITUTION_CHANGED", Occurrence::voidedBecause);
        } finally {
            rename(approved.name());
        }
    }

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
    void theDatabaseRefusesToGoBack() {
        var occurrence = send(audience("atras", 1));

        assertThatThrownBy(() -> jdbc.sql("update delivery set state = 'QUEUED' where occurrence_id = :id")
                        .param("id", occurrence)
                        .update())
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("ACCEPTED to QUEUED");
        for (var change : List.of(
                "delete from delivery_log",
                "truncate delivery_log",
                "delete from consent",
                "update consent set decision = 'GRANTED'")) {
            assertThatThrownBy(() -> jdbc.sql(change).update())
                    .as(change)
                    .isInstanceOf(DataAccessException.class)
                    .hasMessageContaining("never changed");
        }
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
