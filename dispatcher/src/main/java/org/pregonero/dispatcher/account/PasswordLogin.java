package org.pregonero.dispatcher.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/**
 * Checks what was typed into the log-in page. Who fails too often from one address waits, and only few passwords are
 * checked at a time, because each check costs a lot of memory and time on purpose.
 */
@Component
class PasswordLogin implements AuthenticationProvider {

    private static final int ATTEMPTS = 10;
    private static final Duration WAIT = Duration.ofMinutes(10);

    private final Accounts accounts;
    private final Semaphore checks = new Semaphore(2, true);
    private final Cache<String, Integer> failures =
            Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(WAIT).build();

    PasswordLogin(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public @Nullable Authentication authenticate(Authentication attempt) {
        if (attempt.getName().indexOf('\0') >= 0) {
            // no account can be called so, and the database does not even take the question
            throw new BadCredentialsException("unknown user or wrong password");
        }
        var who = attempt.getName() + " "
                + (attempt.getDetails() instanceof WebAuthenticationDetails details ? details.getRemoteAddress() : "");
        if (failures.get(who, first -> 0) >= ATTEMPTS) {
            throw new LockedException("too many wrong passwords");
        }
        var account = checked(attempt);
        if (account.isEmpty()) {
            failures.asMap().merge(who, 1, Integer::sum);
            throw new BadCredentialsException("unknown user or wrong password");
        }
        failures.invalidate(who);
        return account.get();
    }

    private Optional<Authentication> checked(Authentication attempt) {
        checks.acquireUninterruptibly();
        try {
            return accounts.withPassword(attempt.getName(), String.valueOf(attempt.getCredentials()))
                    .map(ApiKeyFilter::authenticated);
        } finally {
            checks.release();
        }
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
