package org.pregonero.channels.email;

import static org.pregonero.channels.Reason.Code.AUTHENTICATION;
import static org.pregonero.channels.Reason.Code.BLOCKED;
import static org.pregonero.channels.Reason.Code.CONFIGURATION;
import static org.pregonero.channels.Reason.Code.CONTENT_REFUSED;
import static org.pregonero.channels.Reason.Code.INVALID_ADDRESS;
import static org.pregonero.channels.Reason.Code.MAILBOX_FULL;
import static org.pregonero.channels.Reason.Code.PROVIDER_TROUBLE;
import static org.pregonero.channels.Reason.Code.QUOTA_SPENT;
import static org.pregonero.channels.Reason.Code.RATE_LIMITED;
import static org.pregonero.channels.Reason.Code.TLS;
import static org.pregonero.channels.Reason.Code.TOO_LARGE;
import static org.pregonero.channels.Reason.Code.UNKNOWN_RECIPIENT;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pregonero.channels.ProviderWords;
import org.pregonero.channels.Reason;
import org.pregonero.channels.SendOutcome;
import org.pregonero.channels.SendOutcome.Accepted;
import org.pregonero.channels.SendOutcome.ChannelDown;
import org.pregonero.channels.SendOutcome.Deferred;
import org.pregonero.channels.SendOutcome.Rejected;
import org.pregonero.channels.SendOutcome.Unknown;
import org.pregonero.channels.email.TransactionEnd.Answered;
import org.pregonero.channels.email.TransactionEnd.Lost;
import org.pregonero.channels.email.TransactionEnd.Phase;

/**
 * What a mail server's answer means for a delivery. The enhanced status code (RFC 3463) decides where there is one, the
 * three digits (RFC 5321, 4.2.3) and the step where not.
 */
final class ReplyTranslator {

    private static final Pattern QUEUE_ID =
            Pattern.compile("(?i)(?:\\bqueued (?:mail )?(?:as|for delivery as)|\\bid=) ?<?([A-Za-z0-9._/-]{4,80})>?");
    private static final Pattern RATE = Pattern.compile("(?i)too many|too fast|rate|throttl|limit|quota exceeded for");

    /** The account has sent what it may for now: Google's code, and three of Microsoft's. */
    private static final Set<String> ALLOWANCE_SPENT = Set.of("5.4.5", "5.1.90", "5.7.232", "5.7.233");

    private static final Pattern ALLOWANCE =
            Pattern.compile("(?i)\\b(?:daily|hourly|sending|submission|outbound)\\b.{0,40}"
                    + "\\b(?:limit|quota)\\b|mails per (?:hour|day)\\b");
    private static final Pattern HOURLY = Pattern.compile("(?i)per hour|hourly");
    private static final Pattern RELAY = Pattern.compile(
            "(?i)relay(?:ing)?\\b.{0,30}(?:denied|not permitted|not allowed|prohibited)|unable to relay|not permitted to relay");
    private static final Pattern WAIT = Pattern.compile("(?i)\\b(\\d{1,5}) ?(s|secs?|seconds?|m|mins?|minutes?)\\b");

    private final @Nullable String username;
    private final @Nullable String password;

    ReplyTranslator(@Nullable String username, @Nullable String password) {
        this.username = username;
        this.password = password;
    }

    SendOutcome outcome(TransactionEnd end, UUID token, Mailbox to) {
        if (end instanceof Lost lost) {
            return outcome(lost);
        }
        Answered answered = (Answered) end;
        SmtpReply reply = answered.reply();
        if (reply.completed()) {
            return new Accepted(queueId(reply, token, to), reply.codes());
        }
        String words = words(reply, to);
        if (allowanceSpent(reply)) {
            // Befalls every recipient alike and passes by itself, whatever the first digit says.
            return new Deferred(new Reason(QUOTA_SPENT, reply.codes(), words), untilAllowed(reply));
        }
        if (reply.transientFailure()) {
            return new Deferred(new Reason(transientCode(reply), reply.codes(), words), wait(reply));
        }
        return refusal(answered.phase(), reply, words);
    }

    private static boolean allowanceSpent(SmtpReply reply) {
        boolean ofTheMailboxOrTheSize =
                reply.enhanced().startsWith("2.", 2) || reply.enhanced().endsWith(".3.4");
        return ALLOWANCE_SPENT.contains(reply.enhanced())
                || (!ofTheMailboxOrTheSize && ALLOWANCE.matcher(reply.text()).find());
    }

    private static Duration untilAllowed(SmtpReply reply) {
        Duration named = wait(reply);
        if (named != null) {
            return named;
        }
        return HOURLY.matcher(reply.text()).find() ? Duration.ofHours(1) : Duration.ofDays(1);
    }

