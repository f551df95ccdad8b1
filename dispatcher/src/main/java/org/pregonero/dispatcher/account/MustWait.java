package org.pregonero.dispatcher.account;

import java.time.Duration;
import org.springframework.security.authentication.AccountStatusException;

/** Too many wrong passwords: none is looked at for a while. */
final class MustWait extends AccountStatusException {

    private static final long serialVersionUID = 1;

    private final Duration wait;

    MustWait(Duration wait) {
        super("too many wrong passwords");
        this.wait = wait;
    }

    Duration howLong() {
        return wait;
    }
}
