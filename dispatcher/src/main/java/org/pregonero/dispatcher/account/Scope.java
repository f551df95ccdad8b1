package org.pregonero.dispatcher.account;

/** What an API key may be used for, within what the roles of its account allow. */
public enum Scope {
    /** Everything that changes nothing. */
    READ,
    /** Everything that changes something, but for {@link #APPROVE}. */
    WRITE,
    /** What makes messages leave. */
    APPROVE;

    /** The name that Spring Security knows the scope by. */
    String authority() {
        return "SCOPE_" + name();
    }
}
