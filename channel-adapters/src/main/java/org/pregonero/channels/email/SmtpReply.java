package org.pregonero.channels.email;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server's answer (RFC 5321, 4.2).
 *
 * @param code three digits
 * @param enhanced the enhanced status code (RFC 3463) such as {@code 5.1.1}, or empty
 * @param text the rest, all lines joined
 */
record SmtpReply(int code, String enhanced, String text) {

    private static final Pattern LINE =
            Pattern.compile("(\\d{3})(?:[ -](?:([245]\\.\\d{1,3}\\.\\d{1,3})(?: |$))?(.*))?");

    static SmtpReply of(int code, String lines) {
        String enhanced = "";
        StringBuilder text = new StringBuilder();
        for (String line : lines.split("\\R", -1)) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                if (enhanced.isEmpty() && matcher.group(2) != null) {
                    enhanced = matcher.group(2);
                }
                if (matcher.group(3) != null) {
                    text.append(text.isEmpty() ? "" : " ")
                            .append(matcher.group(3).strip());
                }
            }
        }
        return new SmtpReply(code, enhanced, text.toString());
    }

    boolean completed() {
        return code >= 200 && code < 300;
    }

    boolean transientFailure() {
        return code >= 400 && code < 500;
    }

    boolean permanentFailure() {
        return code >= 500 && code < 600;
    }

    /** For example {@code 550 5.1.1}. */
    String codes() {
        return enhanced.isEmpty() ? Integer.toString(code) : code + " " + enhanced;
    }

    /** Without the text, which may name people. */
    @Override
    public String toString() {
        return "SmtpReply[" + codes() + "]";
    }
}
