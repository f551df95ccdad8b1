package org.pregonero.dispatcher.delivery.web;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.delivery.DeliveryReport;
import org.pregonero.dispatcher.institution.Institutions;
import org.springframework.context.MessageSource;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * Writes deliveries as CSV the way spreadsheets in Spanish open it: UTF-8 with byte order mark, semicolons. Text that a
 * spreadsheet would take for a formula is defused. Times are in the institution's zone, with its offset (ISO 8601). Page by page, so that a million rows need no memory.
 */
@Component
class DeliveryCsv {

    static final MediaType MEDIA_TYPE = new MediaType("text", "csv", StandardCharsets.UTF_8);

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX", Locale.ROOT);
    private static final int PAGE = 2000;
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String FORMULA_STARTS = "=+-@\t\r";

    private final DeliveryReport report;
    private final Wording wording;
    private final MessageSource messages;
    private final Institutions institutions;

    DeliveryCsv(DeliveryReport report, Wording wording, MessageSource messages, Institutions institutions) {
        this.report = report;
        this.wording = wording;
        this.messages = messages;
        this.institutions = institutions;
    }

    void write(DeliveryReport.Filter filter, Locale locale, OutputStream out) throws IOException {
        var writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        writer.write(BYTE_ORDER_MARK);
        var csv = CsvWriter.builder().fieldSeparator(';').build(writer);
        csv.writeRecord(
                messages.getMessage("delivery.csv.headings", null, locale).split(";"));
        var zone = institutions.current().zone();
        var after = 0L;
        var page = report.list(filter, after, PAGE);
        while (!page.isEmpty()) {
            for (var row : page) {
                csv.writeRecord(cells(row, zone, locale));
                after = row.id();
            }
            page = page.size() < PAGE ? java.util.List.of() : report.list(filter, after, PAGE);
        }
        csv.flush();
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

    static String text(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            return "";
        }
        return FORMULA_STARTS.indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    }
}
