package org.pregonero.dispatcher.tabular;

import java.util.List;

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
