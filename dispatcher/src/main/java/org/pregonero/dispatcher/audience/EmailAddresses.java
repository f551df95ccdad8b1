package org.pregonero.dispatcher.audience;

import java.net.IDN;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.pregonero.dispatcher.tabular.Notice;

/**
 * Reads e-mail addresses out of a cell. What is misspelt is reported and not repaired: a guess could reach a stranger.
 */
final class EmailAddresses {

    /** RFC 1035, 2.3.4, without the length octets. */
    private static final int LONGEST_DOMAIN = 253;

    /** The dot-atom of RFC 5322, 3.2.3; quoted local parts are not in use. */
    private static final Pattern LOCAL =
            Pattern.compile("[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*");

    private static final Pattern DOMAIN =
            Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+(xn--[a-z0-9-]+|[a-z]{2,63})");
    private static final Pattern BETWEEN = Pattern.compile("\\s*(:::|[;,|/\\n])\\s*|\\s+");
    /** As a mail program writes it: {@code Ana Ruiz <ana@example.org>}. */
    private static final Pattern IN_BRACKETS = Pattern.compile("<([^<>\\s@]+@[^<>\\s@]+)>");

    private EmailAddresses() {}

    static ReadAddresses read(String cell) {
        ReadAddresses found = ReadAddresses.none();
        if (cell.isEmpty()) {
            return found;
        }
        String text = withoutNames(cell);
        List<String> parts = Arrays.asList(BETWEEN.split(text, -1));
        boolean several = parts.size() > 1 && parts.stream().allMatch(part -> part.indexOf('@') > 0);
        for (String part : several ? parts : List.of(text)) {
            readOne(part, found);
        }
        return found;
    }

    /** What stands in angle brackets, unless an address stands outside of them. */
    private static String withoutNames(String cell) {
        List<String> addresses =
                IN_BRACKETS.matcher(cell).results().map(found -> found.group(1)).toList();
        boolean all =
                !addresses.isEmpty() && IN_BRACKETS.matcher(cell).replaceAll("").indexOf('@') < 0;
        return all ? String.join(";", addresses) : cell;
    }

    private static void readOne(String text, ReadAddresses found) {
        int at = text.lastIndexOf('@');
        String local = at < 0 ? "" : text.substring(0, at).toLowerCase(Locale.ROOT);
        String domain = at < 0 ? "" : ascii(text.substring(at + 1));
        if (at < 0) {
            found.invalid().add(new ReadAddresses.Invalid(text, Notice.of("email-no-at")));
        } else if (local.chars().anyMatch(c -> c >= 0x80)) {
            found.invalid().add(new ReadAddresses.Invalid(text, Notice.of("email-accents")));
        } else if (local.length() > 64
                || domain.length() > LONGEST_DOMAIN
                || !LOCAL.matcher(local).matches()
                || !DOMAIN.matcher(domain).matches()) {
            found.invalid().add(new ReadAddresses.Invalid(text, Notice.of("email-invalid")));
        } else if (!found.valid().contains(local + "@" + domain)) {
            found.valid().add(local + "@" + domain);
        }
    }

    private static String ascii(String domain) {
        if (domain.length() > LONGEST_DOMAIN) {
            // for which newer Javas throw something else than IllegalArgumentException
            return "";
        }
        try {
            return IDN.toASCII(domain.toLowerCase(Locale.ROOT), IDN.USE_STD3_ASCII_RULES)
                    .toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
