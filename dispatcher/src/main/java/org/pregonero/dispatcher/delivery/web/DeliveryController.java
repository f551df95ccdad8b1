package org.pregonero.dispatcher.delivery.web;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.delivery.DeliveryReport;
import org.pregonero.dispatcher.delivery.DeliveryReport.Filter;
import org.pregonero.dispatcher.delivery.DeliveryState;
import org.pregonero.dispatcher.delivery.ReachMeasures;
import org.pregonero.dispatcher.delivery.Settlement;
import org.pregonero.dispatcher.runtime.Slice;
import org.pregonero.dispatcher.tabular.TableFormat;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

@RestController
@RequestMapping("/api/v1/deliveries")
class DeliveryController {

    private final DeliveryReport report;
    private final ReachMeasures reach;
    private final DeliveryTable table;
    private final Settlement settlement;
    private final Wording wording;

    DeliveryController(
            DeliveryReport report, ReachMeasures reach, DeliveryTable table, Settlement settlement, Wording wording) {
        this.report = report;
        this.reach = reach;
        this.table = table;
        this.settlement = settlement;
        this.wording = wording;
    }

    /** @param next what to pass as {@code after} for the following page; null on the last one */
    record Page(List<DeliveryView> deliveries, @Nullable Long next) {}

    /** A delivery with its state and reason in words. */
    record DeliveryView(DeliveryReport.Row delivery, String stateName, String explanation) {}

    /** @param reach what the network counted, each with its time; accounts and displays, never people */
    record History(DeliveryView delivery, List<DeliveryReport.Step> log, List<ReachMeasures.Measure> reach) {}

    record Resolution(@NotNull Settlement.Finding finding) {}

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    Page page(
            @RequestParam(required = false) @Nullable Long occurrence,
            @RequestParam(required = false) @Nullable String channel,
            @RequestParam(required = false) @Nullable DeliveryState state,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit,
            Locale locale) {
        var filter = new Filter(occurrence, channel, state, reason);
        var slice = Slice.of(limit, size -> report.list(filter, after, size), DeliveryReport.Row::id);
        return new Page(slice.rows().stream().map(row -> view(row, locale)).toList(), slice.next());
    }

    /** The whole list at once, for a spreadsheet. */
    @GetMapping(produces = "text/csv")
    ResponseEntity<StreamingResponseBody> csv(
            @RequestParam(required = false) @Nullable Long occurrence,
            @RequestParam(required = false) @Nullable String channel,
            @RequestParam(required = false) @Nullable DeliveryState state,
            @RequestParam(required = false) @Nullable String reason,
            Locale locale) {
        return table.download(TableFormat.CSV, "entregas", new Filter(occurrence, channel, state, reason), locale);
    }

    @GetMapping("/{id}")
    History delivery(@PathVariable long id, Locale locale) {
        return report.find(id)
                .map(row -> new History(view(row, locale), report.history(id), reach.of(id)))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "Esa entrega no existe."));
    }

    /** A person says what became of a delivery in doubt. */
    @PostMapping("/{id}/resolution")
    History settle(@PathVariable long id, @RequestBody @Valid Resolution resolution, Actor actor, Locale locale) {
        var settled = settlement.settle(id, resolution.finding(), actor);
        var history = delivery(id, locale);
        if (!settled) {
            throw new ResponseStatusException(HttpStatus.CONFLICT, "Esta entrega no está por verificar.");
        }
        return history;
    }

    private DeliveryView view(DeliveryReport.Row row, Locale locale) {
        return new DeliveryView(row, wording.state(row.state(), locale), wording.reason(row.reasonCode(), locale));
    }
}
