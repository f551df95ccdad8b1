package org.pregonero.dispatcher.account;

/** What an account may do. */
public enum Role {
    /** Accounts, keys, channels; and everything the others may. */
    ADMIN,
    /** Plans, audiences, messages. */
    EDITOR,
    /** Approves what will be sent. */
    APPROVER,
    /** Does tasks and adds evidence. */
    STAFF,
    /** Reads everything, changes nothing. */
    EVALUATOR;

    /** The name that Spring Security knows the role by. */
    public String authority() {
        return "ROLE_" + name();
    }
}
