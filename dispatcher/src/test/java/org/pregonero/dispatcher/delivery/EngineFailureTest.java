package org.pregonero.dispatcher.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pregonero.channels.ChannelAdapter;
import org.pregonero.channels.CheckResult;
import org.pregonero.channels.OutboundMessage;
import org.pregonero.channels.Reason;
import org.pregonero.channels.SendOutcome;
import org.pregonero.dispatcher.message.ContactHours;
import org.pregonero.dispatcher.message.Contents;
import org.pregonero.dispatcher.testing.SharedServers;
import org.pregonero.dispatcher.testing.TestServers;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.integration.jdbc.lock.JdbcLockRegistry;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.transaction.CannotCreateTransactionException;

/** What the engine does when the things around it fail. */
@ContextConfiguration(initializers = SharedServers.class)
@ExtendWith(OutputCaptureExtension.class)
class EngineFailureTest extends RunningEngine {

    @Autowired
    JdbcLockRegistry locks;

    @Autowired
    Deliveries deliveries;

    @Autowired
    Broker broker;

    @Autowired
    Workers workers;

    @Autowired
    Engine engine;

    @Autowired
    EngineProperties properties;

    @Autowired
    Contents contents;

    @Autowired
    Links links;

    @Autowired
    ContactHours contactHours;

    private static final Reason AWAY = new Reason(Reason.Code.UNREACHABLE, null, "away");

    @Test
    void outcomesWaitForADatabaseThatIsAwayAndNothingIsSentTwice(CapturedOutput output) {
        var audience = audience(staged, "sin-base", 40);
        var database = jdbc.sql("select current_database()").query(String.class).single();
        staged.hold();
        var occurrence = start(staged, audience);
        // Every slot is taken: no claim is on its way while the database goes.
        await().atMost(PATIENCE).until(() -> staged.handedOver().size() == CONCURRENCY);

        TestServers.takeAway(database);
        try {
            staged.letGo();
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(output).contains("they are kept and tried again"));
        } finally {
            TestServers.giveBack(database);
        }
        awaitEnd(occurrence);

