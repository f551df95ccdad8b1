package org.pregonero.templates;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A link's address with placeholders.
 *
 * <p>Only http, https and mailto are let through. A value at the beginning may be a whole address; a value further on is
 * percent-encoded (RFC 3986, 2.1), so that it cannot add a host, a path or a parameter.
 */
record UrlTemplate(List<TemplateText.Token> parts) {

    private static final Pattern SAFE = Pattern.compile("(?i)(https?://\\S|mailto:\\S).*");
    private static final Pattern SAFE_START = Pattern.compile("(?i)(https?://|mailto:).*");
    private static final String UNRESERVED = "-._~@+";

    UrlTemplate {
        parts = List.copyOf(parts);
    }

    /** @throws InvalidTemplateException for other schemes and for sections inside the address */
    static UrlTemplate of(TemplateText text, Words words) {
        StringBuilder shown = new StringBuilder();
        for (TemplateText.Token token : text.tokens()) {
            if (token instanceof TemplateText.Text part) {
                shown.append(part.text());
            } else if (token instanceof TemplateText.Variable variable) {
                shown.append("{{").append(variable.name()).append("}}");
            } else {
                throw words.invalid("error.sectionInLink", words.get("field." + text.field()));
            }
        }
        boolean startsWithValue = !text.tokens().isEmpty() && text.tokens().get(0) instanceof TemplateText.Variable;
        if (!startsWithValue && !SAFE_START.matcher(shown.toString().strip()).matches()) {
            throw words.invalid("error.badLink", words.get("field." + text.field()), shown);
        }
        return new UrlTemplate(text.tokens());
    }

    /** The names of the values that the address is made with. */
    Stream<String> variables() {
        return parts.stream().filter(TemplateText.Variable.class::isInstance).map(part -> ((TemplateText.Variable) part)
                .name());
    }

    /** The address, or an empty text when the values make it one that must not be followed. */
    String resolve(Scope scope) {
        StringBuilder url = new StringBuilder();
        for (TemplateText.Token part : parts) {
            if (part instanceof TemplateText.Text text) {
                url.append(text.text());
            } else if (part instanceof TemplateText.Variable variable) {
                String value = scope.value(variable.name()).strip();
                url.append(url.length() == 0 ? value : encoded(value));
            }
        }
        String whole = withoutSpaces(url.toString().strip());
        return SAFE.matcher(whole).matches() ? whole : "";
    }

    private static String encoded(String value) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            boolean plain = c < 128 && Character.isLetterOrDigit(c);
            if (plain || UNRESERVED.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                percent(encoded, octet);
            }
        }
        return encoded.toString();
    }

    private static String withoutSpaces(String url) {
        StringBuilder clean = new StringBuilder(url.length());
        url.codePoints().forEach(c -> {
            if (Character.isISOControl(c) || Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                for (byte octet : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    percent(clean, octet);
                }
            } else {
                clean.appendCodePoint(c);
            }
        });
        return clean.toString();
    }

    private static void percent(StringBuilder out, byte octet) {
        out.append('%')
                .append(Character.toUpperCase(Character.forDigit(octet >> 4 & 0xf, 16)))
                .append(Character.toUpperCase(Character.forDigit(octet & 0xf, 16)));
    }
}
