package org.pregonero.dispatcher.plan;

import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.tabular.Notice;

/**
 * Something in a plan table that can be understood in more than one way.
 *
 * @param columnIndex from 0, where the doubt is about one cell that can be corrected; else -1
 * @param column its heading
 * @param value what is doubtful
 * @param cell the whole text of the cell in which it stands
 * @param readAs what the row was taken for, where that is the doubt
 */
public record PlanDoubt(
        int row,
        int columnIndex,
        String column,
        String value,
        String cell,
        Notice reason,
        @Nullable RowKind readAs) {

    /** A doubt about what a row is. */
    static PlanDoubt about(int row, String value, Notice reason, @Nullable RowKind readAs) {
        return new PlanDoubt(row, -1, "", value, "", reason, readAs);
    }
}
