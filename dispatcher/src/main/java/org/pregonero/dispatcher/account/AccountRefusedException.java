package org.pregonero.dispatcher.account;

/** Something cannot be done with an account. */
public final class AccountRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String field;
    private final String reason;
    private final transient Object[] arguments;

    /**
     * @param field of the form that the reason is about, empty for none
     * @param reason key of a message for people
     */
    public AccountRefusedException(String field, String reason, Object... arguments) {
        super(reason);
        this.field = field;
        this.reason = reason;
        this.arguments = arguments.clone();
    }

    public String field() {
        return field;
    }

    public String reason() {
        return reason;
    }

    public Object[] arguments() {
        return arguments.clone();
    }
}
