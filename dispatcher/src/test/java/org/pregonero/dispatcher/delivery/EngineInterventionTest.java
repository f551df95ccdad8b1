package org.pregonero.dispatcher.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pregonero.channels.Channel;
import org.pregonero.dispatcher.institution.ContactPolicies;
import org.pregonero.dispatcher.institution.Institutions;
import org.pregonero.dispatcher.message.OccurrenceState;
import org.pregonero.dispatcher.runtime.DataDirectory;
import org.pregonero.dispatcher.testing.HttpApi;
import org.pregonero.dispatcher.testing.MailServer;
import org.pregonero.dispatcher.testing.MailServer.Behaviour;
import org.pregonero.dispatcher.testing.SharedServers;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.transaction.support.TransactionTemplate;

/** People intervene at moments that are awkward for the engine. */
@ContextConfiguration(initializers = SharedServers.class)
class EngineInterventionTest extends RunningEngine {

    @LocalServerPort
    int port;

    @Autowired
    DataDirectory data;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Deliveries deliveries;

    @Autowired
    Institutions institutions;

    @Autowired
    ContactPolicies policies;

    @Autowired
    Clock clock;

    @Test
    void whoOptsOutWhileARetryWaitsIsNotWrittenToAgain() {
        var api = new HttpApi(port, data.path());
        var audience = audience("aplazado", 2);
        var person = address(audience, 1);
        MAIL.treat(person, Behaviour.DEFER);
        var occurrence = start(List.of(audience), null);
        await().atMost(PATIENCE).until(() -> deliveries(occurrence).stream()
                .anyMatch(row -> person.equals(row.address()) && row.attempts() > 0));
        channels.pause(EMAIL, office);
        awaitNothingUnderWay(occurrence);
        var deferred = delivery(occurrence, person);
        var page = "/baja/"
                + jdbc.sql("select token from delivery where id = :id")
                        .param("id", deferred.id())
                        .query(String.class)
                        .single();

        // A mail scanner opens every link.
        assertThat(api.page(page).status()).isEqualTo(200);
        assertThat(delivery(occurrence, person)).isEqualTo(deferred);
        assertThat(deferred.state()).isEqualTo(DeliveryState.PENDING);
        assertThat(revocations(deferred)).isZero();

        assertThat(api.submit(page, Map.of("List-Unsubscribe", "One-Click")).status())
                .isEqualTo(200);
        assertThat(delivery(occurrence, person).state()).isEqualTo(DeliveryState.CANCELLED);
        assertThat(revocations(deferred)).isEqualTo(1);
        MAIL.treat(person, Behaviour.TAKE);
        channels.resume(EMAIL, office);
        awaitEnd(occurrence);

        assertThat(delivery(occurrence, person).reasonCode()).isEqualTo("OPTED_OUT");
        assertThat(MAIL.received()).extracting(MailServer.Mail::recipient).containsExactly(address(audience, 2));
    }

    @Test
    void anAddressThatWasCorrectedOrRemovedMeanwhileIsNotWrittenTo() {
        var audience = audience("corregido-en-cola", 4);
        channels.pause(EMAIL, office);
        var occurrence = start(List.of(audience), null);
        await().atMost(PATIENCE).until(() -> report.fannedOut(occurrence));
        var corrected = address(audience, 1);
        var removed = address(audience, 2);
        var impossible = address(audience, 3);
        change("update contact_address set address = 'otra-' || address where address = :address", corrected);
        change("delete from contact_address where address = :address", removed);
        change("update contact_address set valid = false where address = :address", impossible);
        channels.resume(EMAIL, office);
        awaitEnd(occurrence);

        assertThat(List.of(corrected, removed, impossible))
                .extracting(address -> delivery(occurrence, address).reasonCode())
                .containsOnly("ADDRESS_GONE");
        assertThat(counts(occurrence)).isEqualTo(Map.of("SKIPPED", 3L, "ACCEPTED", 1L));
        assertThat(MAIL.received()).extracting(MailServer.Mail::recipient).containsExactly(address(audience, 4));
    }

