package org.pregonero.dispatcher.tabular;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Text as people compare it: without the accents, capitals and invisible characters that differ by accident. */
public final class Words {

    /** The Spanish names of the months, January first, as {@link #fold} leaves them. */
    public static final List<String> MONTHS = List.of(
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre",
            "octubre",
            "noviembre",
            "diciembre");

    private static final Pattern ODD_SPACES =
            Pattern.compile("[\\u00A0\\u1680\\u2000-\\u200A\\u202F\\u205F\\u3000\\t]");
    private static final Pattern INVISIBLE =
            Pattern.compile("[\\u00AD\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u2064\\uFEFF\\p{Cntrl}&&[^\\n]]");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

    /** What stands in brackets stays together. Possessive, as a long cell would exhaust the stack. */
    private static final Pattern LISTED = Pattern.compile("(?i)(?:\\([^()]*\\)|\\b(?:y/o|n/a)\\b|[^;,/\\n])++");

    private Words() {}

    /** The text a person sees in a cell: no invisible characters, plain spaces, none at the ends; lines are kept. */
    public static String clean(String text) {
        if (isPlain(text)) {
            return text.strip();
        }
        String lines = text.replace("\r\n", "\n").replace('\r', '\n');
        String spaces = ODD_SPACES.matcher(lines).replaceAll(" ");
        String visible = INVISIBLE.matcher(spaces).replaceAll("");
        return Normalizer.normalize(visible, Normalizer.Form.NFC).strip();
    }

    /** Lower case, no accents, words separated by one space: "Líderes  Sociales" and "lideres sociales" are one. */
    public static String fold(String text) {
        String bare =
                MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD)).replaceAll("");
        return NO_WORD.matcher(bare.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    }

    /** What a cell lists, one after the other. */
    public static List<String> listed(String cell) {
        return LISTED.matcher(cell)
                .results()
                .map(found -> found.group().strip())
                .toList();
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }
}
