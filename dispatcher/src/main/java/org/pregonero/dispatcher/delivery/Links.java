package org.pregonero.dispatcher.delivery;

import java.net.URI;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The addresses under which the public reaches this installation. */
@Component
class Links {

    private final String base;

    /** @param base what the public types, without a slash at the end, for example {@code https://avisos.example.org} */
    Links(@Value("${pregonero.public-url}") String base) {
        this.base = base.replaceAll("/+$", "");
    }

    /** Where the person of a delivery can opt out; takes a one-click POST (RFC 8058). */
    URI unsubscribe(UUID token) {
        return URI.create(base + "/baja/" + token);
    }

    /** Where the person of a delivery acknowledges a notice. */
    String acknowledge(UUID token) {
        return base + "/enterado/" + token;
    }

    /** How the addresses begin that count a click on a link of a delivery and lead on; the link's number completes them. */
    String tracking(UUID token) {
        return base + "/i/" + token + "/";
    }
}
