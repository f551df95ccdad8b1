package org.pregonero.dispatcher.account.web;

import static org.pregonero.dispatcher.account.Role.ADMIN;
import static org.pregonero.dispatcher.account.Role.APPROVER;
import static org.pregonero.dispatcher.account.Role.EDITOR;
import static org.pregonero.dispatcher.account.Role.EVALUATOR;
import static org.pregonero.dispatcher.account.Role.STAFF;

import java.util.Collections;
import java.util.Set;
import org.pregonero.dispatcher.account.Role;

/**
 * What a page offers to its reader. It only hides what would be refused: the refusal itself is the business of
 * {@link org.pregonero.dispatcher.account.Permissions}.
 *
 * @param read sees people by name
 * @param write plans, people, messages
 * @param approve what will be sent
 * @param doTasks and add evidence
 * @param administer accounts, settings, channels
 */
public record May(boolean read, boolean write, boolean approve, boolean doTasks, boolean administer) {

    static final May NOTHING = new May(false, false, false, false, false);

    static May of(Set<Role> roles) {
        return new May(
                any(roles, Set.of(ADMIN, EDITOR, APPROVER, EVALUATOR)),
                any(roles, Set.of(ADMIN, EDITOR, APPROVER)),
                any(roles, Set.of(ADMIN, APPROVER)),
                any(roles, Set.of(ADMIN, EDITOR, APPROVER, STAFF)),
                roles.contains(ADMIN));
    }

    private static boolean any(Set<Role> roles, Set<Role> wanted) {
        return !Collections.disjoint(roles, wanted);
    }
}
