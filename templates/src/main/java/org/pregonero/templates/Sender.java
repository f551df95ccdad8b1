package org.pregonero.templates;

import org.jspecify.annotations.Nullable;

/**
 * How mails of the institution present themselves, where it differs from what the mail server's settings say.
 *
 * @param name shown as the sender, or null for the one of the settings
 * @param replyTo address to which answers go, or null for the one of the settings
 */
public record Sender(@Nullable String name, @Nullable String replyTo) {

    /** As the settings say. */
    public static final Sender BY_SETTINGS = new Sender(null, null);

    /** Without the address, which must not reach a log. */
    @Override
    public String toString() {
        return "Sender[" + name + "]";
    }
}
