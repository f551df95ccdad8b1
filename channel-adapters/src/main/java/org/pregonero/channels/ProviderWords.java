package org.pregonero.channels;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A provider's answer made fit for the delivery log: one line, shortened, without addresses and without whatever else
 * the caller names as private.
 */
public final class ProviderWords {

    private static final int LONGEST = 200;

    /** Strangers write some of these words, and the patterns' cost grows with the square of their length. */
    private static final int READ = 2_000;

    private static final String HIDDEN = "…";
    private static final Pattern ADDRESS = Pattern.compile("<?[^\\s<>()\"',;:]+@[^\\s<>()\"',;]+>?");
    private static final Pattern PHONE = Pattern.compile("\\+?\\d[\\d .-]{8,}\\d");
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Cntrl}]+");

    private ProviderWords() {}

    /**
     * Redacts and shortens.
     *
     * @param words what the provider said
     * @param secrets texts that must not appear, such as a password, a local part or a name; nulls are passed over
     */
    public static String redacted(@Nullable String words, @Nullable String... secrets) {
        if (words == null) {
            return "";
        }
        String line = beginning(BLANKS.matcher(words).replaceAll(" ").strip());
        line = ADDRESS.matcher(line).replaceAll(HIDDEN);
        line = PHONE.matcher(line).replaceAll(HIDDEN);
        for (String secret : secrets) {
            // Very short ones would eat into ordinary words.
            if (secret != null && secret.strip().length() > 2) {
                line = Pattern.compile(Pattern.quote(secret.strip()), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                        .matcher(line)
                        .replaceAll(HIDDEN);
            }
        }
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + HIDDEN;
    }

    /** Without the word in which it is cut, which may be half an address. */
    private static String beginning(String line) {
        return line.length() <= READ ? line : line.substring(0, Math.max(0, line.lastIndexOf(' ', READ))) + HIDDEN;
    }
}
