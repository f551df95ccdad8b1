package org.pregonero.dispatcher.plan;

import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.tabular.Notice;

/**
 * Something in a plan table that can be understood in more than one way.
 *
 * @param columnIndex from 0, where the doubt is about one cell; else -1
 * @param column its heading
 * @param readAs what the row was taken for, where that is the doubt
 */
public record PlanDoubt(
        int row,
        int columnIndex,
        String column,
        String value,
        Notice reason,
        @Nullable RowKind readAs) {}
