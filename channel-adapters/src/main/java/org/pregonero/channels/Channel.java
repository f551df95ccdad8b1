package org.pregonero.channels;

import java.util.regex.Pattern;

/**
 * The name of a channel, as it stands in the API, the database and the broker.
 *
 * <p>A value and not an enum, so that a new channel adds a package and changes none.
 *
 * @param code upper-case letters and underscores, for example {@code EMAIL}
 */
public record Channel(String code) {

    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z_]{0,29}");

    public Channel {
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException("Not a channel code: " + code);
        }
    }

    @Override
    public String toString() {
        return code;
    }
}
