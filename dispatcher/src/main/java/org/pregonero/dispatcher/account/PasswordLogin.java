package org.pregonero.dispatcher.account;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

/** Checks what was typed into the log-in page. */
@Component
class PasswordLogin implements AuthenticationProvider {

    private final Accounts accounts;

    PasswordLogin(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public @Nullable Authentication authenticate(Authentication attempt) {
        if (attempt.getName().indexOf('\0') >= 0) {
            // no account can be called so, and the database does not even take the question
            throw new BadCredentialsException("unknown user or wrong password");
        }
        return accounts.withPassword(attempt.getName(), String.valueOf(attempt.getCredentials()))
                .map(ApiKeyFilter::authenticated)
                .orElseThrow(() -> new BadCredentialsException("unknown user or wrong password"));
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
