package org.pregonero.dispatcher.message.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.institution.Institutions;
import org.pregonero.dispatcher.message.Departures;
import org.pregonero.dispatcher.message.Drafting;
import org.pregonero.dispatcher.message.Forecasts;
import org.pregonero.dispatcher.message.MessageVersion;
import org.pregonero.dispatcher.message.Occurrence;
import org.pregonero.dispatcher.message.OccurrenceTime;
import org.pregonero.dispatcher.message.Occurrences;
import org.pregonero.dispatcher.message.Problem;
import org.pregonero.dispatcher.message.RefusedException;
import org.pregonero.dispatcher.message.Scheduling;
import org.pregonero.dispatcher.message.web.Composer.Mistake;
import org.pregonero.dispatcher.plan.PlanEvents;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Setting the time when a message leaves, and another one. */
@Controller
class SchedulePages {

    private final Drafting drafting;
    private final Scheduling scheduling;
    private final Occurrences occurrences;
    private final PlanEvents events;
    private final Institutions institutions;
    private final Departures departures;
    private final Forecasts forecasts;
    private final MessageSource words;

    SchedulePages(
            Drafting drafting,
            Scheduling scheduling,
            Occurrences occurrences,
            PlanEvents events,
            Institutions institutions,
            Departures departures,
            Forecasts forecasts,
            MessageSource words) {
        this.drafting = drafting;
        this.scheduling = scheduling;
        this.occurrences = occurrences;
        this.events = events;
        this.institutions = institutions;
        this.departures = departures;
        this.forecasts = forecasts;
        this.words = words;
    }

    @GetMapping("/mensajes/{id}/programar")
    String form(@PathVariable long id, Model model) {
        var version = drafting.find(id);
        return show(version, null, TimeForm.fresh(version.eventId() != null), List.of(), model);
    }

    @PostMapping("/mensajes/{id}/programar")
    String schedule(
            @PathVariable long id,
            TimeForm form,
            Actor actor,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        return set(drafting.find(id), null, form, actor, locale, model, response, next);
    }

    @GetMapping("/envios/{id}/reprogramar")
    String again(@PathVariable long id, Model model) {
        var occurrence = waiting(id);
        return show(
                drafting.version(occurrence.versionId()),
                occurrence,
                TimeForm.of(occurrence, institutions.zone()),
                List.of(),
                model);
    }

    @PostMapping("/envios/{id}/reprogramar")
    String reschedule(
            @PathVariable long id,
            TimeForm form,
            Actor actor,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        var occurrence = waiting(id);
        return set(drafting.version(occurrence.versionId()), occurrence, form, actor, locale, model, response, next);
    }

    /** When it would leave, and why: a part of the page, while somebody chooses. */
    @PostMapping("/mensajes/{id}/cuando")
    String when(@PathVariable long id, TimeForm form, Locale locale, Model model) {
        var version = drafting.find(id);
        time(version, form).ifPresent(time -> {
            model.addAttribute("sentence", departures.sentence(version, time, locale));
            model.addAttribute(
                    "useless", departures.useless(version, time, locale).orElse(null));
            model.addAttribute(
                    "hurried",
                    forecasts
                            .of(version)
                            .map(forecast -> departures.hurried(forecast, time.due(), time.expires(), form.overrides()))
                            .orElse(List.of()));
        });
        return "message/when";
    }

    private Optional<OccurrenceTime> time(MessageVersion version, TimeForm form) {
        try {
            return Optional.ofNullable(form.read(institutions.zone()).request())
                    .map(request -> scheduling.time(version, request));
        } catch (RefusedException refused) {
            return Optional.empty();
        }
    }

    private String set(
            MessageVersion version,
            @Nullable Occurrence occurrence,
            TimeForm form,
            Actor actor,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        var read = form.read(institutions.zone());
        var mistakes = new ArrayList<Mistake>();
        read.wrong().forEach(wrong -> mistakes.add(new Mistake(wrong[0], words.getMessage(wrong[1], null, locale))));
        var request = read.request();
        if (request != null) {
            try {
                var set = occurrence == null
                        ? scheduling.schedule(version.messageId(), request, actor)
                        : scheduling.reschedule(occurrence.id(), request, actor);
                next.addFlashAttribute("notice", "message.scheduled");
                return "redirect:/envios/" + set.id() + "/aprobacion";
            } catch (RefusedException refused) {
                mistakes.add(new Mistake(form.field(refused.why()), String.valueOf(refused.getMessage())));
                refused.problems().forEach(problem -> mistakes.add(new Mistake("", said(problem, locale))));
            }
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return show(version, occurrence, form.shown(), mistakes, model);
    }

    /** What the API says of people who lack something names its own field. */
    private String said(Problem problem, Locale locale) {
        return problem.people() > 0
                ? words.getMessage(
                        "message.problem.lacking", new Object[] {problem.people(), problem.placeholder()}, locale)
                : problem.explanation();
    }

    private String show(
            MessageVersion version,
            @Nullable Occurrence occurrence,
            TimeForm form,
            List<Mistake> mistakes,
            Model model) {
        // begins to count, so that it is known when a time has been chosen
        forecasts.of(version);
        model.addAttribute("version", version);
        model.addAttribute("occurrence", occurrence);
        model.addAttribute("form", form);
        model.addAttribute("mistakes", mistakes);
        model.addAttribute("personal", departures.personal(version.channels().keySet()));
        model.addAttribute(
                "event",
                version.eventId() == null
                        ? null
                        : events.find(version.eventId()).orElse(null));
        return "message/schedule";
    }

    private Occurrence waiting(long id) {
        return occurrences
                .find(id)
                .filter(Occurrence::waiting)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
