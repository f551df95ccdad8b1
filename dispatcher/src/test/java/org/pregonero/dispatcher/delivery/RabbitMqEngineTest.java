package org.pregonero.dispatcher.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pregonero.dispatcher.testing.RabbitMq;
import org.pregonero.dispatcher.testing.TestServers;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The engine with RabbitMQ, as an installation on several machines has it. */
@Tag("once")
class RabbitMqEngineTest extends EngineTest {

    @BeforeAll
    static void startEmpty() {
        RabbitMq.require();
        RabbitMq.delete(List.of("pregonero.deliver.EMAIL", "pregonero.deliver.POSTER", "pregonero.unreadable"));
    }

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry registry) {
        TestServers.registerDatabase(registry);
        RabbitMq.register(registry);
    }

    @Test
    void aQueueDeletedInTheMiddleLosesAndRepeatsNothing() {
        aDeletedQueueLosesAndRepeatsNothing();
    }

    @Test
    void queuesAreQuorumQueuesUnlessSomebodyWantsOthers() {
        assertThat(RabbitMq.control("list_queues", "name", "type").lines())
                .anySatisfy(line -> assertThat(line).matches("pregonero\\.deliver\\.EMAIL\\s+quorum"));
    }

    @Test
    void aBrokerStoppedInTheMiddleLosesAndRepeatsNothing() {
        var audience = audience("apagado", 400);
        MAIL.takeTime(100);
        var occurrence = start(List.of(audience), null);
        await().atMost(PATIENCE).until(() -> MAIL.count() > 20);

        RabbitMq.control("stop_app");
        try {
            assertThat(MAIL.count()).as("sent before the broker was gone").isLessThan(400);
            // What was handed to the worker before is still sent; then nothing moves.
            awaitNothingUnderWay(occurrence);
            assertThat(counts(occurrence).get("ACCEPTED")).isLessThan(400L);
        } finally {
            MAIL.takeTime(0);
            RabbitMq.control("start_app");
        }

        awaitEnd(occurrence, Duration.ofSeconds(60));
        assertEverybodyHasItOnce(occurrence, 400);
    }
}
