package org.pregonero.channels.twilio;

import com.twilio.exception.TwilioException;
import com.twilio.rest.api.v2010.account.Message;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.pregonero.channels.CheckResult;
import org.pregonero.channels.ProviderWords;
import org.pregonero.channels.Reason;
import org.pregonero.channels.SendOutcome;
import org.pregonero.channels.SendOutcome.Accepted;
import org.pregonero.channels.SendOutcome.ChannelDown;
import org.pregonero.channels.SendOutcome.Deferred;
import org.pregonero.channels.SendOutcome.Rejected;
import org.pregonero.channels.SendOutcome.Unknown;

/**
 * Translates what Twilio answers, or that it does not.
 *
 * @param senderKey the channel's setting that names the sender
 * @param secrets what must not appear in a reason
 */
record Outcomes(String senderKey, List<String> secrets) {

    /** The daily cap is counted over the last 24 hours (Twilio's error 63038). */
    private static final Duration UNTIL_TOMORROW = Duration.ofHours(24);

    private static final String UNREACHABLE =
            "Twilio no responde. Revise la red, el cortafuegos y" + " pregonero.channels.twilio.base-url.";
    private static final String UNTRUSTED = "La conexión segura con Twilio no se pudo establecer. Revise"
            + " pregonero.channels.twilio.base-url, la hora de esta máquina y si un proxy intercepta la conexión.";
    private static final String CREDENTIALS = "Twilio no aceptó las credenciales o suspendió la cuenta. Revise"
            + " pregonero.channels.twilio.account-sid y .auth-token, y el estado de la cuenta en la consola de Twilio.";
    private static final String NO_ACCOUNT =
            "Twilio no conoce esa cuenta. Revise" + " pregonero.channels.twilio.account-sid y .base-url.";
    private static final String CALLBACK = "Twilio no acepta la dirección de retorno. Revise"
            + " pregonero.channels.twilio.callback-url y pregonero.public-url: debe ser pública y https://.";

    /** What Twilio says of a message that it has. */
    static SendOutcome of(@Nullable Message message) {
        String sid = message == null ? null : message.getSid();
        if (message == null || sid == null || sid.isBlank()) {
            return malformed();
        }
        Message.Status status = message.getStatus();
        if (status == Message.Status.FAILED
                || status == Message.Status.UNDELIVERED
                || status == Message.Status.CANCELED) {
            Integer code = message.getErrorCode();
            return new Rejected(givenUp(code == null ? 0 : code, status.toString()));
        }
        return new Accepted(sid, status == null ? null : status.toString());
    }

    static Unknown malformed() {
        return new Unknown(new Reason(Reason.Code.MALFORMED_ANSWER, null, "respuesta que no es de Twilio"));
    }

    /** Why Twilio gave a message up after it had taken it. */
    static Reason givenUp(int code, String status) {
        return new Reason(ErrorCodes.reason(code), code == 0 ? null : Integer.toString(code), status);
    }

    /** Trouble other than a refusal or silence is an answer that cannot be read. */
    SendOutcome of(TwilioException trouble) {
        if (trouble instanceof RefusedException refusal) {
            return of(refusal);
        }
        return trouble instanceof NoAnswerException silence ? of(silence) : malformed();
    }

    private SendOutcome of(RefusedException refusal) {
        int status = refusal.status();
        if (status >= 500) {
            return new Unknown(reason(Reason.Code.PROVIDER_TROUBLE, refusal));
        }
        if (status < 400) {
            return malformed();
        }
        return switch (ErrorCodes.meaning(refusal.code())) {
            case MESSAGE -> new Rejected(reason(ErrorCodes.reason(refusal.code()), refusal));
            case RATE -> new Deferred(reason(Reason.Code.RATE_LIMITED, refusal), refusal.retryAfter());
            case DAILY_CAP -> new Deferred(reason(Reason.Code.QUOTA_SPENT, refusal), UNTIL_TOMORROW);
            case CREDENTIALS -> new ChannelDown(reason(Reason.Code.AUTHENTICATION, refusal), CREDENTIALS);
            case SENDER ->
                new ChannelDown(
                        reason(Reason.Code.CONFIGURATION, refusal),
                        "Twilio no acepta el remitente. Revise " + senderKey
                                + ": debe ser de esta cuenta y servir para este canal.");
            case CALLBACK -> new ChannelDown(reason(Reason.Code.CONFIGURATION, refusal), CALLBACK);
            case UNKNOWN -> byStatus(refusal);
        };
    }

    private SendOutcome byStatus(RefusedException refusal) {
        return switch (refusal.status()) {
            case 401, 403 -> new ChannelDown(reason(Reason.Code.AUTHENTICATION, refusal), CREDENTIALS);
            case 404 -> new ChannelDown(reason(Reason.Code.CONFIGURATION, refusal), NO_ACCOUNT);
            case 429 -> new Deferred(reason(Reason.Code.RATE_LIMITED, refusal), refusal.retryAfter());
            default -> new Rejected(reason(Reason.Code.CONTENT_REFUSED, refusal));
        };
    }

    private SendOutcome of(NoAnswerException silence) {
        if (silence.handedOver()) {
            return new Unknown(new Reason(Reason.Code.CONNECTION_LOST, null, broken(silence)));
        }
        if (timedOut(silence) && !(silence.getCause() instanceof SocketTimeoutException)) {
            // The wait for a free connection, which says nothing of Twilio.
            return new Deferred(new Reason(Reason.Code.CONNECTION_LOST, null, broken(silence)), null);
        }
        return silence.getCause() instanceof SSLException
                ? new ChannelDown(new Reason(Reason.Code.TLS, null, "conexión segura"), UNTRUSTED)
                : new ChannelDown(new Reason(Reason.Code.UNREACHABLE, null, "sin conexión"), UNREACHABLE);
    }

    /** What the same trouble means to a question that sends nothing. */
    CheckResult.Failed failed(TwilioException trouble) {
        SendOutcome outcome = of(trouble);
        if (outcome instanceof ChannelDown down) {
            return new CheckResult.Failed(down.reason(), down.advice());
        }
        if (outcome instanceof Deferred deferred) {
            return new CheckResult.Failed(deferred.reason(), UNREACHABLE);
        }
        Reason reason = outcome instanceof Rejected rejected ? rejected.reason() : ((Unknown) outcome).reason();
        return new CheckResult.Failed(reason, UNREACHABLE);
    }

    private Reason reason(Reason.Code code, RefusedException refusal) {
        return new Reason(
                code,
                Integer.toString(refusal.code() == 0 ? refusal.status() : refusal.code()),
                ProviderWords.redacted(refusal.words(), secrets.toArray(String[]::new)));
    }

    private static boolean timedOut(NoAnswerException silence) {
        return silence.getCause() instanceof InterruptedIOException;
    }

    private static String broken(NoAnswerException silence) {
        return timedOut(silence) ? "tiempo agotado" : "conexión interrumpida";
    }
}
