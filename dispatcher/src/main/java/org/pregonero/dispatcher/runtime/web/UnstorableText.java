package org.pregonero.dispatcher.runtime.web;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Text from outside that PostgreSQL does not take, above all the character NUL. No other fault of a statement counts. */
final class UnstorableText {

    static final String EXPLANATION = "Algún texto de la solicitud contiene caracteres que no se pueden guardar, "
            + "como el carácter nulo (U+0000). Quítelos e intente de nuevo.";

    /**
     * character_not_in_repertoire and untranslatable_character
     * (https://www.postgresql.org/docs/current/errcodes-appendix.html).
     */
    private static final Set<String> STATES = Set.of("22021", "22P05");

    private UnstorableText() {}

    static boolean causes(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refusal && STATES.contains(String.valueOf(refusal.getSQLState()))) {
                return true;
            }
        }
        return false;
    }
}
