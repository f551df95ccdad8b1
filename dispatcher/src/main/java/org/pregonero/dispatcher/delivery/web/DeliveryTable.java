package org.pregonero.dispatcher.delivery.web;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.pregonero.dispatcher.delivery.DeliveryReport;
import org.pregonero.dispatcher.institution.Institutions;
import org.pregonero.dispatcher.tabular.TableFormat;
import org.pregonero.dispatcher.tabular.TableWriter;
import org.springframework.context.MessageSource;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Deliveries as a table to keep, read page by page. Times are in the institution's zone. */
@Component
class DeliveryTable {

    private static final int PAGE = 2000;

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

    /** @param name of the file, without its ending */
    ResponseEntity<StreamingResponseBody> download(
            TableFormat format, String name, DeliveryReport.Filter filter, Locale locale) {
        return format.download(name, "Entregas", table -> write(table, filter, locale));
    }

    private void write(TableWriter table, DeliveryReport.Filter filter, Locale locale) throws IOException {
        table.row((Object[])
                messages.getMessage("delivery.csv.headings", null, locale).split(";"));
        var zone = institutions.zone();
        var after = 0L;
        List<DeliveryReport.Row> page;
        do {
            page = report.list(filter, after, PAGE);
            for (var row : page) {
                after = row.id();
                table.row(
                        row.id(),
                        row.occurrenceId(),
                        row.channel(),
                        row.recipient(),
                        row.address(),
                        wording.state(row.state(), locale),
                        wording.reason(row.reasonCode(), locale),
                        row.providerCode(),
                        row.providerId(),
                        row.url(),
                        row.sha256(),
                        row.attempts(),
                        row.changedAt().atZone(zone));
            }
        } while (page.size() == PAGE);
    }
}
