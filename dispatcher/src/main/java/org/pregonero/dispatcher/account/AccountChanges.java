package org.pregonero.dispatcher.account;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What administrators do with accounts, and everybody with their own. Every change is in the audit trail, and counts
 * with the next request of whoever it is about.
 */
@Service
public class AccountChanges {

    private final JdbcClient jdbc;
    private final Accounts accounts;
    private final Passwords passwords;
    private final PasswordEncoder encoder;
    private final PasswordLogin login;
    private final Sessions sessions;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;

    AccountChanges(
            JdbcClient jdbc,
            Accounts accounts,
            Passwords passwords,
            PasswordEncoder encoder,
            PasswordLogin login,
            Sessions sessions,
            AuditTrail audit,
            TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.passwords = passwords;
        this.encoder = encoder;
        this.login = login;
        this.sessions = sessions;
        this.audit = audit;
        this.transaction = transaction;
    }

    /** A password that is shown once, and whose it is. */
    public record OneTimePassword(long account, String username, String password) {

        @Override
        public String toString() {
            return "OneTimePassword[" + account + "]";
        }
    }

    /** @throws AccountRefusedException when there is such an account already */
    @Transactional
    public OneTimePassword open(Actor by, String username, String displayName, Set<Role> roles) {
        var password = passwords.oneTime();
        Actor account;
        try {
            account = accounts.create(username, displayName.strip(), password, roles);
        } catch (DuplicateKeyException e) {
            throw new AccountRefusedException("username", "account.username.taken");
        }
        jdbc.sql("update account set password_temporary = true where id = :id")
                .param("id", account.id())
                .update();
        audit.record(by, "account.create", subject(account.id()), null, state(account.id()));
        return new OneTimePassword(account.id(), account.username(), password);
    }

    /**
     * Changes name and roles.
     *
     * @param version that the change was made from
     * @return false when somebody else changed the account meanwhile; then nothing is done
     * @throws AccountRefusedException when nobody would be left to administer
     */
    @Transactional
    public boolean change(Actor by, long id, long version, String displayName, Set<Role> roles) {
        accounts.lock();
        var before = accounts.find(id).orElseThrow();
        if (before.version() != version) {
            return false;
        }
        if (!roles.contains(Role.ADMIN)) {
            keepAnAdministrator(before);
        }
        jdbc.sql("""
                        update account set display_name = :name, roles = :roles, version = version + 1
                        where id = :id""")
                .param("name", displayName.strip())
                .param("roles", Accounts.names(roles))
                .param("id", id)
                .update();
        audit.record(by, "account.change", subject(id), before.state(), state(id));
        return true;
    }

    /** @throws AccountRefusedException when nobody would be left to administer */
    @Transactional
    public void disable(Actor by, long id) {
        accounts.lock();
        var before = accounts.find(id).orElseThrow();
        keepAnAdministrator(before);
        set(id, "disabled = true");
        sessions.end(id);
        audit.record(by, "account.disable", subject(id), before.state(), state(id));
    }

    @Transactional
    public void enable(Actor by, long id) {
        var before = accounts.find(id).orElseThrow();
        set(id, "disabled = false");
        audit.record(by, "account.enable", subject(id), before.state(), state(id));
    }

    /** Gives a password that has to be changed with the first log-in, and ends all sessions. */
    @Transactional
    public OneTimePassword newPassword(Actor by, long id) {
        var before = accounts.find(id).orElseThrow();
        var password = passwords.oneTime();
        store(id, password, true);
        sessions.end(id);
        audit.record(by, "account.password", subject(id), before.state(), state(id));
        return new OneTimePassword(id, before.username(), password);
    }

    @Transactional
    public void endSessions(Actor by, long id) {
        var count = sessions.count(id);
        sessions.end(id);
        audit.record(by, "account.sessions", subject(id), Map.of("sessions", count), Map.of("sessions", 0));
    }

    public int sessions(long id) {
        return sessions.count(id);
    }

    /**
     * Changes one's own password and ends all other sessions.
     *
     * @param current as typed, with the address it came from; a wrong one counts as at the log-in
     * @param session that goes on
     * @throws AccountRefusedException when the current one is wrong, or the new one may not be chosen
     */
    public void choosePassword(Actor own, UsernamePasswordAuthenticationToken current, String chosen, String session) {
        try {
            login.authenticate(current);
        } catch (MustWait e) {
            throw new AccountRefusedException(
                    "current", "account.password.wait", e.howLong().toSeconds());
        } catch (PasswordLogin.TooBusy e) {
            throw new AccountRefusedException("current", "page.error.503.advice");
        } catch (BadCredentialsException e) {
            throw new AccountRefusedException("current", "account.password.wrong");
        }
        passwords
                .objection(chosen, own.username())
                .or(() -> Passwords.normalised(chosen)
                                .equals(Passwords.normalised(String.valueOf(current.getCredentials())))
                        ? Optional.of("account.password.same")
                        : Optional.empty())
                .ifPresent(objection -> {
                    throw new AccountRefusedException("chosen", objection, Passwords.SHORTEST, Passwords.LONGEST);
                });
        // Only now: a wrong password stays counted although it is refused.
        transaction.executeWithoutResult(status -> {
            var before = accounts.find(own.id()).orElseThrow();
            store(own.id(), chosen, false);
            sessions.endAllBut(own.id(), session);
            audit.record(own, "account.own-password", subject(own.id()), before.state(), state(own.id()));
        });
    }

    /** Makes a key; what is returned is shown once. */
    @Transactional
    public String createKey(Actor own, String name, Set<Scope> scopes) {
        var key = accounts.createApiKey(own.id(), name.strip(), scopes);
        audit.record(
                own, "key.create", subject(own.id()), null, Map.of("name", name.strip(), "scopes", Set.copyOf(scopes)));
        return key;
    }

    /** @return false when the account has no such key that is still good */
    @Transactional
    public boolean revokeKey(Actor by, long account, long key) {
        var known = accounts.keys(account).stream()
                .filter(one -> one.id() == key && one.revokedAt() == null)
                .findFirst();
        known.ifPresent(one -> {
            accounts.revokeApiKey(key);
            audit.record(by, "key.revoke", subject(account), Map.of("name", one.name(), "scopes", one.scopes()), null);
        });
        return known.isPresent();
    }

    private void keepAnAdministrator(Account account) {
        boolean another =
                jdbc.sql("""
                        select exists (select from account where 'ADMIN' = any(roles) and not disabled and id <> :id)""").param("id", account.id()).query(Boolean.class).single();
        if (account.roles().contains(Role.ADMIN) && !account.disabled() && !another) {
            throw new AccountRefusedException("roles", "account.last-administrator");
        }
    }

    private void store(long id, String password, boolean temporary) {
        jdbc.sql("""
                        update account set password_hash = :hash, password_temporary = :temporary, version = version + 1
                        where id = :id""")
                .param("hash", encoder.encode(Passwords.normalised(password)))
                .param("temporary", temporary)
                .param("id", id)
                .update();
    }

    private void set(long id, String assignment) {
        jdbc.sql("update account set " + assignment + ", version = version + 1 where id = :id")
                .param("id", id)
                .update();
    }

    private Account.State state(long id) {
        return accounts.find(id).orElseThrow().state();
    }

    private static String subject(long id) {
        return "account/" + id;
    }
}
