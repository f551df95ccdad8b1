package org.pregonero.channels.email;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Header text outside ASCII (RFC 2047). {@code MimeUtility} does the same, but looks for its encoder among the services of
 * the class path at every call, which takes longer than everything else about a message together.
 */
final class EncodedWord {

    private static final Pattern PLAIN = Pattern.compile("[ -~]*");

    /** Makes 52 characters of base64, so that the first line holds the field's name too. */
    private static final int BYTES_PER_WORD = 39;

    private EncodedWord() {}

    static boolean needed(String line) {
        return !PLAIN.matcher(line).matches() || line.contains("=?");
    }

    /** The text as one or more encoded words, each on a line of its own and none cut within a character. */
    static String of(String line) {
        StringBuilder words = new StringBuilder();
        int start = 0;
        int bytes = 0;
        for (int i = 0; i < line.length(); ) {
            int character = line.codePointAt(i);
            int width = width(character);
            if (bytes + width > BYTES_PER_WORD) {
                append(words, line.substring(start, i));
                start = i;
                bytes = 0;
            }
            bytes += width;
            i += Character.charCount(character);
        }
        append(words, line.substring(start));
        return words.toString();
    }

    private static int width(int character) {
        if (character < 0x80) {
            return 1;
        }
        if (character < 0x800) {
            return 2;
        }
        return character < 0x10000 ? 3 : 4;
    }

    private static void append(StringBuilder words, String piece) {
        words.append(words.isEmpty() ? "" : "\r\n ")
                .append("=?UTF-8?B?")
                .append(Base64.getEncoder().encodeToString(piece.getBytes(StandardCharsets.UTF_8)))
                .append("?=");
    }
}
