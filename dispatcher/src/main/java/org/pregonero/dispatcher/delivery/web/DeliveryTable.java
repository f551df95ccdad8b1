package org.pregonero.dispatcher.delivery.web;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.dhatim.fastexcel.Workbook;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.delivery.DeliveryReport;
import org.pregonero.dispatcher.institution.Institutions;
import org.springframework.context.MessageSource;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * Writes deliveries as a table to keep: CSV the way spreadsheets in Spanish open it (UTF-8 with byte order mark, semicolons), or
 * XLSX. Text that a spreadsheet would take for a formula is defused in CSV; cells of XLSX say themselves that they are text. Times
 * are in the institution's zone, with its offset (ISO 8601). Page by page, so that a million rows need no memory.
 */
@Component
class DeliveryTable {

    static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);
    static final MediaType XLSX =
            MediaType.parseMediaType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX", Locale.ROOT);
    private static final int PAGE = 2000;
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String FORMULA_STARTS = "=+-@\t\r";

    /** What a sheet of a spreadsheet can hold (ECMA-376), less the headings. */
    private static final int ROWS_OF_A_SHEET = 1_048_575;

    private final DeliveryReport report;
    private final Wording wording;
    private final MessageSource messages;
    private final Institutions institutions;

    DeliveryTable(DeliveryReport report, Wording wording, MessageSource messages, Institutions institutions) {
        this.report = report;
        this.wording = wording;
        this.messages = messages;
        this.institutions = institutions;
    }

    private interface Row {

        void write(String[] cells) throws IOException;
    }

    void csv(DeliveryReport.Filter filter, Locale locale, OutputStream out) throws IOException {
        var writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        writer.write(BYTE_ORDER_MARK);
        var csv = CsvWriter.builder().fieldSeparator(';').build(writer);
        csv.writeRecord(headings(locale));
        rows(filter, locale, cells -> {
            for (var i = 0; i < cells.length; i++) {
                cells[i] = harmless(cells[i]);
            }
            csv.writeRecord(cells);
        });
        csv.flush();
    }

    void xlsx(DeliveryReport.Filter filter, Locale locale, OutputStream out) throws IOException {
        var workbook = new Workbook(out, "Pregonero", "1.0");
        var sheets = new Sheets(workbook, headings(locale));
        rows(filter, locale, sheets::write);
        sheets.end();
        workbook.finish();
    }

    /** As many sheets as it takes, written out as they fill. */
    private static final class Sheets {

        private static final int ROWS_IN_MEMORY = 1000;

        private final Workbook workbook;
        private final String[] headings;
        private org.dhatim.fastexcel.Worksheet sheet;
        private int number = 1;
        private int row;

        Sheets(Workbook workbook, String[] headings) {
            this.workbook = workbook;
            this.headings = headings;
            this.sheet = begin();
        }

        private org.dhatim.fastexcel.Worksheet begin() {
            var next = workbook.newWorksheet("Entregas" + (number == 1 ? "" : " " + number));
            for (var column = 0; column < headings.length; column++) {
                next.value(0, column, headings[column]);
                next.style(0, column).bold().set();
            }
            next.freezePane(0, 1);
            row = 1;
            return next;
        }

        void write(String[] cells) throws IOException {
            if (row > ROWS_OF_A_SHEET) {
                sheet.finish();
                number++;
                sheet = begin();
            }
            for (var column = 0; column < cells.length; column++) {
                // as text that stands in the cell: nothing of it is ever evaluated
                sheet.inlineString(row, column, cells[column]);
            }
            row++;
            if (row % ROWS_IN_MEMORY == 0) {
                sheet.flush();
            }
        }

        void end() throws IOException {
            sheet.finish();
        }
    }

    private String[] headings(Locale locale) {
        return messages.getMessage("delivery.csv.headings", null, locale).split(";");
    }

    private void rows(DeliveryReport.Filter filter, Locale locale, Row row) throws IOException {
        var zone = institutions.zone();
        var after = 0L;
        var page = report.list(filter, after, PAGE);
        while (!page.isEmpty()) {
            for (var delivery : page) {
                row.write(cells(delivery, zone, locale));
                after = delivery.id();
            }
            page = page.size() < PAGE ? List.of() : report.list(filter, after, PAGE);
        }
    }

    private String[] cells(DeliveryReport.Row row, ZoneId zone, Locale locale) {
        return new String[] {
            String.valueOf(row.id()),
            String.valueOf(row.occurrenceId()),
            row.channel(),
            text(row.recipient()),
            text(row.address()),
            wording.state(row.state(), locale),
            wording.reason(row.reasonCode(), locale),
            text(row.providerCode()),
            text(row.providerId()),
            text(row.url()),
            text(row.sha256()),
            String.valueOf(row.attempts()),
            TIME.format(row.changedAt().atZone(zone))
        };
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    static String harmless(String value) {
        return !value.isEmpty() && FORMULA_STARTS.indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    }
}
