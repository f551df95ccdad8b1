package org.pregonero.dispatcher.reach.web;

import org.pregonero.dispatcher.delivery.DeliveryReport;
import org.pregonero.dispatcher.delivery.ReachMeasures;
import org.pregonero.dispatcher.message.Occurrences;
import org.pregonero.dispatcher.reach.Traces;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/** Everything that is known of one delivery. */
@Controller
class DeliveryHistoryPage {

    private final DeliveryReport report;
    private final ReachMeasures measures;
    private final Traces traces;
    private final Occurrences occurrences;

    DeliveryHistoryPage(DeliveryReport report, ReachMeasures measures, Traces traces, Occurrences occurrences) {
        this.report = report;
        this.measures = measures;
        this.traces = traces;
        this.occurrences = occurrences;
    }

    @GetMapping("/entregas/{id}")
    String delivery(@PathVariable long id, Model model) {
        var delivery = report.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        model.addAttribute("delivery", delivery);
        model.addAttribute(
                "occurrence", occurrences.find(delivery.occurrenceId()).orElseThrow());
        model.addAttribute("log", report.history(id));
        model.addAttribute("traces", traces.of(id));
        model.addAttribute("measures", measures.of(id));
        return "reach/delivery";
    }
}
