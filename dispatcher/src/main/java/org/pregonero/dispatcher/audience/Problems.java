package org.pregonero.dispatcher.audience;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.pregonero.dispatcher.tabular.Notice;

/** Collects what a person should look at; counts on where a list has more than anybody would read. */
final class Problems {

    private static final int KEPT = 50_000;

    private final List<ImportProblem> kept = new ArrayList<>();
    private int total;

    void add(int row, String column, String value, Notice reason) {
        total++;
        if (kept.size() < KEPT) {
            kept.add(new ImportProblem(row, column, value, reason));
        }
    }

    int total() {
        return total;
    }

    /** As many as are kept. */
    List<ImportProblem> all() {
        return kept;
    }

    List<ImportProblem> first() {
        return kept.stream()
                .sorted(Comparator.comparingInt(ImportProblem::row))
                .limit(ImportReport.MOST_PROBLEMS)
                .toList();
    }
}
