package org.pregonero.dispatcher.delivery.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.delivery.DeliveryReport;
import org.pregonero.dispatcher.delivery.DeliveryReport.Filter;
import org.pregonero.dispatcher.delivery.DeliveryState;
import org.pregonero.dispatcher.message.Occurrences;
import org.pregonero.dispatcher.runtime.Slice;
import org.pregonero.dispatcher.tabular.TableFormat;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** From a figure of a sending to the deliveries behind it. */
@Controller
class DeliveryPages {

    private static final int ROWS = 100;

    private final Occurrences occurrences;
    private final DeliveryReport report;
    private final DeliveryTable table;

    DeliveryPages(Occurrences occurrences, DeliveryReport report, DeliveryTable table) {
        this.occurrences = occurrences;
        this.report = report;
        this.table = table;
    }

    @GetMapping("/envios/{id}/entregas")
    String deliveries(
            @PathVariable long id,
            @RequestParam(required = false) @Nullable String channel,
            @RequestParam(required = false) @Nullable DeliveryState state,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(defaultValue = "0") long after,
            Model model) {
        var occurrence = occurrences.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        var filter = filter(id, channel, state, reason);
        var slice = Slice.of(ROWS, size -> report.list(filter, after, size), DeliveryReport.Row::id);
        model.addAttribute("occurrence", occurrence);
        model.addAttribute("filter", filter);
        model.addAttribute("channels", report.counts(id).keySet());
        model.addAttribute("states", EnumSet.allOf(DeliveryState.class));
        model.addAttribute(
                "reasons",
                report.causes(id).stream()
                        .map(DeliveryReport.Cause::reasonCode)
                        .distinct()
                        .toList());
        model.addAttribute("rows", slice.rows());
        model.addAttribute("next", slice.next());
        return "delivery/deliveries";
    }

    /** For a person who is signed in; the API has the same for programs. */
    @GetMapping({"/envios/{id}/entregas.csv", "/envios/{id}/entregas.xlsx"})
    ResponseEntity<StreamingResponseBody> file(
            @PathVariable long id,
            @RequestParam(required = false) @Nullable String channel,
            @RequestParam(required = false) @Nullable DeliveryState state,
            @RequestParam(required = false) @Nullable String reason,
            HttpServletRequest request,
            Locale locale) {
        return table.download(
                TableFormat.of(request.getRequestURI()), "entregas-" + id, filter(id, channel, state, reason), locale);
    }

    /** What a form leaves empty is not asked for. */
    private static Filter filter(
            long occurrence, @Nullable String channel, @Nullable DeliveryState state, @Nullable String reason) {
        return new Filter(occurrence, blankToNull(channel), state, blankToNull(reason));
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
