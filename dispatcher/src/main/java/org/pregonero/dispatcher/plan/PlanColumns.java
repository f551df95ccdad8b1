package org.pregonero.dispatcher.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.pregonero.dispatcher.tabular.Headings;
import org.pregonero.dispatcher.tabular.Notice;
import org.pregonero.dispatcher.tabular.Table;
import org.pregonero.dispatcher.tabular.TableRow;
import org.pregonero.dispatcher.tabular.UnreadableFileException;
import org.pregonero.dispatcher.tabular.UnreadableFileException.Kind;

/**
 * Which columns of a plan table say what.
 *
 * @param headingIndex of the heading among the table's rows; -1 for a plain list without one
 * @param columnsByField what stands in none of them is kept under its heading
 */
record PlanColumns(int headingIndex, List<String> headings, Map<PlanField, List<Integer>> columnsByField) {

    /** The mark that begins an item of a list. */
    static final Pattern BULLET = Pattern.compile("^\\s*(?:[✓✔☑•●▪◦‣➢➤·*–-]|o(?= \\p{Lu}))\\s*");

    private static final Headings<PlanField> HEADINGS = new Headings<>(
            PlanField.class, Arrays.stream(PlanField.values()).collect(Collectors.toMap(f -> f, PlanField::synonyms)));

    /**
     * Reads the headings, or takes what somebody says of them.
     *
     * @param said the field of each column that somebody corrected, nothing for a column that is none of ours
     * @throws UnreadableFileException if nothing tells where the actions stand
     */
    static PlanColumns of(Table table, Map<Integer, Optional<PlanField>> said) {
        Optional<Headings.Found<PlanField>> found = HEADINGS.find(table)
                .filter(f -> Set.copyOf(f.fieldByColumn().values()).size() > 1 || !said.isEmpty())
                .filter(f -> f.fieldByColumn().containsValue(PlanField.NAME)
                        || f.fieldByColumn().containsValue(PlanField.DESCRIPTION)
                        || !said.isEmpty());
        if (found.isEmpty() && isList(table)) {
            return new PlanColumns(-1, List.of("Acciones"), Map.of(PlanField.NAME, List.of(0)));
        }
        int headingIndex = found.map(Headings.Found::index)
                .orElseThrow(() -> new UnreadableFileException(
                        Kind.NOT_UNDERSTOOD,
                        PlanImport.TEXTS,
                        Notice.of("headings", Headings.listed(firstFilled(table)))));
        TableRow heading = table.rows().get(headingIndex);
        Map<PlanField, List<Integer>> columns = new EnumMap<>(PlanField.class);
        if (said.isEmpty()) {
            found.get().fieldByColumn().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(entry -> columns.putIfAbsent(entry.getValue(), List.of(entry.getKey())));
        } else {
            said.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> entry.getValue()
                    .ifPresent(field -> columns.computeIfAbsent(field, f -> new ArrayList<>())
                            .add(entry.getKey())));
        }
        List<Integer> description = columns.getOrDefault(PlanField.DESCRIPTION, List.of());
        if (!columns.containsKey(PlanField.NAME) && !description.isEmpty()) {
            columns.put(PlanField.NAME, description);
            columns.remove(PlanField.DESCRIPTION);
        }
        int width = table.rows().stream()
                .skip(headingIndex)
                .filter(row -> !row.isBlank())
                .mapToInt(PlanColumns::lastFilled)
                .max()
                .orElse(0);
        List<String> headings = new ArrayList<>();
        for (int column = 0; column < width; column++) {
            String text = heading.cell(column).replace('\n', ' ');
            headings.add(text.isEmpty() ? "Columna " + (column + 1) : text);
        }
        return new PlanColumns(headingIndex, List.copyOf(headings), columns);
    }

    boolean isList() {
        return headingIndex < 0;
    }

    List<Integer> of(PlanField field) {
        return columnsByField.getOrDefault(field, List.of());
    }

    /** What a column says, nothing for one that is kept under its heading. */
    Optional<PlanField> field(int column) {
        return columnsByField.entrySet().stream()
                .filter(entry -> entry.getValue().contains(column))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    String heading(int column) {
        return column >= 0 && column < headings.size() ? headings.get(column) : "Columna " + (column + 1);
    }

    /** Lines one below the other, most of them with a mark before them: what a presentation's slides become. */
    private static boolean isList(Table table) {
        long lines = table.rows().stream().filter(row -> !row.isBlank()).count();
        boolean oneColumn = table.rows().stream().allMatch(row -> row.filled() <= 1);
        long items = table.rows().stream()
                .filter(row -> BULLET.matcher(row.cell(0)).find())
                .count();
        return oneColumn && items >= 2 && items * 2 >= lines;
    }

    private static int lastFilled(TableRow row) {
        int last = row.width();
        while (last > 0 && row.cell(last - 1).isEmpty()) {
            last--;
        }
        return last;
    }

    private static TableRow firstFilled(Table table) {
        return table.rows().stream()
                .filter(row -> row.filled() > 1)
                .findFirst()
                .orElse(table.rows().get(0));
    }
}
