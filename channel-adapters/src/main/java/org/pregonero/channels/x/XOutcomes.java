package org.pregonero.channels.x;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pregonero.channels.ProviderWords;
import org.pregonero.channels.Reason;
import org.pregonero.channels.SendOutcome;
import org.pregonero.channels.SendOutcome.ChannelDown;
import org.pregonero.channels.SendOutcome.Deferred;
import org.pregonero.channels.SendOutcome.Rejected;
import org.pregonero.channels.SendOutcome.Unknown;
import org.springframework.http.HttpHeaders;

/**
 * Translates what X answers when it does not do what it was asked for.
 *
 * @see <a href="https://docs.x.com/x-api/fundamentals/response-codes-and-errors">response codes and errors</a>
 * @see <a href="https://docs.x.com/x-api/fundamentals/rate-limits">rate limits</a>
 */
final class XOutcomes {

    /** What a request was for: after a post of unknown end nothing may be repeated. */
    enum Step {
        PREPARING,
        POSTING
    }

    private static final String RECONNECT =
            "X ya no acepta el acceso a la cuenta: reconecte la cuenta. Genere de nuevo el"
                    + " token de acceso con permiso de lectura y escritura en el portal de desarrolladores de X y póngalo en"
                    + " pregonero.channels.x.access-token y pregonero.channels.x.access-token-secret. Si el token es nuevo,"
                    + " revise la hora de este equipo: X no acepta firmas de otra hora.";
    private static final String MAY_NOT =
            "X no permite publicar con esta cuenta o aplicación: entre a X para ver si la cuenta"
                    + " está bloqueada y revise en el portal de desarrolladores que la aplicación tenga permiso de escritura. Si"
                    + " cambia el permiso, reconecte la cuenta: genere de nuevo pregonero.channels.x.access-token y"
                    + " pregonero.channels.x.access-token-secret.";
    private static final String NO_CREDIT = "La cuenta de X no tiene saldo para publicar: recárguelo en el portal de"
            + " desarrolladores de X (pregonero.channels.x.consumer-key dice de qué aplicación).";
    private static final String NOT_THE_API =
            "La dirección de pregonero.channels.x.base-url no responde como la API de X."
                    + " Corríjala o quítela para usar la de X.";
    private static final String UNREACHABLE = "No se puede llegar a X. Revise la conexión a internet de este equipo y"
            + " pregonero.channels.x.base-url.";

    /** Most specific last: a used-up day outweighs the quarter of an hour. */
    private static final List<String> LIMITS = List.of("x-rate-limit", "x-user-limit-24hour", "x-app-limit-24hour");

    private final Clock clock;
    private final List<String> credentials;

    /** @param credentials what must never be repeated from X's words */
    XOutcomes(Clock clock, List<String> credentials) {
        this.clock = clock;
        this.credentials = credentials;
    }

    SendOutcome of(NoAnswerException trouble, Step step) {
        if (trouble.surelyNotSent()) {
            return new ChannelDown(trouble.reason(), UNREACHABLE);
        }
        return step == Step.POSTING ? new Unknown(trouble.reason()) : new Deferred(trouble.reason(), null);
    }

    /** @param secrets what, beside the credentials, must not be repeated from X's words */
    SendOutcome of(XAnswer answer, Step step, @Nullable String... secrets) {
        int status = answer.status();
        if (answer.ok()) {
            return uncertain(answer, Reason.Code.MALFORMED_ANSWER, step, secrets);
        }
        if (status == 401) {
            return new ChannelDown(reason(Reason.Code.AUTHENTICATION, answer, secrets), RECONNECT);
        }
        if (status == 402) {
            return new ChannelDown(reason(Reason.Code.CONFIGURATION, answer, secrets), NO_CREDIT);
        }
        if (status == 403 && answer.saysAccountMayNot()) {
            return new ChannelDown(reason(Reason.Code.AUTHENTICATION, answer, secrets), MAY_NOT);
        }
        if (status == 404 || status / 100 == 3) {
            return new ChannelDown(reason(Reason.Code.CONFIGURATION, answer, secrets), NOT_THE_API);
        }
        if (status == 413) {
            return new Rejected(reason(Reason.Code.TOO_LARGE, answer, secrets));
        }
        if (status == 429) {
            return new Deferred(reason(Reason.Code.RATE_LIMITED, answer, secrets), untilReset(answer.headers()));
        }
        return status / 100 == 4 && status != 408
                ? new Rejected(reason(Reason.Code.CONTENT_REFUSED, answer, secrets))
                : uncertain(answer, Reason.Code.PROVIDER_TROUBLE, step, secrets);
    }

    private SendOutcome uncertain(XAnswer answer, Reason.Code code, Step step, @Nullable String... secrets) {
        Reason reason = reason(code, answer, secrets);
        return step == Step.POSTING ? new Unknown(reason) : new Deferred(reason, null);
    }

    private Reason reason(Reason.Code code, XAnswer answer, @Nullable String... secrets) {
        @Nullable
        String[] hidden =
                Stream.concat(credentials.stream(), Stream.of(secrets)).toArray(String[]::new);
        return new Reason(code, Integer.toString(answer.status()), ProviderWords.redacted(answer.problem(), hidden));
    }

    /** The headers tell seconds since 1970. */
    private @Nullable Duration untilReset(HttpHeaders headers) {
        Optional<Instant> reset = Optional.empty();
        for (String limit : LIMITS) {
            boolean usedUp = number(headers, limit + "-remaining").orElse(limit.equals("x-rate-limit") ? 0 : 1) == 0;
            OptionalLong at = number(headers, limit + "-reset");
            if (usedUp && at.isPresent()) {
                Instant candidate = Instant.ofEpochSecond(at.getAsLong());
                reset = Optional.of(reset.filter(candidate::isBefore).orElse(candidate));
            }
        }
        return reset.map(at -> Duration.between(clock.instant(), at))
                .filter(wait -> !wait.isNegative())
                .orElse(null);
    }

    private static OptionalLong number(HttpHeaders headers, String name) {
        String value = headers.getFirst(name);
        try {
            return value == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(value.strip()));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
