package org.pregonero.templates;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * The fixed texts of layouts and errors in one language: Spanish, or English when asked for.
 *
 * @param locale language and country that dates are written in
 */
record Words(Locale locale, ResourceBundle bundle) {

    static Words in(Locale locale) {
        return new Words(
                locale,
                ResourceBundle.getBundle(
                        "org.pregonero.templates.messages",
                        locale,
                        // Without this, a server in an English locale would answer a French reader in English.
                        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES)));
    }

    String get(String key) {
        return bundle.getString(key);
    }

    String get(String key, Object... arguments) {
        return new MessageFormat(bundle.getString(key), locale).format(arguments);
    }

    InvalidTemplateException invalid(String key, Object... arguments) {
        return new InvalidTemplateException(get(key, arguments));
    }

    /** An error in one field of the content, at one line of it. */
    InvalidTemplateException invalidAt(String field, int line, String key, Object... arguments) {
        return new InvalidTemplateException(
                get("error.where", get("field." + field), Integer.toString(line)) + " " + get(key, arguments));
    }
}