    private static SendOutcome outcome(Lost lost) {
        Reason reason = new Reason(lost.trouble(), null, lost.detail());
        // Before the final dot the server must throw away what it has; from there on nobody here can tell.
        return lost.phase() == Phase.END ? new Unknown(reason) : new Deferred(reason, null);
    }

    private SendOutcome refusal(Phase phase, SmtpReply reply, String words) {
        String enhanced = reply.enhanced();
        if (reply.code() == 530
                && !enhanced.equals("5.7.8")
                && reply.text().toUpperCase(Locale.ROOT).contains("TLS")) {
            return down(TLS, reply, words, Advice.TLS_DEMANDED);
        }
        if (reply.code() == 530 || reply.code() == 534 || reply.code() == 535 || enhanced.equals("5.7.8")) {
            return down(AUTHENTICATION, reply, words, Advice.AUTHENTICATION);
        }
        if (RELAY.matcher(reply.text()).find()) {
            // Would befall every recipient alike, and is not theirs.
            return down(AUTHENTICATION, reply, words, Advice.RELAY);
        }
        if (enhanced.equals("5.3.4") || (phase == Phase.MAIL && reply.code() == 552)) {
            return rejected(TOO_LARGE, reply, words);
        }
        return switch (phase) {
            case MAIL -> down(CONFIGURATION, reply, words, Advice.SENDER);
            case RCPT -> recipientRefused(reply, words);
            case DATA, BODY, END -> rejected(messageCode(reply), reply, words);
        };
    }

    private static SendOutcome recipientRefused(SmtpReply reply, String words) {
        Reason.Code code = recipientCode(reply);
        if (code == PROVIDER_TROUBLE) {
            // A quarrel about the protocol, not about the recipient.
            return new Deferred(new Reason(code, reply.codes(), words), null);
        }
        return rejected(code, reply, words);
    }

    private static Reason.Code recipientCode(SmtpReply reply) {
        String enhanced = reply.enhanced();
        switch (enhanced) {
            case "5.1.1", "5.1.6", "5.2.1" -> {
                return UNKNOWN_RECIPIENT;
            }
            case "5.1.2", "5.1.3", "5.1.10", "5.4.4" -> {
                return INVALID_ADDRESS;
            }
            case "5.2.2" -> {
                return MAILBOX_FULL;
            }
            case "5.2.3" -> {
                return TOO_LARGE;
            }
            default -> {
                if (enhanced.startsWith("5.7.")) {
                    return BLOCKED;
                }
            }
        }
        return switch (reply.code()) {
            case 550, 551 -> UNKNOWN_RECIPIENT;
            case 501, 553, 521, 556 -> INVALID_ADDRESS;
            case 552 -> MAILBOX_FULL;
            case 554 -> BLOCKED;
            default -> PROVIDER_TROUBLE;
        };
    }

    private static Reason.Code messageCode(SmtpReply reply) {
        return switch (reply.enhanced()) {
            case "5.1.1", "5.2.1" -> UNKNOWN_RECIPIENT;
            case "5.2.2" -> MAILBOX_FULL;
            case "5.2.3" -> TOO_LARGE;
            default -> reply.code() == 552 ? TOO_LARGE : CONTENT_REFUSED;
        };
    }

    private static Reason.Code transientCode(SmtpReply reply) {
        if (reply.enhanced().equals("4.2.2")) {
            return MAILBOX_FULL;
        }
        return RATE.matcher(reply.text()).find() ? RATE_LIMITED : PROVIDER_TROUBLE;
    }

    /** Greylisting servers often name the time. */
    private static @Nullable Duration wait(SmtpReply reply) {
        Matcher matcher = WAIT.matcher(reply.text());
        if (!matcher.find()) {
            return null;
        }
        long number = Long.parseLong(matcher.group(1));
        boolean seconds = matcher.group(2).toLowerCase(Locale.ROOT).startsWith("s");
        return seconds ? Duration.ofSeconds(number) : Duration.ofMinutes(number);
    }

    /** The server's name for the message; where it gives none, ours, which stands in the Message-ID. */
    private String queueId(SmtpReply reply, UUID token, Mailbox to) {
        Matcher matcher = QUEUE_ID.matcher(words(reply, to));
        return matcher.find() ? matcher.group(1) : token.toString();
    }

    private String words(SmtpReply reply, Mailbox to) {
        return ProviderWords.redacted(reply.text(), password, username, to.local(), to.name());
    }

    private static SendOutcome rejected(Reason.Code code, SmtpReply reply, String words) {
        return new Rejected(new Reason(code, reply.codes(), words));
    }

    private static SendOutcome down(Reason.Code code, SmtpReply reply, String words, String advice) {
        return new ChannelDown(new Reason(code, reply.codes(), words), advice);
    }
}
