package org.pregonero.dispatcher.runtime;

import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of a list, and where the rest of it begins.
 *
 * @param next the id after which to go on, or null when nothing comes after
 */
public record Slice<T>(List<T> rows, @Nullable Long next) {

    /**
     * Reads at most so many rows, and looks whether there is another one.
     *
     * @param read the rows from where the list goes on, at most as many as it is told
     */
    public static <T> Slice<T> of(int size, IntFunction<List<T>> read, ToLongFunction<T> id) {
        var rows = read.apply(size + 1);
        return rows.size() <= size
                ? new Slice<>(rows, null)
                : new Slice<>(List.copyOf(rows.subList(0, size)), id.applyAsLong(rows.get(size - 1)));
    }
}