        assertThat(counts(occurrence)).isEqualTo(Map.of("ACCEPTED", 40L));
        assertThat(staged.handedOver()).doesNotHaveDuplicates().hasSize(40);
    }

    @Test
    void whatAnAdapterThrowsLeavesThatDeliveryInDoubtAndTheOthersGoOn() {
        var audience = audience(staged, "lanza", 30);
        staged.answers(message -> {
            // More of each kind than there are slots: none may stay taken.
            var person = Integer.parseInt(message.address().replaceAll("persona(\\d+)@.*", "$1"));
            if (person <= 5) {
                throw new NoClassDefFoundError("thrown by the test");
            }
            if (person <= 10) {
                throw new IllegalStateException("thrown by the test");
            }
            return StagedChannel.accept(message);
        });

        var occurrence = start(staged, audience);
        awaitEnd(occurrence);

        assertThat(counts(occurrence)).isEqualTo(Map.of("ACCEPTED", 20L, "IN_DOUBT", 10L));
        assertThat(reasons(occurrence)).isEqualTo(Map.of("INTERNAL", 10L));
        assertThat(delivery(occurrence, address(audience, 1)).state()).isEqualTo(DeliveryState.IN_DOUBT);
        assertThat(delivery(occurrence, address(audience, 10)).state()).isEqualTo(DeliveryState.IN_DOUBT);
        assertThat(staged.handedOver()).doesNotHaveDuplicates().hasSize(30);
        assertThat(channel(staged.channel()).pausedBy()).isNull();
    }

    @Test
    void aProviderThatCouldNotTellAtFirstIsAskedAgain() {
        var audience = audience(staged, "duda", 3);
        staged.answers(message -> new SendOutcome.Unknown(AWAY));
        var occurrence = start(staged, audience);
        awaitEnd(occurrence);
        assertThat(counts(occurrence)).isEqualTo(Map.of("IN_DOUBT", 3L));

        staged.answers(StagedChannel::accept);
        staged.whenAsked(message -> {
            if (message.address().equals(address(audience, 1))) {
                return Optional.of(StagedChannel.accept(message));
            }
            return message.address().equals(address(audience, 2))
                    ? Optional.empty()
                    : StagedChannel.cannotTell(message);
        });
        change(occurrence, "changed_at = now() - interval '3 minutes'");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(counts(occurrence)).isEqualTo(Map.of("ACCEPTED", 2L, "IN_DOUBT", 1L)));
        awaitEnd(occurrence);
        assertThat(staged.handedOver())
                .as("who was there is not written to again, nor who may be")
                .containsExactlyInAnyOrder(
                        address(audience, 1), address(audience, 2), address(audience, 2), address(audience, 3));
        assertThat(delivery(occurrence, address(audience, 1)).attempts()).isEqualTo(1);
        assertThat(delivery(occurrence, address(audience, 2)).attempts()).isEqualTo(2);
    }

    @Test
    void whatADeadProcessWasSendingIsNotInDoubtWhileItsProviderMayStillFindOut() {
        var audience = audience(staged, "muerto", 1);
        staged.hold();
        var occurrence = start(staged, audience);
        await().atMost(PATIENCE).until(() -> staged.handedOver().size() == 1);

        change(occurrence, "claimed_by = gen_random_uuid()");
        await().atMost(PATIENCE)
                .until(() -> jdbc.sql("select not_before > now() from delivery where occurrence_id = :occurrence")
                        .param("occurrence", occurrence)
                        .query(Boolean.class)
                        .single());
        assertThat(counts(occurrence)).isEqualTo(Map.of("SENDING", 1L));

        staged.whenAsked(message -> Optional.of(StagedChannel.accept(message)));
        change(occurrence, "not_before = now()");
        awaitEnd(occurrence);
        assertThat(counts(occurrence)).isEqualTo(Map.of("ACCEPTED", 1L));
        assertThat(staged.handedOver()).hasSize(1);
    }

    @Test
    void whatADeadProcessWasSendingOnAChannelThatWasRemovedSinceIsInDoubt() {
        staged.hold();
        var occurrence = start(staged, audience(staged, "sin-canal", 1));
        await().atMost(PATIENCE).until(() -> staged.handedOver().size() == 1);

        change(occurrence, "claimed_by = gen_random_uuid(), channel = 'REMOVED'");

        await().atMost(PATIENCE).until(() -> counts(occurrence).equals(Map.of("IN_DOUBT", 1L)));
        awaitEnd(occurrence);
    }

    /** What a provider that is slow, or a broker that reconnects, makes of a consignment. */
    @Test
    void whatComesAgainWhileItIsSentIsNotTakenForAClaimWithoutAnAnswer() {
        var audience = audience(staged, "otra-vez", 3);
        var slow = new CountDownLatch(1);
        staged.answers(message -> {
            if (message.address().equals(address(audience, 1))) {
                StagedChannel.pass(slow);
            }
            return StagedChannel.accept(message);
        });
        // Instead of the relay, this test decides what the broker gets.
        var relay = locks.obtain("relay-" + staged.channel());
        relay.lock();
        try {
            var occurrence = start(staged, audience);
            await().atMost(PATIENCE).until(() -> report.fannedOut(occurrence));
            var ids = deliveries.queueDue(staged.channel(), 10, true);
            broker.publish(new Consignment(staged.channel(), ids.subList(0, 1)));
            await().atMost(PATIENCE).until(() -> staged.handedOver().size() == 1);
            broker.publish(new Consignment(staged.channel(), ids.subList(0, 2)));
            await("the second is sent, so the first was asked for again")
                    .atMost(PATIENCE)
                    .until(() -> counts(occurrence).equals(Map.of("SENDING", 1L, "ACCEPTED", 1L, "QUEUED", 1L)));
            jdbc.sql("update delivery set state = 'SENDING', claimed_by = :self where id = :id")
                    .param("self", workers.self())
                    .param("id", ids.get(2))
                    .update();
            change(occurrence, "claimed_at = now() - interval '3 minutes'");

            engine.releaseUnknown();

            assertThat(delivery(occurrence, address(audience, 1)).state()).isEqualTo(DeliveryState.SENDING);
            assertThat(delivery(occurrence, address(audience, 3)).state())
                    .as("claimed, but the answer never came")
                    .isEqualTo(DeliveryState.PENDING);
        } finally {
            slow.countDown();
            relay.unlock();
        }
    }

    private void change(long occurrence, String what) {
        jdbc.sql("update delivery set " + what + " where occurrence_id = :occurrence")
                .param("occurrence", occurrence)
                .update();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPersonsPauseOutlastsALookAtTheChannelThatWasUnderWay(boolean back) {
        var audience = audience(staged, "mirada", 3);
        var looking = new CountDownLatch(1);
        var looked = new CountDownLatch(1);
        staged.answers(message -> new SendOutcome.ChannelDown(AWAY, "Espere."));
        staged.whenChecked(() -> {
            looking.countDown();
            StagedChannel.pass(looked);
            return back ? new CheckResult.Ok() : new CheckResult.Failed(AWAY, "Espere.");
        });
        var occurrence = start(staged, audience);
        try {
            assertThat(reached(looking)).isTrue();
            assertThat(channel(staged.channel()).pausedBy()).isEqualTo("SYSTEM");
            // A provider that is silent keeps neither the other channels nor the housekeeping waiting.
            send(audience("mirada-mientras", 1));
            channels.pause(staged.channel(), office);
        } finally {
            looked.countDown();
        }

        // A later look than this one.
        metered.answers(message -> new SendOutcome.ChannelDown(AWAY, "Espere."));
        var lookedAgain = new CountDownLatch(1);
        metered.whenChecked(() -> {
            lookedAgain.countDown();
            return new CheckResult.Ok();
        });
        start(metered, audience(metered, "mirada-otra", 1));
        assertThat(reached(lookedAgain)).isTrue();
        metered.answers(StagedChannel::accept);
        assertThat(channel(staged.channel()).pausedBy()).isEqualTo("PERSON");
        assertThat(channel(staged.channel()).reasonCode()).isEqualTo("PAUSED_BY_PERSON");
        assertThat(counts(occurrence)).isEqualTo(Map.of("PENDING", 3L));

        staged.answers(StagedChannel::accept);
        channels.resume(staged.channel(), office);
        awaitEnd(occurrence);
        assertThat(counts(occurrence)).isEqualTo(Map.of("ACCEPTED", 3L));
    }

    @Test
    void aChannelThatCannotBeLookedAtKeepsNoOtherFromComingBack() {
        jdbc.sql("""
                        update channel_state
                        set paused_by = 'SYSTEM', reason_code = 'UNREACHABLE', next_check_at = now(),
                            checks = case channel when 'EMAIL' then 5000 else 0 end
                        where channel in ('EMAIL', 'METERED', 'STAGED')
                        """).update();
        metered.whenChecked(() -> {
            throw new IllegalStateException("a mistake of the adapter");
        });
        MAIL.goDown();

        await().atMost(PATIENCE).until(() -> channel(staged.channel()).pausedBy() == null);
        await("after days, too, the next look is minutes away")
                .atMost(PATIENCE)
                .until(() -> jdbc.sql("""
                                select next_check_at > now() and next_check_at < now() + interval '1 hour'
                                from channel_state where channel = 'EMAIL'
                                """).query(Boolean.class).single());
        assertThat(channel(metered.channel()).pausedBy()).isEqualTo("SYSTEM");
    }

    @Test
    void anAllowanceThatIsSpentStopsTheChannelInsteadOfOfferingTheRestToTheProvider() {
        var spent = new Reason(Reason.Code.QUOTA_SPENT, "550 5.4.5", "Daily sending quota exceeded");
        staged.answers(message -> new SendOutcome.Deferred(spent, Duration.ofDays(1)));
        var occurrence = start(staged, audience(staged, "cupo", 200));

        await().atMost(PATIENCE)
                .until(() -> "QUOTA_SPENT".equals(channel(staged.channel()).reasonCode()));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(counts(occurrence)).isEqualTo(Map.of("PENDING", 200L)));
        channels.check(staged.channel(), office);
        var stopped = channel(staged.channel());
        assertThat(stopped.reasonCode()).as("after a look").isEqualTo("QUOTA_SPENT");
        assertThat(stopped.advice()).contains("cupo");
        assertThat(stopped.nextCheckAt()).isAfter(Instant.now().plus(Duration.ofHours(23)));
        assertThat(staged.handedOver()).hasSizeLessThan(50);

        staged.answers(StagedChannel::accept);
        channels.resume(staged.channel(), office);
        awaitEnd(occurrence);
        assertThat(counts(occurrence)).isEqualTo(Map.of("ACCEPTED", 200L));
    }

    @Test
    void oneThatIsSlowKeepsNoOtherOfItsConsignmentWaiting() {
        var audience = audience(staged, "lento", 60);
        var slow = Set.of(address(audience, 1), address(audience, 21), address(audience, 41));
        var answered = new CountDownLatch(1);
        staged.answers(message -> {
            if (slow.contains(message.address())) {
                StagedChannel.pass(answered);
            }
            return StagedChannel.accept(message);
        });

        var occurrence = start(staged, audience);
        try {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(counts(occurrence))
                    .isEqualTo(Map.of("ACCEPTED", 57L, "SENDING", 3L)));
        } finally {
            answered.countDown();
        }
        awaitEnd(occurrence);
        assertThat(staged.handedOver()).doesNotHaveDuplicates().hasSize(60);
    }

    @Test
    void whatCannotBeReadFromTheDatabaseIsTriedAgain() {
        var channel = new StagedChannel("ILEGIBLE");
        var occurrence = waiting(channel.channel(), 3);
        var away = new Rendering(contents, links) {
            @Override
            OutboundMessage message(ChannelAdapter adapter, Claimed delivery) {
                throw new CannotCreateTransactionException("no connection");
            }
        };
        var worker = new Worker(
                channel,
                workers.self(),
                deliveries,
                channelStates,
                away,
                contactHours,
                properties,
                Clock.systemUTC(),
                Runnable::run);

        worker.send(deliveries.queueDue(channel.channel(), 10, true));
        worker.drain(PATIENCE);

        assertThat(counts(occurrence)).isEqualTo(Map.of("ACCEPTED", 1L, "PENDING", 3L));
        assertThat(reasons(occurrence)).isEqualTo(Map.of("INTERNAL", 3L));
    }

    private static boolean reached(CountDownLatch latch) {
        try {
            return latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
