package org.pregonero.channels.email;

/** A setting of the channel cannot be used. The message is in Spanish and names the setting. */
final class InvalidSettingException extends Exception {

    private static final long serialVersionUID = 1L;

    InvalidSettingException(String key, String problem) {
        super(EmailProperties.PREFIX + "." + key + ": " + problem);
    }

    String advice() {
        return String.valueOf(getMessage());
    }
}
