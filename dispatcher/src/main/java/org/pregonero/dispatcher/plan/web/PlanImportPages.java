package org.pregonero.dispatcher.plan.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.plan.EventDraft;
import org.pregonero.dispatcher.plan.PlanCorrections;
import org.pregonero.dispatcher.plan.PlanDoubt;
import org.pregonero.dispatcher.plan.PlanEvents;
import org.pregonero.dispatcher.plan.PlanField;
import org.pregonero.dispatcher.plan.PlanImport;
import org.pregonero.dispatcher.plan.PlanProposal;
import org.pregonero.dispatcher.plan.RowKind;
import org.pregonero.dispatcher.tabular.Notice;
import org.pregonero.dispatcher.tabular.Texts;
import org.pregonero.dispatcher.tabular.UnreadableFileException;
import org.pregonero.dispatcher.tabular.UploadedFile;
import org.pregonero.dispatcher.tabular.Uploads;
import org.pregonero.dispatcher.tabular.WaitingFile;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A plan table in three steps: upload, see what was understood and correct it, confirm. */
@Controller
@RequestMapping("/planes/importar")
class PlanImportPages {

    /** More corrections than a form takes; the rest is corrected in the file, or in the plan. */
    private static final int MOST_ASKED = 150;

    private final PlanImport planImport;
    private final PlanEvents events;
    private final Uploads uploads;
    private final Texts texts = new Texts("plan");

    PlanImportPages(PlanImport planImport, PlanEvents events, Uploads uploads) {
        this.planImport = planImport;
        this.events = events;
        this.uploads = uploads;
    }

    /**
     * What is doubtful in one place.
     *
     * @param id of its field on the page
     * @param cell the name of the field that corrects a cell, where there is one
     * @param kind the name of the field that says what a row is, where that is the doubt
     */
    record Doubt(
            String id,
            int row,
            String column,
            String value,
            List<String> reasons,
            @Nullable String cell,
            @Nullable String kind,
            @Nullable RowKind readAs) {}

    @GetMapping
    String ask() {
        return "plan/import";
    }

    @PostMapping
    String receive(
            @RequestParam(name = "file", required = false) @Nullable MultipartFile file,
            Actor actor,
            Locale locale,
            Model model,
            HttpServletResponse response)
            throws IOException {
        if (file == null || file.isEmpty()) {
            return refused(texts.say(Notice.of("plan.import.none"), locale), model, response);
        }
        UploadedFile uploaded = new UploadedFile(String.valueOf(file.getOriginalFilename()), file.getBytes());
        try {
            planImport.look(uploaded, PlanCorrections.NONE);
        } catch (UnreadableFileException unreadable) {
            return refused(unreadable.say(locale), model, response);
        }
        return "redirect:/planes/importar/" + uploads.keep(actor.id(), Uploads.Kind.PLAN, uploaded);
    }

    @GetMapping("/{upload}")
    String review(@PathVariable long upload, Actor actor, Locale locale, Model model) {
        WaitingFile file = find(upload, actor);
        return page(file, file.corrections(), locale, model);
    }

