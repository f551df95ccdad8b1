package org.pregonero.dispatcher.message.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.audience.SamplePeople;
import org.pregonero.dispatcher.institution.Institutions;
import org.pregonero.dispatcher.message.Contents;
import org.pregonero.dispatcher.message.Departures;
import org.pregonero.dispatcher.message.Drafting;
import org.pregonero.dispatcher.message.MessageShelf;
import org.pregonero.dispatcher.message.Occurrence;
import org.pregonero.dispatcher.message.OccurrenceState;
import org.pregonero.dispatcher.message.Occurrences;
import org.pregonero.dispatcher.message.RefusedException;
import org.pregonero.dispatcher.message.Review;
import org.pregonero.dispatcher.message.Scheduling;
import org.pregonero.dispatcher.message.SettingSnapshots;
import org.pregonero.dispatcher.message.web.Composer.Mistake;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What an approver looks at, and answers. */
@Controller
class ApprovalPages {

    private static final int SAMPLES = 20;

    private final Occurrences occurrences;
    private final Scheduling scheduling;
    private final Review review;
    private final Drafting drafting;
    private final MessageShelf shelf;
    private final Changes changes;
    private final Contents contents;
    private final SamplePeople people;
    private final SettingSnapshots settings;
    private final Institutions institutions;
    private final Departures departures;
    private final ApprovalTerms terms;

    ApprovalPages(
            Occurrences occurrences,
            Scheduling scheduling,
            Review review,
            Drafting drafting,
            MessageShelf shelf,
            Changes changes,
            Contents contents,
            SamplePeople people,
            SettingSnapshots settings,
            Institutions institutions,
            Departures departures,
            ApprovalTerms terms) {
        this.occurrences = occurrences;
        this.scheduling = scheduling;
        this.review = review;
        this.drafting = drafting;
        this.shelf = shelf;
        this.changes = changes;
        this.contents = contents;
        this.people = people;
        this.settings = settings;
        this.institutions = institutions;
        this.departures = departures;
        this.terms = terms;
    }

    @GetMapping("/aprobaciones")
    String list(Model model) {
        model.addAttribute("awaiting", occurrences.waiting(EnumSet.of(OccurrenceState.AWAITING_APPROVAL)));
        model.addAttribute("held", occurrences.waiting(EnumSet.of(OccurrenceState.HELD)));
        model.addAttribute("returned", occurrences.waiting(EnumSet.of(OccurrenceState.RETURNED)));
        return "message/approvals";
    }

    @GetMapping("/envios/{id}/aprobacion")
    String look(
            @PathVariable long id,
            @RequestParam(name = "persona", required = false) @Nullable Long person,
            Actor actor,
            Locale locale,
            Model model) {
        return show(find(id), person, List.of(), actor, locale, model);
    }

    @PostMapping("/envios/{id}/aprobacion")
    String approve(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String seen,
            Actor actor,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        return act(
                id,
                actor,
                locale,
                model,
                response,
                next,
                "message.approved",
                () -> scheduling.approveSeen(id, seen, actor));
    }

    @PostMapping("/envios/{id}/devolver")
    String giveBack(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String comment,
            Actor actor,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        model.addAttribute("comment", comment);
        return act(
                id,
                actor,
                locale,
                model,
                response,
                next,
                "message.givenBack",
                () -> review.giveBack(id, comment, actor));
    }

    @PostMapping("/envios/{id}/revision")
    String submit(
            @PathVariable long id,
            Actor actor,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        return act(id, actor, locale, model, response, next, "message.submitted", () -> review.submit(id, actor));
    }

    @PostMapping("/envios/{id}/liberar")
    String release(
            @PathVariable long id,
            Actor actor,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        return act(id, actor, locale, model, response, next, "message.released", () -> scheduling.release(id, actor));
    }

    private String act(
            long id,
            Actor actor,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next,
            String notice,
            Runnable action) {
        var occurrence = find(id);
        try {
            action.run();
        } catch (RefusedException refused) {
            var mistakes = new ArrayList<Mistake>();
            mistakes.add(new Mistake("", String.valueOf(refused.getMessage())));
            refused.problems().forEach(problem -> mistakes.add(new Mistake("", problem.explanation())));
            response.setStatus(HttpStatus.CONFLICT.value());
            return show(occurrence, null, mistakes, actor, locale, model);
        }
        next.addFlashAttribute("notice", notice);
        return "redirect:/envios/" + id + "/aprobacion";
    }

    private String show(
            Occurrence occurrence,
            @Nullable Long person,
            List<Mistake> mistakes,
            Actor actor,
            Locale locale,
            Model model) {
        var version = drafting.version(occurrence.versionId());
        var before = shelf.approvedBefore(version).map(drafting::version);
        var samples = people.of(version.audienceIds(), SAMPLES);
        var own = scheduling.wrote(occurrence.id(), actor);
        model.addAttribute("occurrence", occurrence);
        model.addAttribute("version", version);
        model.addAttribute("author", changes.author(version));
        model.addAttribute("mistakes", mistakes);
        model.addAttribute("seen", scheduling.fingerprint(occurrence));
        model.addAttribute("samples", samples);
        model.addAttribute(
                "person",
                person != null
                        ? person
                        : samples.isEmpty() ? null : samples.get(0).id());
        model.addAttribute(
                "channels",
                version.channels().keySet().stream().filter(contents::known).toList());
        var setting = settings.of(occurrence, version);
        model.addAttribute("event", setting.event());
        model.addAttribute("terms", terms.of(version, setting, locale));
        if (occurrence.waiting()) {
            model.addAttribute("sentence", departures.sentence(version, occurrence.time(), locale));
            model.addAttribute(
                    "useless",
                    departures.useless(version, occurrence.time(), locale).orElse(null));
        }
        model.addAttribute("earlier", before.orElse(null));
        model.addAttribute(
                "changes",
                before.map(old -> changes.between(old, version, locale)).orElse(List.of()));
        model.addAttribute("approvals", shelf.approvals(occurrence.id()));
        model.addAttribute("comments", shelf.comments(version.messageId()));
        model.addAttribute("own", own);
        model.addAttribute("selfApproval", institutions.current().selfApproval());
        model.addAttribute("late", "LATE".equals(occurrence.heldBecause()));
        return "message/approval";
    }

    private Occurrence find(long id) {
        return occurrences.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