    @Test
    void aCancellationInTheMiddleOfAFanOutLeavesNobodyWithoutAState() {
        // Three chunks, and the second cannot be written while somebody else holds one of its people.
        var audience = audience("a-medias", 200);
        var occurrence = schedule(EMAIL, List.of(audience), null);
        MAIL.takeTime(20);
        var sent = transaction.execute(status -> {
            jdbc.sql("""
                            select id from contact
                            where id = (select contact_id from contact_address where address = :address) for update
                            """)
                    .param("address", address(audience, 101))
                    .query(Long.class)
                    .single();
            elsewhere(() -> {
                scheduling.approve(occurrence, null, office);
                await().atMost(PATIENCE).until(() -> MAIL.count() > 0);
                assertThat(report.fannedOut(occurrence)).isFalse();
                assertThat(control.cancel(occurrence, office)).isTrue();
                awaitNothingUnderWay(occurrence);
                assertThat(counts(occurrence).values().stream()
                                .mapToLong(Long::longValue)
                                .sum())
                        .as("members with a delivery before the fan-out goes on")
                        .isEqualTo(70);
            });
            return MAIL.count();
        });

        await().atMost(PATIENCE).until(() -> report.fannedOut(occurrence));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(counts(occurrence))
                .isEqualTo(Map.of("ACCEPTED", (long) sent, "CANCELLED", 200L - sent)));
        assertThat(MAIL.received()).hasSize(sent);
        assertThat(occurrences.find(occurrence).orElseThrow().state()).isEqualTo(OccurrenceState.CANCELLED);
    }

    @Test
    void whatIsTakenBackDoesNotUseUpTheDay() {
        var channel = metered.channel();
        var audience = audience(metered, "al-dia", PER_DAY + 30);
        metered.hold();
        var occurrence = start(metered, audience);
        var full = Map.of("SENDING", (long) CONCURRENCY, "QUEUED", (long) PER_DAY - CONCURRENCY, "PENDING", 30L);
        var takenBack = Map.of("SENDING", (long) CONCURRENCY, "PENDING", PER_DAY - CONCURRENCY + 30L);
        await().atMost(PATIENCE).until(() -> counts(occurrence).equals(full));

        control.pause(occurrence, office);
        assertThat(counts(occurrence)).isEqualTo(takenBack);
        control.resume(occurrence, office);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(counts(occurrence)).isEqualTo(full));
        channels.pause(channel, office);
        assertThat(counts(occurrence)).isEqualTo(takenBack);
        channels.resume(channel, office);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(counts(occurrence)).isEqualTo(full));
        metered.letGo();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(counts(occurrence))
                .isEqualTo(Map.of("ACCEPTED", (long) PER_DAY, "PENDING", 30L)));

        assertThat(channels.loads())
                .filteredOn(load -> load.channel().equals(channel.code()))
                .extracting(ChannelControl.Load::sentToday)
                .containsExactly(PER_DAY);
        assertThat(metered.handedOver()).doesNotHaveDuplicates().hasSize(PER_DAY);
    }

    @Test
    void whatIsTakenBackAfterMidnightIsNotGivenToTheNewDay() {
        var channel = metered.channel();
        metered.hold();
        var occurrence = start(metered, audience(metered, "medianoche", CONCURRENCY + 10));
        await().atMost(PATIENCE)
                .until(() -> counts(occurrence).equals(Map.of("SENDING", (long) CONCURRENCY, "QUEUED", 10L)));
        jdbc.sql("update channel_state set day_since = now() where channel = 'METERED'")
                .update();

        channels.pause(channel, office);

        assertThat(counts(occurrence)).isEqualTo(Map.of("SENDING", (long) CONCURRENCY, "PENDING", 10L));
        await("what the new day has sent is not less for it")
                .atMost(PATIENCE)
                .until(() -> jdbc.sql("select sent_today from channel_state where channel = 'METERED'")
                                .query(Integer.class)
                                .single()
                        == CONCURRENCY + 10);
        metered.letGo();
    }

    @Test
    void outsideContactHoursOnlyWhatHasAReasonLeaves() {
        var today = LocalDate.ofInstant(clock.instant(), institutions.zone());
        var days = List.of(today, today.plusDays(1));
        days.forEach(day -> policies.add(office, day, "Día de la prueba"));
        try {
            staged.hold();
            var audience = audience(staged, "de-noche", CONCURRENCY + 5);
            var occurrence = start(staged, audience);
            await().atMost(PATIENCE)
                    .until(() -> counts(occurrence).equals(Map.of("SENDING", (long) CONCURRENCY, "QUEUED", 5L)));

            reason(occurrence, null);
            await("what no worker has claimed comes back").atMost(PATIENCE).until(() -> counts(occurrence)
                    .equals(Map.of("SENDING", (long) CONCURRENCY, "PENDING", 5L)));
            staged.letGo();
            send(audience("de-noche-con-motivo", 3));
            assertThat(counts(occurrence)).isEqualTo(Map.of("ACCEPTED", (long) CONCURRENCY, "PENDING", 5L));
            assertThat(staged.handedOver()).hasSize(CONCURRENCY);

            reason(occurrence, "urgente");
            awaitEnd(occurrence);
            assertThat(counts(occurrence)).isEqualTo(Map.of("ACCEPTED", CONCURRENCY + 5L));
        } finally {
            days.forEach(day -> policies.remove(office, day));
        }
    }

    /** Changes why an occurrence may leave at night or on a holiday. */
    private void reason(long occurrence, @Nullable String why) {
        jdbc.sql("update occurrence set contact_hours_override = :why where id = :id")
                .param("why", why)
                .param("id", occurrence)
                .update();
    }

    @Test
    void aPersonsPauseAndTheSystemsDoNotWaitForEachOther() {
        staged.hold();
        var occurrence = start(staged, audience(staged, "dos-pausas", CONCURRENCY + 5));
        await().atMost(PATIENCE)
                .until(() -> counts(occurrence).equals(Map.of("SENDING", (long) CONCURRENCY, "QUEUED", 5L)));

        var pause = transaction.execute(status -> {
            jdbc.sql("select channel from channel_state where channel = 'STAGED' for update")
                    .query(String.class)
                    .single();
            var person = CompletableFuture.supplyAsync(() -> control.pause(occurrence, office));
            await().atMost(PATIENCE)
                    .until(() -> jdbc.sql("""
                                    select exists (select from pg_stat_activity
                                                   where datname = current_database() and wait_event_type = 'Lock')
                                    """).query(Boolean.class).single());
            channelStates.pauseBySystem(staged.channel(), "UNREACHABLE", "away", "Espere.", Duration.ofHours(1));
            return person;
        });

        assertThat(pause).succeedsWithin(PATIENCE).isEqualTo(true);
        assertThat(counts(occurrence)).isEqualTo(Map.of("SENDING", (long) CONCURRENCY, "PENDING", 5L));
        staged.letGo();
    }

    @Test
    void aCancellationWaitsForNoDeliveryThatIsBeingWritten() {
        channels.pause(staged.channel(), office);
        var occurrence = start(staged, audience(staged, "cancela-sin-esperar", 20));
        await().atMost(PATIENCE).until(() -> report.fannedOut(occurrence));
        var written = deliveries(occurrence).get(10).id();

        transaction.executeWithoutResult(status -> {
            jdbc.sql("select id from delivery where id = :id for update")
                    .param("id", written)
                    .query(Long.class)
                    .single();
            assertThat(CompletableFuture.supplyAsync(() -> control.cancel(occurrence, office)))
                    .succeedsWithin(PATIENCE)
                    .isEqualTo(true);
            assertThat(counts(occurrence)).isEqualTo(Map.of("CANCELLED", 19L, "PENDING", 1L));
        });

        await("the next round ends it").atMost(PATIENCE).untilAsserted(() -> assertThat(counts(occurrence))
                .isEqualTo(Map.of("CANCELLED", 20L)));
    }

    @Test
    void theRateOfAChannelIsKept() {
        waiting(new Channel("RITMO"), 500);
        var perSecond = new EngineProperties.Limits(50.0, null, 1000, 8, EngineProperties.InDoubt.ASK);
        var perDay = new EngineProperties.Limits(null, 170, 1000, 8, EngineProperties.InDoubt.ASK);

        assertThat(queued(Duration.ZERO, perSecond)).isEqualTo(1);
        assertThat(queued(Duration.ZERO, perSecond)).isZero();
        assertThat(queued(Duration.ofMinutes(1), perSecond))
                .as("a second's, however long nothing left")
                .isEqualTo(50);
        assertThat(queued(Duration.ofMinutes(1), perDay)).isEqualTo(170 - 51);
        assertThat(queued(Duration.ofMinutes(1), perDay)).isZero();
        assertThat(queued(Duration.ofDays(1), perDay)).isEqualTo(170);
        assertThat(queued(Duration.ofDays(1).plusSeconds(1), perSecond))
                .as("what left without a rate is no debt")
                .isEqualTo(50);
    }

    /** How many of the channel leave that long after the test's beginning. */
    private int queued(Duration after, EngineProperties.Limits limits) {
        var states = new ChannelStates(
                jdbc, deliveries, institutions, Clock.fixed(Instant.EPOCH.plus(after), ZoneOffset.UTC));
        return states.queueDue(new Channel("RITMO"), 1000, limits, true).size();
    }

    @Test
    void aCancellationThatTakesLongHoldsUpNoOtherMessage() {
        var large = waiting(new Channel("LENTO"), 1);
        var small = audience("mientras-se-cancela", 3);

        transaction.executeWithoutResult(status -> {
            jdbc.sql("update occurrence set state = 'CANCELLED' where id = :id")
                    .param("id", large)
                    .update();
            assertThat(CompletableFuture.supplyAsync(() -> send(small))).succeedsWithin(PATIENCE);
        });

        assertThat(MAIL.received()).hasSize(3);
    }

    @Test
    void whatIsPausedBecomesUselessToo() {
        channels.pause(EMAIL, office);
        var occurrence = start(List.of(audience("pausa-y-vence", 30)), Duration.ofHours(1));
        await().atMost(PATIENCE).until(() -> report.fannedOut(occurrence));
        assertThat(control.pause(occurrence, office)).isTrue();
        channels.resume(EMAIL, office);

        jdbc.sql("update occurrence set expires_at = due_at + interval '1 microsecond' where id = :id")
                .param("id", occurrence)
                .update();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(counts(occurrence)).isEqualTo(Map.of("EXPIRED", 30L)));
        assertThat(control.resume(occurrence, office)).isTrue();
        awaitEnd(occurrence);
        assertThat(counts(occurrence)).isEqualTo(Map.of("EXPIRED", 30L));
        assertThat(MAIL.received()).isEmpty();
    }

    @Test
    void theApiPausesAndResumesWhatRunsAndRefusesTheRest() {
        var api = new HttpApi(port, data.path());
        staged.hold();
        var occurrence = start(staged, audience(staged, "por-la-api", 10));
        var path = "/api/v1/occurrences/" + occurrence;
        await().atMost(PATIENCE).until(() -> staged.handedOver().size() == CONCURRENCY);

        assertThat(api.ask("POST", path + "/resume", null).status()).isEqualTo(409);
        assertThat(api.post(path + "/pause", "").at("/occurrence/state").asString())
                .isEqualTo("PAUSED");
        assertThat(counts(occurrence)).isEqualTo(Map.of("SENDING", (long) CONCURRENCY, "PENDING", 10L - CONCURRENCY));
        assertThat(api.ask("POST", path + "/pause", null).status()).isEqualTo(409);
        staged.letGo();
        awaitNothingUnderWay(occurrence);
        assertThat(counts(occurrence)).isEqualTo(Map.of("ACCEPTED", (long) CONCURRENCY, "PENDING", 10L - CONCURRENCY));

        assertThat(api.post(path + "/resume", "").at("/occurrence/state").asString())
                .isEqualTo("RUNNING");
        awaitEnd(occurrence);
        assertThat(counts(occurrence)).isEqualTo(Map.of("ACCEPTED", 10L));
        assertThat(List.of("/pause", "/resume", "/cancel"))
                .extracting(step -> api.ask("POST", path + step, null).status())
                .containsOnly(409);
    }

    private void change(String sql, String address) {
        jdbc.sql(sql).param("address", address).update();
    }

    private int revocations(DeliveryReport.Row delivery) {
        return jdbc.sql("select count(*) from consent where contact_id = :contact and decision = 'REVOKED'")
                .param("contact", delivery.contactId())
                .query(Integer.class)
                .single();
    }

    /** Does something outside of the transaction of this thread. */
    private static void elsewhere(Runnable work) {
        CompletableFuture.runAsync(work).join();
    }
}
