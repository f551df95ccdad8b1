package org.pregonero.dispatcher.delivery.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.delivery.ChannelControl;
import org.pregonero.dispatcher.delivery.DeliveryReport;
import org.pregonero.dispatcher.message.Occurrence;
import org.pregonero.dispatcher.message.OccurrenceState;
import org.pregonero.dispatcher.message.Occurrences;
import org.pregonero.dispatcher.runtime.Slice;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Sendings: which there are, and how one goes on. */
@Controller
class OccurrencePages {

    private static final int ROWS = 50;

    private final Occurrences occurrences;
    private final OccurrenceViews views;
    private final DeliveryReport report;
    private final ChannelControl channels;
    private final Clock clock;

    OccurrencePages(
            Occurrences occurrences,
            OccurrenceViews views,
            DeliveryReport report,
            ChannelControl channels,
            Clock clock) {
        this.occurrences = occurrences;
        this.views = views;
        this.report = report;
        this.channels = channels;
        this.clock = clock;
    }

    /** Which sendings a list shows. */
    enum Selection {
        TODOS,
        EN_CURSO,
        POR_SALIR,
        TERMINADOS;

        private Set<OccurrenceState> states() {
            var ended = EnumSet.of(OccurrenceState.FINISHED, OccurrenceState.CANCELLED);
            var underWay = EnumSet.of(OccurrenceState.RUNNING, OccurrenceState.PAUSED);
            return switch (this) {
                case TODOS -> EnumSet.allOf(OccurrenceState.class);
                case EN_CURSO -> underWay;
                case TERMINADOS -> ended;
                case POR_SALIR -> {
                    var still = EnumSet.complementOf(ended);
                    still.removeAll(underWay);
                    yield still;
                }
            };
        }
    }

    /** A line of the list. */
    record Line(Occurrence occurrence, Progress progress) {}

    @GetMapping("/envios")
    String list(
            @RequestParam(name = "ver", defaultValue = "TODOS") Selection selection,
            @RequestParam(name = "antes", defaultValue = "" + Long.MAX_VALUE) long before,
            Model model) {
        var slice = Slice.of(ROWS, size -> occurrences.page(before, selection.states(), size), Occurrence::id);
        var counts = report.counts(slice.rows().stream().map(Occurrence::id).toList()).stream()
                .collect(Collectors.groupingBy(DeliveryReport.Count::occurrence));
        model.addAttribute(
                "lines",
                slice.rows().stream()
                        .map(occurrence -> new Line(
                                occurrence,
                                Progress.of(
                                        counts.getOrDefault(occurrence.id(), List.of()),
                                        List.of(),
                                        occurrence.startedAt(),
                                        clock.instant())))
                        .toList());
        model.addAttribute("selection", selection);
        model.addAttribute("selections", Selection.values());
        model.addAttribute("next", slice.next());
        return "delivery/occurrences";
    }

    @GetMapping("/envios/{id}")
    String occurrence(@PathVariable long id, Locale locale, Model model) {
        show(id, locale, model);
        return "delivery/occurrence";
    }

    /**
     * Only what changes while a sending goes on.
     *
     * @param seen what the page shows already; the same again is not sent
     * @param told how many tenths have been announced to those who listen
     */
    @GetMapping("/envios/{id}/avance")
    @Nullable
    String progress(
            @PathVariable long id,
            @RequestParam(name = "visto", required = false) @Nullable String seen,
            @RequestParam(name = "dicho", defaultValue = "-1") long told,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        var shown = show(id, locale, model);
        if (!shown.mark().startsWith(seenState(seen) + ".")) {
            // buttons and warnings change with the state
            response.setHeader("HX-Refresh", "true");
        }
        if (shown.mark().equals(seen)) {
            response.setStatus(HttpStatus.NO_CONTENT.value());
            return null;
        }
        model.addAttribute("announce", shown.tenths() != told);
        return "delivery/progress :: progress";
    }

    private static String seenState(@Nullable String seen) {
        return seen == null ? "" : seen.substring(0, Math.max(0, seen.indexOf('.')));
    }

    /**
     * What a page shows, in short.
     *
     * @param mark changes whenever what is shown changes; begins with the state
     * @param tenths of all deliveries that have ended
     */
    private record Shown(String mark, long tenths) {}

    private Shown show(long id, Locale locale, Model model) {
        var view = views.find(id, locale).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        var progress = Progress.of(
                report.counts(List.of(id)), channels.all(), view.occurrence().startedAt(), clock.instant());
        model.addAttribute("view", view);
        model.addAttribute("progress", progress);
        var shown = new Shown(
                view.occurrence().state() + "."
                        + Integer.toHexString(List.of(progress, view.causes(), view.fannedOut())
                                .hashCode()),
                progress.percent() / 10);
        model.addAttribute("tenths", shown.tenths());
        model.addAttribute("mark", shown.mark());
        model.addAttribute("live", LIVE.contains(view.occurrence().state()));
        return shown;
    }

    private static final Set<OccurrenceState> LIVE =
            EnumSet.of(OccurrenceState.RUNNING, OccurrenceState.SCHEDULED, OccurrenceState.PAUSED);
}
