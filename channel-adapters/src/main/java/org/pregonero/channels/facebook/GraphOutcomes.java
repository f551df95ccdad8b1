package org.pregonero.channels.facebook;

import com.restfb.exception.FacebookException;
import com.restfb.exception.FacebookGraphException;
import com.restfb.exception.FacebookNetworkException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.pregonero.channels.ProviderWords;
import org.pregonero.channels.Reason;
import org.pregonero.channels.SendOutcome;
import org.pregonero.channels.SendOutcome.ChannelDown;
import org.pregonero.channels.SendOutcome.Deferred;
import org.pregonero.channels.SendOutcome.Rejected;
import org.pregonero.channels.SendOutcome.Unknown;

/**
 * Translates what the Graph API answers when it does not do what it was asked for.
 *
 * @see <a href="https://developers.facebook.com/docs/graph-api/guides/error-handling">error codes</a>
 */
final class GraphOutcomes {

    /** What a request was for: after a post of unknown end nothing may be repeated. */
    enum Step {
        PREPARING,
        POSTING
    }

    private static final int DUPLICATE = 506;
    private static final int BLOCKED = 368;
    private static final Set<Integer> SESSION = Set.of(102, 190, 463, 467);
    private static final Set<Integer> RATE = Set.of(4, 17, 32, 341, 613, 80001, 80002);
    /** Unknown trouble, service away: the post may be there. */
    private static final Set<Integer> TROUBLE = Set.of(1, 2);

    private static final String RECONNECT =
            "Facebook ya no acepta el acceso a la página: reconecte la cuenta. Genere de"
                    + " nuevo el token de acceso de la página y póngalo en pregonero.channels.facebook.access-token.";
    private static final String MAY_NOT =
            "Facebook no permite publicar en la página con este acceso. Reconecte la cuenta con"
                    + " los permisos pages_manage_posts y pages_read_engagement, y ponga el token de la página en"
                    + " pregonero.channels.facebook.access-token.";
    private static final String IS_BLOCKED =
            "Facebook bloqueó por un tiempo las publicaciones de la página. Entre a Facebook"
                    + " para ver el motivo y solicite la revisión.";
    private static final String UNREACHABLE =
            "No se puede llegar a Facebook. Revise la conexión a internet de este equipo y"
                    + " pregonero.channels.facebook.base-url.";

    private GraphOutcomes() {}

    static boolean saysDuplicate(FacebookException trouble) {
        return trouble instanceof FacebookGraphException graph && code(graph) == DUPLICATE;
    }

    /** @param secrets what must not be repeated from Facebook's words */
    static SendOutcome of(FacebookException trouble, Step step, @Nullable String... secrets) {
        if (trouble instanceof FacebookGraphException graph) {
            return refused(graph, step, secrets);
        }
        if (trouble instanceof FacebookNetworkException network) {
            return noAnswer(network, step);
        }
        return malformed(step);
    }

    private static SendOutcome refused(FacebookGraphException graph, Step step, @Nullable String... secrets) {
        int code = code(graph);
        if (SESSION.contains(code)) {
            return new ChannelDown(reason(Reason.Code.AUTHENTICATION, graph, secrets), RECONNECT);
        }
        if (code == 10 || (code >= 200 && code < 300)) {
            return new ChannelDown(reason(Reason.Code.AUTHENTICATION, graph, secrets), MAY_NOT);
        }
        if (code == BLOCKED) {
            return new ChannelDown(reason(Reason.Code.BLOCKED, graph, secrets), IS_BLOCKED);
        }
        if (RATE.contains(code)) {
            return new Deferred(reason(Reason.Code.RATE_LIMITED, graph, secrets), null);
        }
        Integer status = graph.getHttpStatusCode();
        boolean passing = TROUBLE.contains(code)
                || Boolean.TRUE.equals(graph.getIsTransient())
                || (status != null && status >= 500);
        return passing
                ? uncertain(reason(Reason.Code.PROVIDER_TROUBLE, graph, secrets), step)
                : new Rejected(reason(Reason.Code.CONTENT_REFUSED, graph, secrets));
    }

    private static SendOutcome noAnswer(FacebookNetworkException network, Step step) {
        for (Throwable cause = network.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
                return new ChannelDown(reason(Reason.Code.UNREACHABLE, cause), UNREACHABLE);
            }
            if (cause instanceof SSLHandshakeException) {
                return new ChannelDown(reason(Reason.Code.TLS, cause), UNREACHABLE);
            }
        }
        // RestFB says the same of an answer that it cannot read as of none.
        Integer status = network.getHttpStatusCode();
        if (status != null && status == 429) {
            return new Deferred(new Reason(Reason.Code.RATE_LIMITED, status.toString(), ""), null);
        }
        return status == null || status == 0
                ? uncertain(reason(Reason.Code.CONNECTION_LOST, network), step)
                : uncertain(
                        new Reason(
                                status >= 500 ? Reason.Code.PROVIDER_TROUBLE : Reason.Code.MALFORMED_ANSWER,
                                status.toString(),
                                ""),
                        step);
    }

    static SendOutcome malformed(Step step) {
        return uncertain(new Reason(Reason.Code.MALFORMED_ANSWER, null, ""), step);
    }

    private static SendOutcome uncertain(Reason reason, Step step) {
        return step == Step.POSTING ? new Unknown(reason) : new Deferred(reason, null);
    }

    private static int code(FacebookGraphException graph) {
        Integer code = graph.getErrorCode();
        return code == null ? 0 : code;
    }

    private static Reason reason(Reason.Code code, FacebookGraphException graph, @Nullable String... secrets) {
        Integer subcode = graph.getErrorSubcode();
        return new Reason(
                code,
                code(graph) + (subcode == null || subcode == 0 ? "" : "/" + subcode),
                ProviderWords.redacted(graph.getErrorMessage(), secrets));
    }

    /** Only the kind of trouble: the library's text may repeat the answer. */
    private static Reason reason(Reason.Code code, Throwable trouble) {
        return new Reason(code, null, trouble.getClass().getSimpleName());
    }
}
