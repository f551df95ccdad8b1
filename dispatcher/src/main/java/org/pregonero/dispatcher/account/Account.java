package org.pregonero.dispatcher.account;

import java.time.Instant;
import java.util.Set;

/**
 * An account as its administrators see it.
 *
 * @param passwordTemporary whether the next log-in leads to the page on which to choose another password
 * @param version that a change names, so that two people do not overwrite each other
 */
public record Account(
        long id,
        String username,
        String displayName,
        Set<Role> roles,
        boolean disabled,
        boolean passwordTemporary,
        Instant createdAt,
        long version) {

    /** What the audit trail keeps. */
    record State(String username, String displayName, Set<Role> roles, boolean disabled, boolean passwordTemporary) {}

    State state() {
        return new State(username, displayName, roles, disabled, passwordTemporary);
    }
}
