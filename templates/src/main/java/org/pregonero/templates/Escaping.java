package org.pregonero.templates;

import org.jspecify.annotations.Nullable;

/** What a text must lose or change before it may stand in another language. */
final class Escaping {

    private Escaping() {}

    /** For element content and quoted attributes, in HTML and XML. Characters that XML forbids are left out. */
    static String html(String text) {
        StringBuilder escaped = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String replacement = replacement(c, text, i);
            if (replacement != null && escaped == null) {
                escaped = new StringBuilder(text.length() + 16).append(text, 0, i);
            }
            if (escaped != null) {
                if (replacement == null) {
                    escaped.append(c);
                } else {
                    escaped.append(replacement);
                }
            }
        }
        return escaped == null ? text : escaped.toString();
    }

    private static @Nullable String replacement(char c, String text, int i) {
        return switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\'' -> "&#39;";
            default -> forbidden(c, text, i) ? "" : null;
        };
    }

    /** Outside the characters of XML 1.0, 2.2. */
    private static boolean forbidden(char c, String text, int i) {
        if (c < ' ') {
            return c != '\t' && c != '\n' && c != '\r';
        }
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
        }
        return c == '\uFFFE' || c == '\uFFFF';
    }

    /** Runs of line breaks, tabs and other control characters become one space. */
    static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        boolean gap = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                gap = true;
            } else {
                if (gap && line.length() > 0 && c != ' ' && line.charAt(line.length() - 1) != ' ') {
                    line.append(' ');
                }
                gap = false;
                line.append(c);
            }
        }
        return line.toString();
    }
}
