package org.pregonero.channels.twilio;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Set;
import org.pregonero.channels.Reason;

/** What Twilio's error codes mean to us, from <a href="https://www.twilio.com/docs/api/errors">its dictionary</a>. */
final class ErrorCodes {

    /** What is wrong with one message or its recipient; the same whether told at once or in a callback. */
    private static final Map<Integer, Reason.Code> OF_MESSAGE = Map.ofEntries(
            entry(21211, Reason.Code.INVALID_ADDRESS), // not a number
            entry(21217, Reason.Code.INVALID_ADDRESS),
            entry(21614, Reason.Code.INVALID_ADDRESS), // not a mobile number
            entry(21635, Reason.Code.INVALID_ADDRESS), // a landline
            entry(30006, Reason.Code.INVALID_ADDRESS), // a landline
            entry(30005, Reason.Code.UNKNOWN_RECIPIENT),
            entry(63003, Reason.Code.UNKNOWN_RECIPIENT), // no such WhatsApp user
            entry(63024, Reason.Code.UNKNOWN_RECIPIENT),
            entry(30003, Reason.Code.RECIPIENT_UNREACHABLE), // switched off or without coverage
            entry(21610, Reason.Code.BLOCKED), // answered STOP
            entry(30004, Reason.Code.BLOCKED),
            entry(63014, Reason.Code.BLOCKED), // blocked us on WhatsApp
            entry(63032, Reason.Code.BLOCKED), // Meta leaves this user out
            entry(63049, Reason.Code.BLOCKED),
            entry(21408, Reason.Code.CONFIGURATION), // the account may not send to that country
            entry(21612, Reason.Code.CONFIGURATION), // no way from this sender to that number, which another may reach
            entry(21617, Reason.Code.TOO_LARGE),
            entry(21655, Reason.Code.CONTENT_REFUSED), // no such template
            entry(21656, Reason.Code.CONTENT_REFUSED), // variables that do not fit it
            entry(30007, Reason.Code.CONTENT_REFUSED), // filtered by the operator
            entry(63005, Reason.Code.CONTENT_REFUSED),
            entry(63013, Reason.Code.CONTENT_REFUSED),
            entry(63021, Reason.Code.CONTENT_REFUSED),
            entry(63027, Reason.Code.CONTENT_REFUSED), // no such template in that language
            entry(63028, Reason.Code.CONTENT_REFUSED), // wrong number of variables
            entry(63016, Reason.Code.OUTSIDE_WINDOW),
            entry(30008, Reason.Code.PROVIDER_TROUBLE));

    /** Too much in too short a time, or a full queue. Nothing was done with the request. */
    private static final Set<Integer> RATE = Set.of(20429, 14107, 21611, 30001, 63017, 63018);

    private static final Set<Integer> DAILY_CAP = Set.of(63038);

    private static final Set<Integer> CREDENTIALS = Set.of(20003, 20005, 20006);

    /** The sender is not ours, not of this channel, or a service without numbers. */
    private static final Set<Integer> SENDER =
            Set.of(21212, 21603, 21606, 21659, 21660, 21661, 21701, 21703, 21704, 21705, 63007);

    private static final Set<Integer> CALLBACK = Set.of(21609);

    /** What an answer means. */
    enum Meaning {
        MESSAGE,
        RATE,
        DAILY_CAP,
        CREDENTIALS,
        SENDER,
        CALLBACK,
        UNKNOWN
    }

    private ErrorCodes() {}

    static Meaning meaning(int code) {
        if (OF_MESSAGE.containsKey(code)) {
            return Meaning.MESSAGE;
        }
        if (RATE.contains(code)) {
            return Meaning.RATE;
        }
        if (DAILY_CAP.contains(code)) {
            return Meaning.DAILY_CAP;
        }
        if (CREDENTIALS.contains(code)) {
            return Meaning.CREDENTIALS;
        }
        if (SENDER.contains(code)) {
            return Meaning.SENDER;
        }
        return CALLBACK.contains(code) ? Meaning.CALLBACK : Meaning.UNKNOWN;
    }

    /** Why a message was given up. */
    static Reason.Code reason(int code) {
        return switch (meaning(code)) {
            case RATE -> Reason.Code.RATE_LIMITED;
            case DAILY_CAP -> Reason.Code.QUOTA_SPENT;
            case CREDENTIALS -> Reason.Code.AUTHENTICATION;
            case SENDER, CALLBACK -> Reason.Code.CONFIGURATION;
            case MESSAGE, UNKNOWN -> OF_MESSAGE.getOrDefault(code, Reason.Code.PROVIDER_TROUBLE);
        };
    }
}
