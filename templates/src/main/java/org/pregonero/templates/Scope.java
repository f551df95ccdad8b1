package org.pregonero.templates;

import com.samskivert.mustache.Mustache;
import java.util.Map;

/**
 * What the template engine may see of one recipient: text for a placeholder, true or false for a section, a safe address
 * for a link. It never meets an object whose methods it could call.
 */
final class Scope implements Mustache.CustomContext {

    private final Vocabulary vocabulary;
    private final Map<String, String> values;

    Scope(Vocabulary vocabulary, Map<String, String> values) {
        this.vocabulary = vocabulary;
        this.values = values;
    }

    boolean has(String name) {
        return !value(name).isEmpty();
    }

    String value(String name) {
        return vocabulary.value(name, values);
    }

    /** Names as {@link CompiledText} writes them. */
    @Override
    public Object get(String name) {
        String rest = name.substring(1);
        return switch (name.charAt(0)) {
            case CompiledText.VALUE -> value(rest);
            case CompiledText.SECTION -> has(rest);
            case CompiledText.URL -> url(Integer.parseInt(rest));
            case CompiledText.URL_SECTION -> !url(Integer.parseInt(rest)).isEmpty();
            default -> throw new IllegalArgumentException("Unknown kind of name: " + name);
        };
    }

    /** The address of a link; the recipient's own, which counts the click and leads on, where there is one. */
    String url(int number) {
        String tracking = value(Vocabulary.TRACKING);
        return !tracking.isEmpty() && vocabulary.links().containsKey(number)
                ? tracking + number
                : vocabulary.url(number).resolve(this);
    }
}
