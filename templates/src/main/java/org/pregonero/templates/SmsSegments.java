package org.pregonero.templates;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Into how many parts a text message is cut, each of which is paid for (3GPP TS 23.038 and 23.040).
 *
 * <p>Operators carry 160 characters of a small alphabet, GSM-7, in one message. That alphabet has "ñ", "é" and "ü", but not
 * "á", "í", "ó" and "ú"; one single character outside it leaves room for 70. A longer text is cut into parts of 153 and 67.
 *
 * @param encoding in which the operators will carry the text
 * @param units its length: septets in GSM-7, where {@code ^ { } \ [ ~ ] | €} count double, else UTF-16 units, where emoji
 *     count double
 * @param segments parts to pay for; 0 for an empty text
 * @param costly the characters that are not in GSM-7, each once, in the order of the text
 */
public record SmsSegments(Encoding encoding, int units, int segments, List<String> costly) {

    /** How operators carry a text. */
    public enum Encoding {
        GSM_7(160, 153),
        UCS_2(70, 67);

        private final int alone;
        private final int inParts;

        Encoding(int alone, int inParts) {
            this.alone = alone;
            this.inParts = inParts;
        }
    }

    private static final String BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private static final String EXTENSION = "\f^{}\\[~]|€";

    public SmsSegments {
        costly = List.copyOf(costly);
    }

    public static SmsSegments of(String text) {
        Set<String> costly = new LinkedHashSet<>();
        text.codePoints()
                .filter(character -> BASIC.indexOf(character) < 0 && EXTENSION.indexOf(character) < 0)
                .forEach(character -> costly.add(Character.toString(character)));
        Encoding encoding = costly.isEmpty() ? Encoding.GSM_7 : Encoding.UCS_2;
        int[] widths = text.codePoints()
                .map(character -> encoding == Encoding.UCS_2
                        ? Character.charCount(character)
                        : EXTENSION.indexOf(character) < 0 ? 1 : 2)
                .toArray();
        int units = 0;
        int parts = 1;
        int inPart = 0;
        for (int width : widths) {
            units += width;
            // What counts double is not cut in two.
            if (inPart + width > encoding.inParts) {
                parts++;
                inPart = 0;
            }
            inPart += width;
        }
        int segments = units == 0 ? 0 : units <= encoding.alone ? 1 : parts;
        return new SmsSegments(encoding, units, segments, List.copyOf(costly));
    }
}
