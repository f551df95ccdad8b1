package org.pregonero.dispatcher.delivery.web;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.delivery.DeliveryReport;
import org.pregonero.dispatcher.delivery.DeliveryState;
import org.pregonero.dispatcher.institution.Institutions;
import org.pregonero.dispatcher.message.Occurrences;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** What became of an occurrence, as a page. */
@Controller
class OccurrencePages {

    private static final int NEWEST = 50;
    private static final int ROWS = 100;

    private final Occurrences occurrences;
    private final OccurrenceViews views;
    private final DeliveryReport report;
    private final DeliveryCsv csv;
    private final Institutions institutions;

    OccurrencePages(
            Occurrences occurrences,
            OccurrenceViews views,
            DeliveryReport report,
            DeliveryCsv csv,
            Institutions institutions) {
        this.occurrences = occurrences;
        this.views = views;
        this.report = report;
        this.csv = csv;
        this.institutions = institutions;
    }

    @GetMapping("/")
    String home() {
        return "redirect:/envios";
    }

    @GetMapping("/envios")
    String list(Model model) {
        model.addAttribute("occurrences", occurrences.latest(NEWEST));
        model.addAttribute("zone", institutions.current().zone());
        return "delivery/occurrences";
    }

    @GetMapping("/envios/{id}")
    String occurrence(@PathVariable long id, Locale locale, Model model) {
        var view = views.find(id, locale).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        model.addAttribute("view", view);
        model.addAttribute("states", DeliveryState.values());
        model.addAttribute("zone", institutions.current().zone());
        return "delivery/occurrence";
    }

    /** From a figure to the deliveries behind it. */
    @GetMapping("/envios/{id}/entregas")
    String deliveries(
            @PathVariable long id,
            @RequestParam(required = false) @Nullable String channel,
            @RequestParam(required = false) @Nullable DeliveryState state,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(defaultValue = "0") long after,
            Model model) {
        var occurrence = occurrences.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        var filter = new DeliveryReport.Filter(id, channel, state, reason);
        var rows = report.list(filter, after, ROWS);
        model.addAttribute("occurrence", occurrence);
        model.addAttribute("filter", filter);
        model.addAttribute("rows", rows);
        model.addAttribute(
                "next", rows.size() < ROWS ? null : rows.get(rows.size() - 1).id());
        model.addAttribute("zone", institutions.current().zone());
        return "delivery/deliveries";
    }

    /** The deliveries of an occurrence, for a person who is signed in; the API has the same for programs. */
    @GetMapping("/envios/{id}/entregas.csv")
    ResponseEntity<StreamingResponseBody> download(@PathVariable long id, Locale locale) {
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"entregas-" + id + ".csv\"")
                .contentType(DeliveryCsv.MEDIA_TYPE)
                .body(out -> csv.write(new DeliveryReport.Filter(id, null, null, null), locale, out));
    }
}
