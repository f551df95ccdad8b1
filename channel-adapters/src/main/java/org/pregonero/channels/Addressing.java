package org.pregonero.channels;

/** To what a channel's messages go. */
public enum Addressing {
    /** To a person's e-mail address. */
    EMAIL,
    /** To a person's telephone number in E.164. */
    PHONE,
    /** To a place, a page or an account: one delivery for everybody there. */
    OUTLET;

    /** Whether people are written to one by one, so that authorisation and contact hours apply. */
    public boolean personal() {
        return this != OUTLET;
    }
}
