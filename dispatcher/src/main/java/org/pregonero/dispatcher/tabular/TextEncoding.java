package org.pregonero.dispatcher.tabular;

import com.ibm.icu.text.CharsetDetector;
import com.ibm.icu.text.CharsetMatch;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Finds the encoding a text file was saved in.
 *
 * <p>A byte order mark decides; then valid UTF-8 decides, since other text is practically never valid by chance. What is
 * left are the one-byte encodings of Spanish Windows, old Macs and DOS, told apart by which of them makes Spanish letters
 * out of the bytes.
 */
record TextEncoding(Charset charset, int byteOrderMark) {

    private static final String SPANISH = "áéíóúüñÁÉÍÓÚÜÑ";
    private static final String USUAL = "¿¡ºª°«»“”‘’–—…•€·´";
    private static final int SAMPLE = 256 * 1024;

    static TextEncoding of(byte[] content) {
        if (startsWith(content, 0xEF, 0xBB, 0xBF)) {
            return new TextEncoding(StandardCharsets.UTF_8, 3);
        }
        if (startsWith(content, 0xFF, 0xFE, 0, 0)) {
            return new TextEncoding(Charset.forName("UTF-32LE"), 4);
        }
        if (startsWith(content, 0xFF, 0xFE)) {
            return new TextEncoding(StandardCharsets.UTF_16LE, 2);
        }
        if (startsWith(content, 0xFE, 0xFF)) {
            return new TextEncoding(StandardCharsets.UTF_16BE, 2);
        }
        return new TextEncoding(withoutMark(content), 0);
    }

    String decode(byte[] content) {
        return charset.decode(ByteBuffer.wrap(content, byteOrderMark, content.length - byteOrderMark))
                .toString();
    }

    private static Charset withoutMark(byte[] content) {
        byte[] sample = Arrays.copyOf(content, Math.min(content.length, SAMPLE));
        int evenZeros = zeros(sample, 0);
        int oddZeros = zeros(sample, 1);
        if (oddZeros > sample.length / 4 && evenZeros < oddZeros / 4) {
            return StandardCharsets.UTF_16LE;
        }
        if (evenZeros > sample.length / 4 && oddZeros < evenZeros / 4) {
            return StandardCharsets.UTF_16BE;
        }
        if (isUtf8(content)) {
            return StandardCharsets.UTF_8;
        }
        Set<Charset> candidates = new LinkedHashSet<>();
        candidates.add(Charset.forName("windows-1252"));
        candidates.add(Charset.forName("x-MacRoman"));
        candidates.add(Charset.forName("IBM850"));
        for (CharsetMatch match : new CharsetDetector().setText(sample).detectAll()) {
            // ISO-8859-1 text is read the same by its superset windows-1252, and Spanish needs no other ISO page.
            if (Charset.isSupported(match.getName()) && !match.getName().startsWith("ISO-")) {
                candidates.add(Charset.forName(match.getName()));
            }
        }
        Charset best = candidates.iterator().next();
        int bestScore = Integer.MIN_VALUE;
        for (Charset candidate : candidates) {
            int score = spanishness(candidate.decode(ByteBuffer.wrap(sample)).toString());
            if (score > bestScore) {
                best = candidate;
                bestScore = score;
            }
        }
        return best;
    }

    private static int spanishness(String text) {
        int score = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                if (SPANISH.indexOf(c) < 0) {
                    score -= USUAL.indexOf(c) >= 0 ? 0 : 2;
                } else {
                    boolean inWord = i > 0 && Character.isLetter(text.charAt(i - 1));
                    // "MuÑoz": a capital in the middle of small letters is another encoding's small letter
                    boolean fits = !Character.isUpperCase(c) || !inWord || Character.isUpperCase(text.charAt(i - 1));
                    score += fits ? 2 : -1;
                }
            }
        }
        return score;
    }

    private static boolean isUtf8(byte[] content) {
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(content));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static int zeros(byte[] content, int offset) {
        int zeros = 0;
        for (int i = offset; i < content.length; i += 2) {
            zeros += content[i] == 0 ? 1 : 0;
        }
        return zeros;
    }

    private static boolean startsWith(byte[] content, int... mark) {
        if (content.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((content[i] & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
