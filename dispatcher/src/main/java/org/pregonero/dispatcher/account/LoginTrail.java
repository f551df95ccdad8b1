package org.pregonero.dispatcher.account;

import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.event.AuthenticationFailureBadCredentialsEvent;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.stereotype.Component;

/**
 * Writes down who logged in, and whose account somebody tried in vain. Never what was typed where the name belongs, only whose
 * name it is; a name that is nobody's is not written down.
 */
@Component
class LoginTrail {

    private final Accounts accounts;
    private final LoginAttempts attempts;
    private final AuditTrail audit;

    LoginTrail(Accounts accounts, LoginAttempts attempts, AuditTrail audit) {
        this.accounts = accounts;
        this.attempts = attempts;
        this.audit = audit;
    }

    @EventListener
    void loggedIn(AuthenticationSuccessEvent event) {
        if (event.getAuthentication().getPrincipal() instanceof Actor actor) {
            audit.record(actor, "login.succeeded", "login/" + actor.id(), null, null);
        }
    }

    /** Those that were made to wait have no entry each: the one after which they had to says so. */
    @EventListener
    void refused(AuthenticationFailureBadCredentialsEvent event) {
        var username = event.getAuthentication().getName();
        accounts.id(username)
                .ifPresent(id -> audit.record(
                        Actor.SYSTEM,
                        attempts.closed(username, PasswordLogin.address(event.getAuthentication()))
                                ? "login.locked"
                                : "login.refused",
                        "login/" + id,
                        null,
                        null));
    }
}
