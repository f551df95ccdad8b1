package org.pregonero.dispatcher.account;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AccountStatusException;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/**
 * Checks what was typed into the log-in page. Who fails too often waits, and only few passwords are checked at a time,
 * because each check costs a lot of memory and time on purpose.
 */
@Component
class PasswordLogin implements AuthenticationProvider {

    private static final int CHECKS_AT_ONCE = 2;

    /** Whoever waits holds a thread that others need; after as long, it is worth another try. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final Accounts accounts;
    private final LoginAttempts attempts;
    private final Semaphore checks = new Semaphore(CHECKS_AT_ONCE, true);

    PasswordLogin(Accounts accounts, LoginAttempts attempts) {
        this.accounts = accounts;
        this.attempts = attempts;
    }

    @Override
    public @Nullable Authentication authenticate(Authentication attempt) {
        var username = attempt.getName();
        if (username.indexOf('\0') >= 0) {
            // no account can be called so, and the database does not even take the question
            throw new BadCredentialsException("unknown user or wrong password");
        }
        var address = address(attempt);
        attempts.begin(username, address).ifPresent(wait -> {
            throw new MustWait(wait);
        });
        var account = checked(username, String.valueOf(attempt.getCredentials()), address);
        if (account.isEmpty()) {
            throw new BadCredentialsException("unknown user or wrong password");
        }
        attempts.succeeded(username, address);
        return account.get();
    }

    private Optional<Authentication> checked(String username, String password, String address) {
        if (!acquired()) {
            attempts.forget(username, address);
            throw new TooBusy();
        }
        try {
            return accounts.withPassword(username, password);
        } finally {
            checks.release();
        }
    }

    /** From where somebody logs in. */
    static String address(Authentication attempt) {
        return attempt.getDetails() instanceof WebAuthenticationDetails details
                ? String.valueOf(details.getRemoteAddress())
                : "";
    }

    private boolean acquired() {
        try {
            return checks.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** So many want to log in at once that their passwords cannot be looked at in time. */
    static final class TooBusy extends AccountStatusException {

        private static final long serialVersionUID = 1;

        TooBusy() {
            super("too many passwords to check");
        }
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
