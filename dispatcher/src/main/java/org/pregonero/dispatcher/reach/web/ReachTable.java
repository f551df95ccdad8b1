package org.pregonero.dispatcher.reach.web;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.dhatim.fastexcel.Workbook;
import org.pregonero.dispatcher.institution.Institutions;
import org.pregonero.dispatcher.reach.Coverage;
import org.pregonero.dispatcher.reach.Figure;
import org.pregonero.dispatcher.reach.Reach;
import org.springframework.context.MessageSource;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * Writes figures as a table to keep; no personal data. In CSV, names that a spreadsheet would take for a formula
 * are defused; in XLSX text is text and numbers are numbers.
 */
@Component
class ReachTable {

    static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);
    static final MediaType XLSX =
            MediaType.parseMediaType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX", Locale.ROOT);
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String FORMULA_STARTS = "=+-@\t\r";

    private final MessageSource messages;
    private final Institutions institutions;

    ReachTable(MessageSource messages, Institutions institutions) {
        this.messages = messages;
        this.institutions = institutions;
    }

    void csv(String title, Reach.Figures figures, Locale locale, OutputStream out) throws IOException {
        var writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        writer.write(BYTE_ORDER_MARK);
        var csv = CsvWriter.builder().fieldSeparator(';').build(writer);
        for (var row : rows(title, figures, locale)) {
            csv.writeRecord(row.stream().map(ReachTable::harmless).toList());
        }
        csv.flush();
    }

    void xlsx(String title, Reach.Figures figures, Locale locale, OutputStream out) throws IOException {
        var workbook = new Workbook(out, "Pregonero", "1.0");
        var sheet = workbook.newWorksheet(text("reach.title", locale));
        var number = 0;
        for (var row : rows(title, figures, locale)) {
            for (var column = 0; column < row.size(); column++) {
                if (row.get(column) instanceof Number value) {
                    sheet.value(number, column, value);
                } else {
                    sheet.inlineString(number, column, String.valueOf(row.get(column)));
                }
            }
            number++;
        }
        sheet.freezePane(0, 1);
        sheet.finish();
        workbook.finish();
    }

    private List<List<Object>> rows(String title, Reach.Figures figures, Locale locale) {
        var rows = new ArrayList<List<Object>>();
        var headings = new ArrayList<Object>();
        for (var key : List.of("sending", "asOf", "audience", "channel", "target")) {
            headings.add(text("reach.column." + key, locale));
        }
        for (var figure : Figure.values()) {
            headings.add(text("reach.figure." + figure, locale));
        }
        for (var key : List.of("floor", "ceiling", "floorContactable", "ceilingContactable")) {
            headings.add(text("reach.column." + key, locale));
        }
        rows.add(headings);
        figures.people().forEach(line -> rows.add(row(title, figures, line, locale)));
        return rows;
    }

    private List<Object> row(String title, Reach.Figures figures, Coverage line, Locale locale) {
        var row = new ArrayList<Object>();
        row.add(title);
        var asOf = figures.asOf();
        row.add(asOf == null ? "" : TIME.format(asOf.atZone(institutions.zone())));
        row.add(line.audience() == null ? text("reach.together", locale) : line.name());
        row.add(
                line.channel().isEmpty()
                        ? text("reach.anyChannel", locale)
                        : String.valueOf(
                                messages.getMessage("channel." + line.channel(), null, line.channel(), locale)));
        var target = line.target();
        row.add(target == null ? "" : target);
        for (var figure : Figure.values()) {
            row.add(line.of(figure));
        }
        for (var range :
                new Coverage.@org.jspecify.annotations.Nullable Range[] {line.ofTarget(), line.ofContactable()}) {
            row.add(range == null ? "" : range.floor());
            row.add(range == null ? "" : range.ceiling());
        }
        return row;
    }

    private static String harmless(Object cell) {
        var text = cell.toString();
        return cell instanceof String && !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0
                ? "'" + text
                : text;
    }

    private String text(String key, Locale locale) {
        return messages.getMessage(key, null, locale);
    }
}
