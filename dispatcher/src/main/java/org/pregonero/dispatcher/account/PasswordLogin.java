package org.pregonero.dispatcher.account;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
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

    private final Accounts accounts;
    private final LoginAttempts attempts;
    private final Semaphore checks = new Semaphore(2, true);

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
        var address = attempt.getDetails() instanceof WebAuthenticationDetails details
                ? String.valueOf(details.getRemoteAddress())
                : "";
        attempts.begin(username, address).ifPresent(wait -> {
            throw new MustWait(wait);
        });
        var account = checked(username, String.valueOf(attempt.getCredentials()));
        if (account.isEmpty()) {
            throw new BadCredentialsException("unknown user or wrong password");
        }
        attempts.succeeded(username, address);
        return account.get();
    }

    private Optional<Authentication> checked(String username, String password) {
        checks.acquireUninterruptibly();
        try {
            return accounts.withPassword(username, password);
        } finally {
            checks.release();
        }
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
