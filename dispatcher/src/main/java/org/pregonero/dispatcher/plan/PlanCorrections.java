package org.pregonero.dispatcher.plan;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.tabular.Table.Cell;

/**
 * What a person says a plan table means where it was not clear.
 *
 * @param name of the plan; null leaves what the table says
 * @param columns what each column says; empty leaves what the headings say
 * @param cells the text that should stand in a cell
 * @param rows what a row is
 */
public record PlanCorrections(
        @Nullable String name,
        Map<Integer, Optional<PlanField>> columns,
        Map<Cell, String> cells,
        Map<Integer, RowKind> rows) {

    public static final PlanCorrections NONE = new PlanCorrections(null, Map.of(), Map.of(), Map.of());

    private static final Pattern KNOWN =
            Pattern.compile("name|column-\\d{1,3}|cell-\\d{1,6}-\\d{1,3}|row-\\d{1,6}|event-(name|date|from|to|place)");
    private static final Pattern CELL = Pattern.compile("cell-(\\d+)-(\\d+)");
    private static final int LONGEST = 5_000;

    /** The fields of a form that say something about a plan table, and nothing else a request may bring. */
    public static Map<String, String> known(Map<String, String> form) {
        return form.entrySet().stream()
                .filter(field -> KNOWN.matcher(field.getKey()).matches())
                .filter(field -> field.getValue().length() <= LONGEST)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Reads the fields of the form; those that say nothing sensible leave everything as it is. */
    public static PlanCorrections of(Map<String, String> form) {
        Map<Integer, Optional<PlanField>> columns = new HashMap<>();
        Map<Cell, String> cells = new HashMap<>();
        Map<Integer, RowKind> rows = new HashMap<>();
        known(form).forEach((key, value) -> {
            Matcher cell = CELL.matcher(key);
            if (cell.matches()) {
                cells.put(new Cell(Integer.parseInt(cell.group(1)), Integer.parseInt(cell.group(2))), value);
            } else if (key.startsWith("column-")) {
                columns.put(number(key), named(PlanField.values(), value));
            } else if (key.startsWith("row-")) {
                named(RowKind.values(), value).ifPresent(kind -> rows.put(number(key), kind));
            }
        });
        String name = form.getOrDefault("name", "").strip();
        return new PlanCorrections(name.isEmpty() ? null : name, columns, cells, rows);
    }

    private static int number(String key) {
        return Integer.parseInt(key.substring(key.indexOf('-') + 1));
    }

    private static <E extends Enum<E>> Optional<E> named(E[] values, String name) {
        for (E value : values) {
            if (value.name().equals(name)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
