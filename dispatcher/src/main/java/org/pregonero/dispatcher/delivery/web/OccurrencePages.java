package org.pregonero.dispatcher.delivery.web;

import java.util.Locale;
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
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** What became of an occurrence, as a page. */
@Controller
class OccurrencePages {

    private static final int NEWEST = 50;

    private final Occurrences occurrences;
    private final OccurrenceViews views;
    private final DeliveryCsv csv;
    private final Institutions institutions;

    OccurrencePages(Occurrences occurrences, OccurrenceViews views, DeliveryCsv csv, Institutions institutions) {
        this.occurrences = occurrences;
        this.views = views;
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

    /** The deliveries of an occurrence, for a person who is signed in; the API has the same for programs. */
    @GetMapping("/envios/{id}/entregas.csv")
    ResponseEntity<StreamingResponseBody> download(@PathVariable long id, Locale locale) {
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"entregas-" + id + ".csv\"")
                .contentType(DeliveryCsv.MEDIA_TYPE)
                .body(out -> csv.write(new DeliveryReport.Filter(id, null, null, null), locale, out));
    }
}
