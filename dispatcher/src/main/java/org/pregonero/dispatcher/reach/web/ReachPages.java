package org.pregonero.dispatcher.reach.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.message.Drafting;
import org.pregonero.dispatcher.message.Occurrence;
import org.pregonero.dispatcher.message.OccurrenceState;
import org.pregonero.dispatcher.message.Occurrences;
import org.pregonero.dispatcher.reach.Coverage;
import org.pregonero.dispatcher.reach.Figure;
import org.pregonero.dispatcher.reach.Reach;
import org.pregonero.dispatcher.reach.Rows;
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

/** Whom we reached, and how sure we are. */
@Controller
class ReachPages {

    private static final int SENDINGS = 20;
    private static final int ROWS = 100;

    private static final Set<OccurrenceState> BEGUN = EnumSet.of(
            OccurrenceState.RUNNING, OccurrenceState.PAUSED, OccurrenceState.FINISHED, OccurrenceState.CANCELLED);

    private final Occurrences occurrences;
    private final Drafting drafting;
    private final Reach reach;
    private final Rows rows;
    private final ReachTable table;

    ReachPages(Occurrences occurrences, Drafting drafting, Reach reach, Rows rows, ReachTable table) {
        this.occurrences = occurrences;
        this.drafting = drafting;
        this.reach = reach;
        this.rows = rows;
        this.table = table;
    }

    /** A line of the list. */
    record Line(Occurrence occurrence, Reach.Figures figures) {}

    @GetMapping("/alcance")
    String list(@RequestParam(name = "antes", defaultValue = "" + Long.MAX_VALUE) long before, Model model) {
        var slice = Slice.of(SENDINGS, size -> occurrences.page(before, BEGUN, size), Occurrence::id);
        var figures = reach.of(slice.rows().stream().map(Occurrence::id).toList());
        model.addAttribute(
                "lines",
                slice.rows().stream()
                        .filter(occurrence -> occurrence.startedAt() != null)
                        .map(occurrence -> new Line(
                                occurrence,
                                figures.getOrDefault(occurrence.id(), new Reach.Figures(null, List.of(), true))))
                        .toList());
        model.addAttribute("next", slice.next());
        return "reach/list";
    }

    @GetMapping("/alcance/definiciones")
    String definitions(Model model) {
        model.addAttribute("figures", Figure.values());
        return "reach/definitions";
    }

    @GetMapping("/alcance/{id}")
    String reach(
            @PathVariable long id,
            @RequestParam(name = "publico", required = false) @Nullable Long audience,
            @RequestParam(name = "canal", required = false) @Nullable String channel,
            Model model) {
        var occurrence = occurrence(id);
        model.addAttribute("path", "/alcance/" + id);
        model.addAttribute("messageTitle", occurrence.title());
        model.addAttribute("occurrence", occurrence);
        model.addAttribute("message", drafting.version(occurrence.versionId()).messageId());
        return show(reach.of(id), List.of(id), audience, channel, model);
    }

    /** All sendings of a message: whoever had several of them is one. */
    @GetMapping("/alcance/mensajes/{id}")
    String message(
            @PathVariable long id,
            @RequestParam(name = "publico", required = false) @Nullable Long audience,
            @RequestParam(name = "canal", required = false) @Nullable String channel,
            Model model) {
        var sendings = sendings(id);
        model.addAttribute("path", "/alcance/mensajes/" + id);
        model.addAttribute("messageTitle", sendings.get(0).title());
        model.addAttribute("sendings", sendings);
        return show(reach.ofMessage(id, ids(sendings)), ids(sendings), audience, channel, model);
    }

    private String show(
            Reach.Figures figures,
            List<Long> occurrences,
            @Nullable Long audience,
            @Nullable String channel,
            Model model) {
        var overall = figures.overall();
        var audiences = figures.people().stream()
                .filter(line -> line.audience() != null && line.channel().isEmpty())
                .toList();
        model.addAttribute("figures", figures);
        model.addAttribute("overall", overall);
        model.addAttribute(
                "lines",
                figures.people().stream()
                        .filter(line -> audience == null || audience.equals(line.audience()))
                        .filter(line -> channel == null || channel.isEmpty() || channel.equals(line.channel()))
                        .toList());
        model.addAttribute("audiences", audiences);
        model.addAttribute(
                "repeated",
                overall == null
                        ? 0
                        : audiences.stream().mapToLong(Coverage::registered).sum() - overall.registered());
        model.addAttribute(
                "channels",
                figures.people().stream()
                        .filter(line ->
                                line.audience() == null && !line.channel().isEmpty())
                        .toList());
        model.addAttribute("audience", audience);
        model.addAttribute("channel", channel);
        model.addAttribute("places", reach.places(occurrences));
        model.addAttribute("measured", reach.measured(occurrences));
        model.addAttribute("kinds", Arrays.asList(Figure.values()));
        return "reach/reach";
    }

    /** Those that have begun. */
    private List<Occurrence> sendings(long message) {
        var sendings = occurrences.of(message).stream()
                .filter(occurrence -> occurrence.startedAt() != null)
                .toList();
        if (sendings.isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return sendings;
    }

    private static List<Long> ids(List<Occurrence> sendings) {
        return sendings.stream().map(Occurrence::id).toList();
    }

    /** The people behind a figure. */
    @GetMapping("/alcance/{id}/personas")
    String people(
            @PathVariable long id,
            @RequestParam(name = "cifra") Figure figure,
            @RequestParam(name = "canal", required = false) @Nullable String channel,
            @RequestParam(name = "publico", required = false) @Nullable Long audience,
            @RequestParam(name = "despues", defaultValue = "0") long after,
            Model model) {
        var only = channel == null || channel.isEmpty() ? null : channel;
        var slice = Slice.of(ROWS, size -> rows.of(id, figure, only, audience, after, size), Rows.Row::contactId);
        model.addAttribute("occurrence", occurrence(id));
        model.addAttribute("figure", figure);
        model.addAttribute("channel", only);
        model.addAttribute("audience", audience);
        model.addAttribute("rows", slice.rows());
        model.addAttribute("next", slice.next());
        return "reach/people";
    }

    @GetMapping({"/alcance/{id}/cifras.csv", "/alcance/{id}/cifras.xlsx"})
    ResponseEntity<StreamingResponseBody> file(@PathVariable long id, HttpServletRequest request, Locale locale) {
        return table.download(
                TableFormat.of(request.getRequestURI()),
                "alcance-" + id,
                occurrence(id).title(),
                reach.of(id),
                locale);
    }

    @GetMapping({"/alcance/mensajes/{id}/cifras.csv", "/alcance/mensajes/{id}/cifras.xlsx"})
    ResponseEntity<StreamingResponseBody> messageFile(
            @PathVariable long id, HttpServletRequest request, Locale locale) {
        var sendings = sendings(id);
        return table.download(
                TableFormat.of(request.getRequestURI()),
                "alcance-mensaje-" + id,
                sendings.get(0).title(),
                reach.ofMessage(id, ids(sendings)),
                locale);
    }

    private Occurrence occurrence(long id) {
        return occurrences.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
