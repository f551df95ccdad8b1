package org.pregonero.dispatcher.audience;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.pregonero.dispatcher.tabular.Words;

/** What a list says a person answered when asked for authorisation. */
enum Answer {
    YES,
    NO,
    /** Nothing, or anything that is neither. Silence is never consent (D1377/2013 art. 7). */
    NONE;

    private static final Set<String> YES_WORDS = Set.of(
            "si",
            "s",
            "x",
            "1",
            "true",
            "verdadero",
            "acepta",
            "acepto",
            "autoriza",
            "autorizo",
            "autorizado",
            "autorizada",
            "si autoriza",
            "si autorizo",
            "si acepta",
            "si acepto",
            "yes",
            "y",
            "ok");
    private static final Set<String> PLAIN_NO = Set.of("no", "n", "0", "false", "falso");
    /** "No sabe" and "no aplica" are no answers. */
    private static final Pattern NO_WORDS =
            Pattern.compile("(no )+(usted )?(autoriz|acept|dese|quier|otorg|consient|gracias\\b|estoy de acuerdo).*"
                    + "|(retir(o|ad[ao])\\b|revoc|rechaz|deneg|negad[ao]\\b|nego\\b|niega).*");

    static Answer of(String text) {
        if (text.equals("✓") || text.equals("✔") || text.equals("☑") || text.equals("✅")) {
            return YES;
        }
        String words = Words.fold(text);
        if (YES_WORDS.contains(words)) {
            return YES;
        }
        return PLAIN_NO.contains(words) || NO_WORDS.matcher(words).matches() ? NO : NONE;
    }

    /**
     * What is said under a heading that denies: "No autoriza: X" is a no, and so is the day of a revocation, but
     * "No autoriza: no" says nothing.
     */
    static Optional<Answer> denied(String text) {
        if (PLAIN_NO.contains(Words.fold(text))) {
            return Optional.empty();
        }
        boolean said = of(text) != NONE || SpanishDates.read(text).isPresent();
        return Optional.of(said ? NO : NONE);
    }
}
