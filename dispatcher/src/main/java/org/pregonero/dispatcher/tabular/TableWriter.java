package org.pregonero.dispatcher.tabular;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * Writes a table row by row, so that a million rows need no memory: CSV the way spreadsheets in Spanish open it (UTF-8 with byte
 * order mark, semicolons), or XLSX. A text that a spreadsheet would take for a formula is defused in CSV; cells of XLSX say
 * themselves that they are text. Times carry their offset (ISO 8601).
 */
public abstract class TableWriter {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX", Locale.ROOT);

    static TableWriter csv(OutputStream out) throws IOException {
        return new OfText(out);
    }

    static TableWriter xlsx(String title, OutputStream out) {
        return new OfSheets(title, new Workbook(out, "Pregonero", "1.0"));
    }

    /**
     * Writes a row; the first one is of headings.
     *
     * @param cells texts, numbers, times, or null for nothing
     */
    public abstract void row(@Nullable Object... cells) throws IOException;

    abstract void end() throws IOException;

    /** What a spreadsheet takes for a text, whatever it begins with. */
    private static String harmless(String text) {
        return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static String text(@Nullable Object cell) {
        if (cell instanceof ZonedDateTime time) {
            return TIME.format(time);
        }
        return cell == null ? "" : cell.toString();
    }

    private static final class OfText extends TableWriter {

        private final CsvWriter csv;

        OfText(OutputStream out) throws IOException {
            var writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            writer.write(BYTE_ORDER_MARK);
            csv = CsvWriter.builder().fieldSeparator(';').build(writer);
        }

        @Override
        public void row(@Nullable Object... cells) {
            csv.writeRecord(Arrays.stream(cells)
                    .map(cell -> cell instanceof Number ? text(cell) : harmless(text(cell)))
                    .toList());
        }

        @Override
        void end() throws IOException {
            csv.flush();
        }
    }

    /** As many sheets as it takes, written out as they fill. */
    private static final class OfSheets extends TableWriter {

        /** What a sheet can hold (ECMA-376), less the headings. */
        private static final int ROWS = 1_048_575;

        private static final int ROWS_IN_MEMORY = 1000;

        private final String title;
        private final Workbook workbook;
        private @Nullable Object[] headings = {};
        private @Nullable Worksheet sheet;
        private int sheets;
        private int row;

        OfSheets(String title, Workbook workbook) {
            this.title = title;
            this.workbook = workbook;
        }

        @Override
        public void row(@Nullable Object... cells) throws IOException {
            if (sheet == null) {
                headings = cells;
                sheet = begin();
                return;
            }
            if (row > ROWS) {
                sheet.finish();
                sheet = begin();
            }
            write(sheet, cells);
            if (row % ROWS_IN_MEMORY == 0) {
                sheet.flush();
            }
        }

        private Worksheet begin() {
            sheets++;
            var next = workbook.newWorksheet(sheets == 1 ? title : title + " " + sheets);
            row = 0;
            write(next, headings);
            next.range(0, 0, 0, headings.length - 1).style().bold().set();
            next.freezePane(0, 1);
            return next;
        }

        private void write(Worksheet to, @Nullable Object... cells) {
            for (var column = 0; column < cells.length; column++) {
                if (cells[column] instanceof Number number) {
                    to.value(row, column, number);
                } else {
                    // as text that stands in the cell: nothing of it is ever evaluated
                    to.inlineString(row, column, text(cells[column]));
                }
            }
            row++;
        }

        @Override
        void end() throws IOException {
            if (sheet != null) {
                sheet.finish();
            }
            workbook.finish();
        }
    }
}
