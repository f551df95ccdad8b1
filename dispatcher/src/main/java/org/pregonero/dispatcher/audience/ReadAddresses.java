package org.pregonero.dispatcher.audience;

import java.util.ArrayList;
import java.util.List;
import org.pregonero.dispatcher.tabular.Notice;

/**
 * The addresses of one kind found in one cell.
 *
 * @param valid normalised
 * @param invalid as written, each with what is wrong with it
 */
record ReadAddresses(List<String> valid, List<Invalid> invalid) {

    record Invalid(String value, Notice reason) {}

    static ReadAddresses none() {
        return new ReadAddresses(new ArrayList<>(), new ArrayList<>());
    }

    boolean looksLikeAddresses() {
        return !valid.isEmpty();
    }
}
