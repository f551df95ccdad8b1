package org.pregonero.dispatcher.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.pregonero.dispatcher.tabular.Headings;
import org.pregonero.dispatcher.tabular.Table;
import org.pregonero.dispatcher.tabular.Table.MergedArea;
import org.pregonero.dispatcher.tabular.TableRow;
import org.pregonero.dispatcher.tabular.UnreadableFileException;
import org.pregonero.dispatcher.tabular.UnreadableFileException.Kind;
import org.pregonero.dispatcher.tabular.Words;

/**
 * Which columns of a plan table say what.
 *
 * @param headingIndex of the heading among the table's rows; -1 for a plain list without one
 * @param firstRow index of the first row below the heading
 * @param labels what a mark in a column means, nothing where it means nothing
 * @param columnsByField what stands in none of them is kept under its heading
 */
record PlanColumns(
        int headingIndex,
        int firstRow,
        List<String> headings,
        List<String> labels,
        Map<PlanField, List<Integer>> columnsByField) {

    /** The mark that begins an item of a list. */
    static final Pattern BULLET = Pattern.compile("^\\s*(?:[✓✔☑•●▪◦‣➢➤·*–-]|o(?= \\p{Lu}))\\s*");

    private static final Pattern NUMBER = Pattern.compile("(?i)\\d{1,2}|[ivx]{1,4}");
    private static final Pattern HISTORY = Pattern.compile("\\b(version|del cambio)\\b");

    private static final Headings<PlanField> HEADINGS = new Headings<>(
            PlanField.class, Arrays.stream(PlanField.values()).collect(Collectors.toMap(f -> f, PlanField::synonyms)));

    /**
     * Reads the headings, or takes what somebody says of them.
     *
     * @param said the field of each column that somebody corrected, nothing for a column that is none of ours
     * @throws UnreadableFileException if nothing tells where the actions stand
     */
    static PlanColumns of(Table table, Map<Integer, Optional<PlanField>> said) {
        Optional<Headings.Found<PlanField>> found = said.isEmpty() ? find(table) : HEADINGS.find(table);
        if (found.isEmpty() && isList(table)) {
            return new PlanColumns(-1, 0, List.of("Acciones"), List.of(), Map.of(PlanField.NAME, List.of(0)));
        }
        int headingIndex = found.map(Headings.Found::index)
                .orElseThrow(() -> new UnreadableFileException(
                        Kind.NOT_UNDERSTOOD, PlanImport.TEXTS, Headings.unknown(table, firstFilled(table))));
        Map<PlanField, List<Integer>> columns =
                byHeading(table.rows().get(headingIndex), found.get().fieldByColumn());
        int rows = isSecondHeading(table, headingIndex, columns) ? 2 : 1;
        List<TableRow> heading = table.rows().subList(headingIndex, headingIndex + rows);
        int width = table.rows().stream()
                .skip(headingIndex)
                .filter(row -> !row.isBlank())
                .mapToInt(PlanColumns::lastFilled)
                .max()
                .orElse(0);
        List<String> headings = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (int column = 0; column < width; column++) {
            String above = heading.get(0).cell(over(table, heading, column)).replace('\n', ' ');
            String own = rows == 1 ? "" : heading.get(1).cell(column).replace('\n', ' ');
            headings.add(Stream.of(above, own).filter(text -> !text.isEmpty()).collect(Collectors.joining(", ")));
            if (headings.get(column).isEmpty()) {
                headings.set(column, "Columna " + (column + 1));
            }
            labels.add(label(above, own));
        }
        if (said.isEmpty()) {
            columns.replaceAll((field, first) -> IntStream.range(0, width)
                    .filter(column -> over(table, heading, column) == first.get(0))
                    .boxed()
                    .toList());
            List<Integer> schedule = schedule(table, headingIndex + rows, labels);
            if (!schedule.isEmpty() && schedule.containsAll(columns.getOrDefault(PlanField.FREQUENCY, List.of()))) {
                columns.put(PlanField.FREQUENCY, schedule);
            }
        } else {
            columns.clear();
            said.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> entry.getValue()
                    .ifPresent(field -> columns.computeIfAbsent(field, f -> new ArrayList<>())
                            .add(entry.getKey())));
            describedIsNamed(columns);
        }
        return new PlanColumns(headingIndex, headingIndex + rows, List.copyOf(headings), List.copyOf(labels), columns);
    }

    /** Whether a table seems to be a plan; the history of a document has descriptions, dates and people, too. */
    static boolean understands(Table table) {
        return find(table)
                .map(found -> Headings.listed(table.rows().get(found.index())))
                .map(listed -> !HISTORY.matcher(Words.fold(listed)).find())
                .orElseGet(() -> isList(table));
    }

    private static Optional<Headings.Found<PlanField>> find(Table table) {
        return HEADINGS.find(table)
                .filter(found -> found.fieldByColumn().size() > 1)
                .filter(found -> found.fieldByColumn().containsValue(PlanField.NAME)
                        || found.fieldByColumn().containsValue(PlanField.DESCRIPTION));
    }

    /** For every field the first column that may be it, but an activity before the medium it goes by. */
    private static Map<PlanField, List<Integer>> byHeading(TableRow heading, Map<Integer, PlanField> found) {
        Map<PlanField, List<Integer>> columns = new EnumMap<>(PlanField.class);
        SortedMap<Integer, PlanField> inOrder = new TreeMap<>(found);
        inOrder.forEach((column, field) -> columns.putIfAbsent(field, List.of(column)));
        List<Integer> names = inOrder.keySet().stream()
                .filter(column -> inOrder.get(column) == PlanField.NAME)
                .sorted(Comparator.comparing(column -> !PlanWording.namesAction(heading.cell(column))))
                .toList();
        names.stream().findFirst().ifPresent(column -> columns.put(PlanField.NAME, List.of(column)));
        names.stream()
                .skip(1)
                .filter(column -> !PlanWording.namesAction(heading.cell(column)))
                .findFirst()
                .ifPresent(column -> columns.putIfAbsent(PlanField.DESCRIPTION, List.of(column)));
        describedIsNamed(columns);
        return columns;
    }

    private static void describedIsNamed(Map<PlanField, List<Integer>> columns) {
        if (!columns.containsKey(PlanField.NAME) && columns.containsKey(PlanField.DESCRIPTION)) {
            columns.put(PlanField.NAME, columns.remove(PlanField.DESCRIPTION));
        }
    }

    /** Below a heading over several columns ("Cronograma") each of them may have its own ("Ene", "Feb"). */
    private static boolean isSecondHeading(Table table, int headingIndex, Map<PlanField, List<Integer>> columns) {
        if (headingIndex + 1 == table.rows().size()) {
            return false;
        }
        TableRow heading = table.rows().get(headingIndex);
        TableRow row = table.rows().get(headingIndex + 1);
        return row.filled() > 1
                && IntStream.range(0, row.width())
                        .filter(column -> !row.cell(column).isEmpty())
                        .allMatch(column -> heading.cell(column).isEmpty()
                                || (heading.cell(column + 1).isEmpty()
                                        && !row.cell(column + 1).isEmpty()
                                        && Stream.of(PlanField.NAME, PlanField.STAGE)
                                                .noneMatch(field -> columns.getOrDefault(field, List.of())
                                                        .contains(column))));
    }

    /** The columns of months or quarters, if there are marks in them; the amounts of each quarter are no schedule. */
    private static List<Integer> schedule(Table table, int firstRow, List<String> labels) {
        List<Integer> periods = IntStream.range(0, labels.size())
                .filter(column -> !PlanWording.period(labels.get(column)).isEmpty())
                .boxed()
                .toList();
        boolean marked = table.rows().stream().skip(firstRow).anyMatch(row -> periods.stream()
                .anyMatch(column -> PlanWording.isMark(row.cell(column))));
        return marked ? periods : List.of();
    }

    /** The column in which a heading is written that stands over this one, too. */
    private static int over(Table table, List<TableRow> heading, int column) {
        if (!heading.get(0).cell(column).isEmpty()) {
            return column;
        }
        int row = heading.get(0).number();
        for (MergedArea area : table.merged()) {
            if (area.firstRow() == row && area.contains(row, column)) {
                return area.firstColumn();
            }
        }
        boolean beside = heading.size() > 1
                && column > 0
                && !heading.get(1).cell(column).isEmpty()
                && !heading.get(1).cell(column - 1).isEmpty();
        return beside ? over(table, heading, column - 1) : column;
    }

    /** What a mark means, by the heading of its column and that above several; "1" or "III" alone would say too little. */
    private static String label(String above, String own) {
        String period = PlanWording.period(own.isEmpty() ? above : own);
        if (!period.isEmpty() || !NUMBER.matcher(own).matches()) {
            return period.isEmpty() ? own : period;
        }
        return above + " " + own;
    }

    /** What a cell says; a mark says what stands above it. */
    String says(PlanField field, int column, String text) {
        String label = column < labels.size() ? labels.get(column) : "";
        if (text.isEmpty() || label.isEmpty() || Words.fold(text).contains(Words.fold(label))) {
            return text;
        }
        if (PlanWording.isMark(text)) {
            return label;
        }
        return field == PlanField.FREQUENCY ? label + ": " + text : text;
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