    @PostMapping("/{upload}")
    String correct(
            @PathVariable long upload,
            @RequestParam Map<String, String> form,
            Actor actor,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        WaitingFile file = find(upload, actor);
        Map<String, String> corrections = PlanCorrections.known(form);
        try {
            planImport.look(file.file(), PlanCorrections.of(corrections));
        } catch (UnreadableFileException unreadable) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            model.addAttribute("problem", unreadable.say(locale));
            return page(file, file.corrections(), locale, model);
        }
        uploads.correct(upload, actor.id(), corrections);
        return "redirect:/planes/importar/" + upload;
    }

    @PostMapping("/{upload}/confirmar")
    String confirm(
            @PathVariable long upload,
            @RequestParam Map<String, String> form,
            Actor actor,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        WaitingFile file = find(upload, actor);
        Map<String, String> corrections = PlanCorrections.known(form);
        Optional<EventDraft> event;
        long plan;
        try {
            event = event(corrections, events.zone());
            boolean again = planImport.known(file.sha256()).isPresent();
            plan = planImport.take(file.file(), PlanCorrections.of(corrections), actor);
            if (!again) {
                event.ifPresent(one -> events.add(plan, one, actor));
            }
        } catch (DateTimeException | IllegalArgumentException wrong) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            model.addAttribute("problem", texts.say(Notice.of("plan.import.event"), locale));
            return page(file, corrections, locale, model);
        } catch (UnreadableFileException unreadable) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            model.addAttribute("problem", unreadable.say(locale));
            return page(file, file.corrections(), locale, model);
        }
        uploads.forget(upload, actor.id());
        redirect.addFlashAttribute("notice", "plan.import.done");
        return "redirect:/planes/" + plan;
    }

    @PostMapping("/{upload}/descartar")
    String discard(@PathVariable long upload, Actor actor, RedirectAttributes redirect) {
        uploads.forget(upload, actor.id());
        redirect.addFlashAttribute("notice", "plan.import.discarded");
        return "redirect:/planes";
    }

    private static String refused(String problem, Model model, HttpServletResponse response) {
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        model.addAttribute("problem", problem);
        return "plan/import";
    }

    private String page(WaitingFile file, Map<String, String> corrections, Locale locale, Model model) {
        PlanProposal proposal = planImport.look(file.file(), PlanCorrections.of(corrections));
        List<Doubt> doubts = doubts(proposal, locale);
        model.addAttribute("upload", file.id());
        model.addAttribute("file", file.file().name());
        model.addAttribute("known", planImport.known(file.sha256()).orElse(null));
        model.addAttribute("proposal", proposal);
        model.addAttribute("doubts", doubts.subList(0, Math.min(MOST_ASKED, doubts.size())));
        model.addAttribute("unasked", Math.max(0, doubts.size() - MOST_ASKED));
        model.addAttribute("fields", PlanField.values());
        model.addAttribute("kinds", RowKind.values());
        model.addAttribute("said", corrections);
        return "plan/review";
    }

    /** Everything that is doubtful about one cell together. */
    private List<Doubt> doubts(PlanProposal proposal, Locale locale) {
        Map<String, Doubt> byPlace = new LinkedHashMap<>();
        for (PlanDoubt doubt : proposal.doubts()) {
            String reason = texts.say(doubt.reason(), locale);
            boolean cell = doubt.columnIndex() >= 0;
            String id = doubt.row() + "-" + (cell ? doubt.columnIndex() : "row" + byPlace.size());
            Doubt before = byPlace.get(id);
            if (before != null) {
                before.reasons().add(reason);
            } else {
                boolean asksKind = doubt.readAs() != null && !cell;
                byPlace.put(
                        id,
                        new Doubt(
                                id,
                                doubt.row(),
                                doubt.column(),
                                cell ? doubt.cell() : doubt.value(),
                                new ArrayList<>(List.of(reason)),
                                cell ? "cell-" + id : null,
                                asksKind ? "row-" + doubt.row() : null,
                                doubt.readAs()));
            }
        }
        return List.copyOf(byPlace.values());
    }

    /** The event that the form names, once it has a date. */
    private static Optional<EventDraft> event(Map<String, String> form, ZoneId zone) {
        String date = form.getOrDefault("event-date", "").strip();
        if (date.isEmpty()) {
            return Optional.empty();
        }
        LocalDate day = LocalDate.parse(date);
        String name = form.getOrDefault("event-name", "").strip();
        String place = form.getOrDefault("event-place", "").strip();
        if (name.isEmpty()) {
            throw new IllegalArgumentException("An event has a name");
        }
        return Optional.of(new EventDraft(
                name,
                day.atTime(LocalTime.parse(form.getOrDefault("event-from", "").strip()))
                        .atZone(zone)
                        .toInstant(),
                day.atTime(LocalTime.parse(form.getOrDefault("event-to", "").strip()))
                        .atZone(zone)
                        .toInstant(),
                place.isEmpty() ? null : place,
                null));
    }

    private WaitingFile find(long upload, Actor actor) {
        return uploads.find(upload, actor.id(), Uploads.Kind.PLAN)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
