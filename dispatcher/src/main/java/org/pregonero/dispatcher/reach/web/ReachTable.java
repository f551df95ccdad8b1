package org.pregonero.dispatcher.reach.web;

import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.institution.Institutions;
import org.pregonero.dispatcher.reach.Coverage;
import org.pregonero.dispatcher.reach.Figure;
import org.pregonero.dispatcher.reach.Reach;
import org.pregonero.dispatcher.tabular.TableFormat;
import org.springframework.context.MessageSource;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Figures as a table to keep; no personal data. Times are in the institution's zone. */
@Component
class ReachTable {

    private final MessageSource messages;
    private final Institutions institutions;

    ReachTable(MessageSource messages, Institutions institutions) {
        this.messages = messages;
        this.institutions = institutions;
    }

    /**
     * @param name of the file, without its ending
     * @param title of the message
     */
    ResponseEntity<StreamingResponseBody> download(
            TableFormat format, String name, String title, Reach.Figures figures, Locale locale) {
        return format.download(name, text("reach.title", locale), table -> {
            for (var row : rows(title, figures, locale)) {
                table.row(row.toArray());
            }
        });
    }

    private List<List<@Nullable Object>> rows(String title, Reach.Figures figures, Locale locale) {
        var rows = new ArrayList<List<@Nullable Object>>();
        var headings = new ArrayList<@Nullable Object>();
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
        var asOf = figures.asOf() == null ? null : figures.asOf().atZone(institutions.zone());
        figures.people().forEach(line -> rows.add(row(title, asOf, line, locale)));
        return rows;
    }

    private List<@Nullable Object> row(String title, @Nullable ZonedDateTime asOf, Coverage line, Locale locale) {
        var row = new ArrayList<@Nullable Object>();
        row.add(title);
        row.add(asOf);
        row.add(line.audience() == null ? text("reach.together", locale) : line.name());
        row.add(
                line.channel().isEmpty()
                        ? text("reach.anyChannel", locale)
                        : String.valueOf(
                                messages.getMessage("channel." + line.channel(), null, line.channel(), locale)));
        row.add(line.target());
        for (var figure : Figure.values()) {
            row.add(line.of(figure));
        }
        for (var range : new Coverage.@Nullable Range[] {line.ofTarget(), line.ofContactable()}) {
            row.add(range == null ? null : range.floor());
            row.add(range == null ? null : range.ceiling());
        }
        return row;
    }

    private String text(String key, Locale locale) {
        return messages.getMessage(key, null, locale);
    }
}
