package org.pregonero.dispatcher.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pregonero.channels.Reason;
import org.pregonero.channels.SendOutcome;

class JudgeTest {

    private static final Instant NOW = Instant.parse("2026-11-23T15:00:00Z");
    private static final SendOutcome LINE_LOST =
            new SendOutcome.Unknown(new Reason(Reason.Code.CONNECTION_LOST, null, "after DATA"));
    private static final EngineProperties.Retry RETRY =
            new EngineProperties.Retry(Duration.ofSeconds(30), Duration.ofHours(1), 4);

    @ParameterizedTest
    @CsvSource({"ASK, IN_DOUBT", "ASSUME_SENT, ACCEPTED"})
    void aDoubtIsNotSentAgainUnlessTheOfficeSaysSo(EngineProperties.InDoubt policy, DeliveryState state) {
        var verdict = new Judge(RETRY, policy).judge(LINE_LOST, 0, NOW);

        assertThat(verdict.state()).isEqualTo(state);
        assertThat(verdict.counted()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0, 30", "1, 60", "2, 120"})
    void whatIsSentAgainWaitsLongerEachTime(int attempts, long seconds) {
        var verdict = new Judge(RETRY, EngineProperties.InDoubt.SEND_AGAIN).judge(LINE_LOST, attempts, NOW);

        assertThat(verdict.state()).isEqualTo(DeliveryState.PENDING);
        assertThat(verdict.counted()).isTrue();
        assertThat(verdict.notBefore()).isBetween(NOW.plusMillis(seconds * 800), NOW.plusMillis(seconds * 1200));
    }

    @Test
    void aQuotaThatIsSpentLeavesTheWaitToTheChannel() {
        var spent = new SendOutcome.Deferred(
                new Reason(Reason.Code.QUOTA_SPENT, "550 5.4.5", "daily limit"), Duration.ofDays(1));

        var verdict = new Judge(RETRY, EngineProperties.InDoubt.ASK).judge(spent, 0, NOW);

        assertThat(verdict.state()).isEqualTo(DeliveryState.PENDING);
        assertThat(verdict.counted())
                .as("or one that is refused for itself would stop the channel for ever")
                .isTrue();
        assertThat(verdict.notBefore()).isBefore(NOW.plus(Duration.ofHours(1)));
    }

    @Test
    void whatWasSentAgainToTheLastAttemptIsInDoubt() {
        var verdict = new Judge(RETRY, EngineProperties.InDoubt.SEND_AGAIN).judge(LINE_LOST, 3, NOW);

        assertThat(verdict.state()).isEqualTo(DeliveryState.IN_DOUBT);
    }
}
