package org.pregonero.channels.email;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes text as quoted-printable (RFC 2045, 6.7), which every server carries unchanged; 8-bit text may be converted on
 * the way, and that would break a DKIM signature.
 */
final class QuotedPrintable {

    private static final int LONGEST_LINE = 76;
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private static final boolean[] PLAIN = plain();

    private QuotedPrintable() {}

    /** Encodes with CRLF as line break, whatever the text uses. */
    static void write(String text, ByteBuilder out) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int column = 0;
        // Most of a text is plain; such runs are copied as one.
        int run = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b == '\n' || b == '\r') {
                out.append(bytes, run, i).crlf();
                if (b == '\r' && i + 1 < bytes.length && bytes[i + 1] == '\n') {
                    i++;
                }
                run = i + 1;
                column = 0;
                continue;
            }
            boolean plain = PLAIN[b & 0xFF] || (isBlank(b) && i + 1 < bytes.length && !isBreak(bytes[i + 1]));
            if (column + (plain ? 1 : 3) >= LONGEST_LINE) {
                out.append(bytes, run, i).append('=').crlf();
                run = i;
                column = 0;
            }
            // A dot that opens a line is special to SMTP; encoded, it needs no trust in anybody's unstuffing.
            if (plain && !(b == '.' && column == 0)) {
                column++;
            } else {
                out.append(bytes, run, i).append('=').append(HEX[(b >> 4) & 15]).append(HEX[b & 15]);
                run = i + 1;
                column += 3;
            }
        }
        out.append(bytes, run, bytes.length);
        if (column > 0) {
            out.crlf();
        }
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    private static boolean isBreak(byte b) {
        return b == '\n' || b == '\r';
    }

    private static boolean[] plain() {
        boolean[] plain = new boolean[256];
        Arrays.fill(plain, '!', 127, true);
        plain['='] = false;
        return plain;
    }
}
