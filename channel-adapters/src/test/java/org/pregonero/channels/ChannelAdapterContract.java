package org.pregonero.channels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pregonero.channels.SendOutcome.Accepted;
import org.pregonero.channels.SendOutcome.ChannelDown;
import org.pregonero.channels.SendOutcome.Deferred;
import org.pregonero.channels.SendOutcome.Published;
import org.pregonero.channels.SendOutcome.Rejected;
import org.pregonero.channels.SendOutcome.Unknown;

/**
 * What every adapter owes the engine. An adapter's test inherits this and says how its provider is brought into each
 * situation; a situation that its protocol does not know is answered with the reason why.
 */
public abstract class ChannelAdapterContract {

    /** What can befall a message on its way. */
    public enum Situation {
        /** The provider takes it. */
        ACCEPTED,
        /** The provider refuses it for good. */
        REJECTED,
        /** The provider asks to come back later. */
        RATE_LIMITED,
        /** The provider has trouble of its own. */
        PROVIDER_TROUBLE,
        /** The provider cannot be reached at all. */
        UNREACHABLE,
        /** The provider falls silent before it has the message. */
        TIMEOUT_BEFORE_HANDOVER,
        /** The provider falls silent when it has the message. */
        TIMEOUT_AFTER_HANDOVER,
        /** The provider has the message and answers with something meaningless. */
        MALFORMED_ANSWER,
        /** The provider does not know us. */
        BAD_CREDENTIALS
    }

    private final CapturedLog log = new CapturedLog();

    /** An adapter whose provider is in this situation. */
    protected abstract ChannelAdapter adapterIn(Situation situation);

    protected abstract OutboundMessage message();

    /** Whether there is anybody to hand a message over to. */
    protected boolean handsOver() {
        return true;
    }

    /** How often the provider was given the message, in whole or in part. */
    protected abstract int handovers();

    /** The exact request of an accepted message, without what differs from run to run. */
    protected abstract void assertExactRequest();

    /** Texts that must appear in no log line: secrets, the address, the name, the content. */
    protected abstract List<String> privateTexts();

    /** Why this channel cannot come into the situation; empty when it can. */
    protected Optional<String> notApplicable(Situation situation) {
        return Optional.empty();
    }

    /** The outcome that the situation must have. */
    protected Class<? extends SendOutcome> expected(Situation situation) {
        return switch (situation) {
            case ACCEPTED -> Accepted.class;
            case REJECTED -> Rejected.class;
            case RATE_LIMITED, PROVIDER_TROUBLE, TIMEOUT_BEFORE_HANDOVER -> Deferred.class;
            case UNREACHABLE, BAD_CREDENTIALS -> ChannelDown.class;
            case TIMEOUT_AFTER_HANDOVER, MALFORMED_ANSWER -> Unknown.class;
        };
    }

    /** The reason that the situation must have; null when the outcome carries none. */
    protected Reason.@Nullable Code expectedReason(Situation situation) {
        return switch (situation) {
            case ACCEPTED -> null;
            case REJECTED -> Reason.Code.UNKNOWN_RECIPIENT;
            case RATE_LIMITED -> Reason.Code.RATE_LIMITED;
            case PROVIDER_TROUBLE -> Reason.Code.PROVIDER_TROUBLE;
            case UNREACHABLE -> Reason.Code.UNREACHABLE;
            case TIMEOUT_BEFORE_HANDOVER, TIMEOUT_AFTER_HANDOVER -> Reason.Code.CONNECTION_LOST;
            case MALFORMED_ANSWER -> Reason.Code.MALFORMED_ANSWER;
            case BAD_CREDENTIALS -> Reason.Code.AUTHENTICATION;
        };
    }

    @AfterEach
    void stopListening() {
        log.close();
    }

    @ParameterizedTest
    @EnumSource
    void everySituationHasItsOutcomeAndNothingIsSentTwiceOrLogged(Situation situation) {
        Optional<String> notApplicable = notApplicable(situation);
        if (notApplicable.isPresent()) {
            assertThat(notApplicable.get()).isNotBlank();
            return;
        }

        SendOutcome outcome = adapterIn(situation).send(message());

        assertThat(outcome).isInstanceOf(expected(situation));
        assertThat(reasonOf(outcome)).isEqualTo(expectedReason(situation));
        assertThat(handovers()).isLessThanOrEqualTo(1);
        assertNothingPrivateIn(log.text());
        assertNothingPrivateIn(outcome.toString().replace(message().token().toString(), ""));
    }

    @Test
    void acceptedMessageIsExactlyTheExpectedRequestSentOnce() {
        SendOutcome outcome = adapterIn(Situation.ACCEPTED).send(message());

        assertThat(outcome).isInstanceOf(expected(Situation.ACCEPTED));
        assertThat(handovers()).isEqualTo(handsOver() ? 1 : 0);
        assertExactRequest();
    }

    @Test
    void checkSaysOkWhenAllIsWellAndHandsNothingOver() {
        assertThat(adapterIn(Situation.ACCEPTED).check()).isInstanceOf(CheckResult.Ok.class);

        assertThat(handovers()).isZero();
    }

    @Test
    void checkGivesAdviceWhenTheProviderIsAway() {
        CheckResult result = adapterIn(Situation.UNREACHABLE).check();

        assertThat(result).isInstanceOfSatisfying(CheckResult.Failed.class, failed -> {
            assertThat(failed.reason().code()).isEqualTo(expectedReason(Situation.UNREACHABLE));
            assertThat(failed.advice()).contains("pregonero.channels.");
        });
    }

    private void assertNothingPrivateIn(String text) {
        for (String secret : privateTexts()) {
            assertThat(text).doesNotContain(secret);
        }
    }

    private static Reason.@Nullable Code reasonOf(SendOutcome outcome) {
        if (outcome instanceof Rejected rejected) {
            return rejected.reason().code();
        }
        if (outcome instanceof Deferred deferred) {
            return deferred.reason().code();
        }
        if (outcome instanceof ChannelDown down) {
            return down.reason().code();
        }
        if (outcome instanceof Unknown unknown) {
            return unknown.reason().code();
        }
        assertThat(outcome).isInstanceOfAny(Accepted.class, Published.class);
        return null;
    }
}
