package org.pregonero.channels.x;

import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.JsonNode;

/**
 * What X answered.
 *
 * @param body missing when it is not JSON
 */
record XAnswer(int status, HttpHeaders headers, JsonNode body) {

    boolean ok() {
        return status / 100 == 2;
    }

    /** The name of what was created or asked for. */
    Optional<String> id() {
        String id = body.path("data").path("id").asString("");
        return ok() && !id.isEmpty() ? Optional.of(id) : Optional.empty();
    }

    /** Whether the answer lists posts; without any it only counts them. */
    boolean isList() {
        return ok()
                && (body.path("data").isArray() || body.at("/meta/result_count").isIntegralNumber());
    }

    boolean hasMore() {
        return !body.at("/meta/next_token").asString("").isEmpty();
    }

    /** What X says about its refusal (RFC 9457), in one line. */
    String problem() {
        String detail = body.path("detail").asString("");
        String first = body.path("errors").path(0).path("message").asString("");
        return first.isEmpty() || detail.contains(first) ? detail : detail + " " + first;
    }

    private String kind() {
        return (body.path("type").asString("") + " " + body.path("reason").asString("") + " " + problem())
                .toLowerCase(Locale.ROOT);
    }

    /** The account has posted the same text not long ago. */
    boolean saysDuplicate() {
        return status == 403 && kind().contains("duplicate");
    }

    /** It is the app or the account that may not post, and not this text. */
    boolean saysAccountMayNot() {
        String kind = kind();
        return kind.contains("client-forbidden")
                || kind.contains("client-not-enrolled")
                || kind.contains("oauth1-permissions")
                || kind.contains("oauth1 app permissions")
                || kind.contains("suspended")
                || kind.contains("locked");
    }

    /** Without the body, which may repeat the text. */
    @Override
    public String toString() {
        return "XAnswer[" + status + "]";
    }
}
