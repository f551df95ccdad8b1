package org.pregonero.channels.twilio;

import com.twilio.exception.ApiException;
import com.twilio.exception.TwilioException;
import com.twilio.rest.api.v2010.Account;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.rest.api.v2010.account.MessageCreator;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pregonero.channels.CheckResult;
import org.pregonero.channels.OutboundMessage;
import org.pregonero.channels.Reason;
import org.pregonero.channels.SendOutcome;
import org.pregonero.channels.SendOutcome.ChannelDown;
import org.pregonero.channels.SendOutcome.Rejected;
import org.pregonero.channels.SendOutcome.Unknown;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to one account at Twilio, shared by its channels. Wrong settings do not keep the application from
 * starting: every channel then says which setting to correct.
 */
final class TwilioLine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TwilioLine.class);

    /** How far Twilio's clock, which writes whole seconds, may be behind ours. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    /** For how long a message that Twilio took may be missing in its list. */
    private static final Duration SETTLED = Duration.ofMinutes(2);

    private static final Pattern NOT_A_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private final Clock clock;
    private final String problem;
    private final @Nullable SingleRequest http;
    private final @Nullable TwilioClient client;
    private final @Nullable String authToken;
    private final @Nullable String callbackUrl;

    TwilioLine(TwilioProperties settings, Clock clock) {
        this.clock = clock;
        this.problem = String.join(" · ", settings.problems());
        this.authToken = settings.authToken();
        this.callbackUrl = settings.callbackUrl();
        if (problem.isEmpty()) {
            this.http = new SingleRequest(settings);
            this.client =
                    new TwilioClient(String.valueOf(settings.accountSid()), String.valueOf(settings.authToken()), http);
        } else {
            this.http = null;
            this.client = null;
        }
    }

    /** A line whose settings could not even be read. */
    TwilioLine(String problem) {
        this.clock = Clock.systemUTC();
        this.problem = problem;
        this.http = null;
        this.client = null;
        this.authToken = null;
        this.callbackUrl = null;
    }

    /** What keeps a channel from working, in Spanish with the settings' names, or an empty text. */
    String problem(Sender sender) {
        String all = Stream.of(problem, sender.problem())
                .filter(text -> !text.isEmpty())
                .reduce((first, second) -> first + " · " + second)
                .orElse("");
        if (!all.isEmpty()) {
            LOG.error("A channel of Twilio is off until its settings are corrected: {}", all);
        }
        return all;
    }

    /** What a channel hands over. */
    record Letter(OutboundMessage message, Sender sender, String recipient, String text) {

        Outcomes outcomes(@Nullable String authToken) {
            return new Outcomes(
                    sender.key(),
                    Stream.concat(
                                    Stream.of(authToken, message.address(), message.recipientName()),
                                    // A refusal may quote a part of the text.
                                    NOT_A_WORD
                                            .splitAsStream(text)
                                            .filter(word -> word.length() > 3)
                                            .distinct())
                            .filter(Objects::nonNull)
                            .map(String::valueOf)
                            .toList());
        }
    }

    SendOutcome send(Letter letter, MessageCreator creator) {
        TwilioClient twilio = client;
        if (twilio == null) {
            return new ChannelDown(misconfigured(), problem);
        }
        if (callbackUrl != null) {
            creator.setStatusCallback(
                    URI.create(callbackUrl + "/" + letter.message().token()));
        }
        try {
            return Outcomes.of(creator.create(twilio));
        } catch (TwilioException trouble) {
            return letter.outcomes(authToken).of(trouble);
        }
    }

    /**
     * Looks for a message among those to the same number. Twilio's list says neither the callback address nor anything else
     * of ours, so the text has to tell: exactly one message since then with this text is ours. Messages that there are, but
     * with another text or more than once, may or may not be ours (Twilio replaces characters and addresses where a service
     * is set to), so then the answer is unknown.
     *
     * <p>That there is none is believed only some time after the attempt: the list may lag behind, and a process that stood
     * still in the middle of its attempt may yet make it.
     *
     * <p>The list is not narrowed by {@code DateSent}: a message that still waits at Twilio has no such date, and whether the
     * filter finds it is not documented. Taking it for absent would send it twice.
     */
    Optional<SendOutcome> find(Letter letter, Instant since) {
        TwilioClient twilio = client;
        if (twilio == null) {
            return Optional.of(new Unknown(misconfigured()));
        }
        TwilioClient.Listing listing;
        try {
            listing = twilio.messagesTo(letter.recipient());
        } catch (TwilioException trouble) {
            return Optional.of(
                    new Unknown(letter.outcomes(authToken).failed(trouble).reason()));
        }
        Instant earliest = since.minus(SKEW);
        List<Message> candidates = listing.messages().stream()
                .filter(message -> message.getDirection() != Message.Direction.INBOUND)
                .filter(message -> message.getDateCreated() == null
                        || !message.getDateCreated().toInstant().isBefore(earliest))
                .toList();
        List<Message> ours = candidates.stream()
                .filter(message -> message.getBody() != null && same(message.getBody(), letter.text()))
                .toList();
        if (ours.size() == 1) {
            return Optional.of(Outcomes.of(ours.get(0)));
        }
        if (candidates.isEmpty() && listing.complete()) {
            return clock.instant().isBefore(since.plus(SETTLED))
                    ? Optional.of(new Unknown(new Reason(
                            Reason.Code.CONNECTION_LOST, null, "Twilio todavía no tiene mensajes a este número")))
                    : Optional.empty();
        }
        return Optional.of(new Unknown(new Reason(
                Reason.Code.CONNECTION_LOST, null, "Twilio tiene mensajes a este número que pueden ser este o no")));
    }

    private static boolean same(String one, String other) {
        return BLANKS.matcher(one)
                .replaceAll(" ")
                .strip()
                .equals(BLANKS.matcher(other).replaceAll(" ").strip());
    }

    /** Asks for the account, which every credential of it may see. */
    CheckResult check(Sender sender) {
        TwilioClient twilio = client;
        if (twilio == null) {
            return new CheckResult.Failed(misconfigured(), problem);
        }
        Outcomes outcomes = new Outcomes(sender.key(), authToken == null ? List.of() : List.of(authToken));
        try {
            Account account = Account.fetcher().fetch(twilio);
            Account.Status status = account == null ? null : account.getStatus();
            if (status == null) {
                return outcomes.failed(new ApiException("Not an account"));
            }
            return status == Account.Status.ACTIVE
                    ? new CheckResult.Ok()
                    : outcomes.failed(new RefusedException(403, 0, "cuenta " + status, null));
        } catch (TwilioException trouble) {
            return outcomes.failed(trouble);
        }
    }

    static Reason misconfigured() {
        return new Reason(Reason.Code.CONFIGURATION, null, "configuración de Twilio");
    }

    static SendOutcome notANumber() {
        return new Rejected(
                new Reason(Reason.Code.INVALID_ADDRESS, null, "no tiene la forma de un número internacional"));
    }

    @Override
    public void close() {
        if (http != null) {
            http.close();
        }
    }
}
