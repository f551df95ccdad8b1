package org.pregonero.channels.email;

import java.nio.charset.StandardCharsets;

/**
 * Writes text as quoted-printable (RFC 2045, 6.7), which every server carries unchanged; 8-bit text may be converted on
 * the way, and that would break a DKIM signature.
 */
final class QuotedPrintable {

    private static final int LONGEST_LINE = 76;
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private QuotedPrintable() {}

    /** Encodes with CRLF as line break, whatever the text uses. */
    static void write(String text, ByteBuilder out) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int column = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b == '\n' || b == '\r') {
                if (b == '\r' && i + 1 < bytes.length && bytes[i + 1] == '\n') {
                    i++;
                }
                out.crlf();
                column = 0;
                continue;
            }
            boolean literal = b > ' ' && b < 127 && b != '=';
            if (b == ' ' || b == '\t') {
                literal = i + 1 < bytes.length && bytes[i + 1] != '\n' && bytes[i + 1] != '\r';
            } else if (b == '.' && column == 0) {
                // A dot that opens a line is special to SMTP; encoded, it needs no trust in anybody's unstuffing.
                literal = false;
            }
            int width = literal ? 1 : 3;
            if (column + width >= LONGEST_LINE) {
                out.append('=').crlf();
                column = 0;
                if (b == '.') {
                    literal = false;
                    width = 3;
                }
            }
            if (literal) {
                out.append(b);
            } else {
                out.append('=').append(HEX[(b >> 4) & 15]).append(HEX[b & 15]);
            }
            column += width;
        }
        if (column > 0) {
            out.crlf();
        }
    }
}
