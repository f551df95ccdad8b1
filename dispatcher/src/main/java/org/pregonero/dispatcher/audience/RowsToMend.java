package org.pregonero.dispatcher.audience;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.pregonero.dispatcher.tabular.Table;
import org.pregonero.dispatcher.tabular.TableRow;
import org.pregonero.dispatcher.tabular.Words;

/**
 * The rows of a list that a person should look at, with all their columns and the reason: to be mended in a spreadsheet
 * and taken in again. Kept as CSV.
 */
final class RowsToMend {

    /** The column that is added; taken in again, it says nothing about the person. */
    static final String HEADING = "Motivo (qué corregir)";

    static final String HEADING_KEY = Words.fold(HEADING);

    private static final Locale SPANISH = Locale.forLanguageTag("es-CO");

    private RowsToMend() {}

    /** Nothing where there is nothing to mend. */
    static String csv(Table table, ContactColumns columns, List<ImportProblem> problems) {
        Map<Integer, List<String>> reasons = new TreeMap<>();
        for (ImportProblem problem : problems) {
            String where = problem.column().isEmpty() ? "" : problem.column() + ": ";
            reasons.computeIfAbsent(problem.row(), row -> new ArrayList<>())
                    .add(where + ContactImport.TEXTS.say(problem.reason(), SPANISH));
        }
        List<TableRow> rows = table
                .rows()
                .subList(columns.firstRow(), table.rows().size())
                .stream()
                .filter(row -> reasons.containsKey(row.number()))
                .toList();
        if (rows.isEmpty()) {
            return "";
        }
        List<List<String>> written = new ArrayList<>();
        written.add(with(columns.headings(), HEADING));
        for (TableRow row : rows) {
            List<String> cells = new ArrayList<>();
            for (int column = 0; column < columns.headings().size(); column++) {
                cells.add(row.cell(column));
            }
            written.add(with(cells, String.join(" ", reasons.getOrDefault(row.number(), List.of()))));
        }
        return csv(written);
    }

    /** @param rows the first one with the headings; nothing where there is no other */
    static String csv(List<List<String>> rows) {
        if (rows.size() < 2) {
            return "";
        }
        StringWriter out = new StringWriter();
        CsvWriter csv = CsvWriter.builder().bufferSize(0).build(out);
        rows.forEach(csv::writeRecord);
        return out.toString();
    }

    /** The rows of a text that {@link #csv} wrote. */
    static List<List<String>> rows(String csv) {
        return csv.isEmpty()
                ? List.of()
                : CsvReader.builder().ofCsvRecord(csv).stream()
                        .map(CsvRecord::getFields)
                        .toList();
    }

    private static List<String> with(List<String> cells, String last) {
        List<String> all = new ArrayList<>(cells);
        all.add(last);
        return all;
    }
}
