package org.pregonero.dispatcher.tabular;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds a table's heading row and understands its words, whatever their order, accents and capitals.
 *
 * @param <F> the fields a heading can stand for
 */
public final class Headings<F extends Enum<F>> {

    private static final int LOOKED_AT = 40;

    private final Map<String, F> fieldByWords = new HashMap<>();
    private final Class<F> fields;

    /**
     * Learns the words.
     *
     * @param synonyms for every field, the ways it is written; the longest one found in a heading decides
     */
    public Headings(Class<F> fields, Map<F, List<String>> synonyms) {
        this.fields = fields;
        synonyms.forEach((field, words) -> words.forEach(word -> fieldByWords.put(Words.fold(word), field)));
    }

    /** A heading row found at an index of the table's rows, and what its columns are. */
    public record Found<F extends Enum<F>>(int index, Map<Integer, F> fieldByColumn) {}

    /** Why a table cannot be used of which no heading is known: what its own module says, and where further sheets were not read. */
    public static Notice unknown(Table table, TableRow heading) {
        return table.unreadSheets().isEmpty()
                ? Notice.of("headings", listed(heading))
                : Notice.of("headings-sheets", listed(heading), String.join("», «", table.unreadSheets()));
    }

    /** The row, among the first ones, in which most cells are known headings. */
    public Optional<Found<F>> find(Table table) {
        return find(table, row -> false);
    }

    /**
     * The same.
     *
     * @param isData tells rows that are no heading, whatever words they contain
     */
    public Optional<Found<F>> find(Table table, Predicate<TableRow> isData) {
        Optional<Found<F>> best = Optional.empty();
        int bestScore = 0;
        for (int index = 0; index < Math.min(LOOKED_AT, table.rows().size()); index++) {
            TableRow row = table.rows().get(index);
            Map<Integer, F> columns = new HashMap<>();
            EnumMap<F, Boolean> distinct = new EnumMap<>(fields);
            for (int column = 0; column < row.width(); column++) {
                Optional<F> field = row.isFormula(column) ? Optional.empty() : field(row.cell(column));
                if (field.isPresent()) {
                    columns.put(column, field.get());
                    distinct.put(field.get(), true);
                }
            }
            // a title such as "Plan de comunicaciones" may contain a known word, but stands alone
            boolean alone = row.filled() == 1
                    && table.rows().stream().skip(index + 1L).limit(LOOKED_AT).anyMatch(next -> next.filled() > 1);
            if (!alone && distinct.size() > bestScore && !isData.test(row)) {
                bestScore = distinct.size();
                best = Optional.of(new Found<>(index, columns));
            }
        }
        return best;
    }

    /** What a heading stands for; text too long for a heading stands for nothing. */
    public Optional<F> field(String heading) {
        String words = Words.fold(heading);
        if (words.isEmpty() || words.length() > 120 || heading.contains("@")) {
            return Optional.empty();
        }
        F exact = fieldByWords.get(words);
        if (exact != null) {
            return Optional.of(exact);
        }
        String padded = " " + words + " ";
        Optional<F> best = Optional.empty();
        int longest = 0;
        for (Map.Entry<String, F> entry : fieldByWords.entrySet()) {
            String known = entry.getKey();
            if (known.length() > longest && padded.contains(" " + known + " ") && words.length() <= 80) {
                longest = known.length();
                best = Optional.of(entry.getValue());
            }
        }
        return best;
    }

    /** The texts of a row that may be headings, for telling the user what was found. */
    public static String listed(TableRow row) {
        List<String> texts = new ArrayList<>();
        for (int column = 0; column < row.width() && texts.size() < 15; column++) {
            String text = row.cell(column).replace('\n', ' ');
            if (!text.isEmpty()) {
                texts.add("«" + text.substring(0, Math.min(40, text.length())) + "»");
            }
        }
        return String.join(", ", texts);
    }
}
