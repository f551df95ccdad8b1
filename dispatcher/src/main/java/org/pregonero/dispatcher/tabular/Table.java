package org.pregonero.dispatcher.tabular;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * What a file holds, row by row.
 *
 * @param encoding the characters' encoding, or "XLSX"
 * @param separator between the columns of a text file ("\t" for a tabulator), empty for a workbook
 * @param rows in order; a workbook's rows without any cell are left out, so look at their numbers
 * @param merged areas drawn as one cell; the text stands in each area's first cell
 * @param unreadSheets names of further sheets with content, which were not read
 */
public record Table(
        String encoding, String separator, List<TableRow> rows, List<MergedArea> merged, List<String> unreadSheets) {

    /** A cell, by row from 1 and column from 0. */
    public record Cell(int row, int column) {}

    /** The same table with what somebody says these cells should hold; a formula that was looked at is none any more. */
    public Table corrected(Map<Cell, String> texts) {
        if (texts.isEmpty()) {
            return this;
        }
        return new Table(
                encoding,
                separator,
                rows.stream().map(row -> row.corrected(texts)).toList(),
                merged,
                unreadSheets);
    }

    /**
     * The same table, with the text of areas merged downwards in each of their rows that says anything.
     *
     * @param fills whether a row gets it in a column
     * @param after number of the row below which it begins
     */
    public Table filledDown(BiPredicate<TableRow, Integer> fills, int after) {
        Map<Integer, List<MergedArea>> byFirstRow = merged.stream()
                .filter(area -> area.firstRow() > after && area.lastRow() > area.firstRow())
                .collect(Collectors.groupingBy(MergedArea::firstRow));
        if (byFirstRow.isEmpty()) {
            return this;
        }
        // one per column: areas of a file made to do harm may overlap
        Map<Integer, MergedArea> open = new HashMap<>();
        Map<Integer, String> text = new HashMap<>();
        List<TableRow> filled = new ArrayList<>(rows.size());
        for (TableRow row : rows) {
            Map<Cell, String> texts = new HashMap<>();
            open.forEach((column, area) -> {
                if (area.contains(row.number(), column)
                        && row.cell(column).isEmpty()
                        && !row.isBlank()
                        && fills.test(row, column)) {
                    texts.put(new Cell(row.number(), column), text.getOrDefault(column, ""));
                }
            });
            filled.add(row.corrected(texts));
            for (MergedArea area : byFirstRow.getOrDefault(row.number(), List.of())) {
                open.put(area.firstColumn(), area);
                text.put(area.firstColumn(), row.isFormula(area.firstColumn()) ? "" : row.cell(area.firstColumn()));
            }
        }
        return new Table(encoding, separator, List.copyOf(filled), merged, unreadSheets);
    }

    /**
     * An area of cells drawn as one. Rows and columns as in {@link TableRow}: rows from 1, columns from 0, both ends
     * included.
     */
    public record MergedArea(int firstRow, int firstColumn, int lastRow, int lastColumn) {

        public boolean contains(int row, int column) {
            return row >= firstRow && row <= lastRow && column >= firstColumn && column <= lastColumn;
        }
    }
}
