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
 * and taken in again. A text file as spreadsheets here expect it: semicolons, UTF-8 with its mark.
 */
final class RowsToMend {

    /** The column that is added; taken in again, it says nothing about the person. */
    static final String HEADING = "Motivo (qué corregir)";

    static final String HEADING_KEY = Words.fold(HEADING);

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String FORMULA_STARTS = "=+-@\t\r";
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
                cells.add(text(row.cell(column)));
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
        out.write(BYTE_ORDER_MARK);
        CsvWriter csv = CsvWriter.builder().fieldSeparator(';').bufferSize(0).build(out);
        rows.forEach(csv::writeRecord);
        return out.toString();
    }

    /** The rows of a text that {@link #csv} wrote. */
    static List<List<String>> rows(String csv) {
        return csv.isEmpty()
                ? List.of()
                : CsvReader.builder().fieldSeparator(';').ofCsvRecord(csv.substring(BYTE_ORDER_MARK.length())).stream()
                        .map(CsvRecord::getFields)
                        .toList();
    }

    private static List<String> with(List<String> cells, String last) {
        List<String> all = new ArrayList<>(cells);
        all.add(last);
        return all;
    }

    /** A telephone with its plus sign is read the same behind an apostrophe, and nothing becomes a formula. */
    private static String text(String cell) {
        return !cell.isEmpty() && FORMULA_STARTS.indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
    }
}
