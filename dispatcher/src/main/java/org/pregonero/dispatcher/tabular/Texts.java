package org.pregonero.dispatcher.tabular;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.support.ResourceBundleMessageSource;

/** The sentences of one module, Spanish unless the reader asks for English first. */
public final class Texts {

    private static final Locale SPANISH = Locale.forLanguageTag("es-CO");

    private final ResourceBundleMessageSource bundle = new ResourceBundleMessageSource();

    /**
     * Opens a module's bundle.
     *
     * @param baseName its name below {@code messages/} on the class path
     */
    public Texts(String baseName) {
        bundle.setBasename("messages/" + baseName);
        bundle.setDefaultEncoding("UTF-8");
        bundle.setFallbackToSystemLocale(false);
        // not that of whatever thread asks first: a web server's own ends with it
        bundle.setBundleClassLoader(Texts.class.getClassLoader());
    }

    public String say(Notice notice, Locale locale) {
        return say(notice.key(), locale, notice.arguments().toArray());
    }

    /** A sentence; numbers among its arguments are written as the language writes them. */
    public String say(String key, Locale locale, Object... arguments) {
        return bundle.getMessage(key, arguments, locale);
    }

    /**
     * The language to answer in. The server's own locale plays no part: an installation on an English machine still
     * speaks Spanish.
     *
     * @param acceptLanguage the request's header, where there is one
     */
    public static Locale locale(@Nullable String acceptLanguage) {
        if (acceptLanguage == null || acceptLanguage.isBlank()) {
            return SPANISH;
        }
        try {
            List<Locale.LanguageRange> ranges = Locale.LanguageRange.parse(acceptLanguage);
            return !ranges.isEmpty() && ranges.get(0).getRange().startsWith("en") ? Locale.ENGLISH : SPANISH;
        } catch (IllegalArgumentException malformed) {
            return SPANISH;
        }
    }
}
