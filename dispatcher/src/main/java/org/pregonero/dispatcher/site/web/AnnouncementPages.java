package org.pregonero.dispatcher.site.web;

import jakarta.validation.Valid;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.institution.Institutions;
import org.pregonero.dispatcher.site.Announcements;
import org.pregonero.dispatcher.site.Announcements.Announcement;
import org.pregonero.dispatcher.site.Questions;
import org.pregonero.dispatcher.site.Questions.Question;
import org.pregonero.dispatcher.site.Registrations;
import org.pregonero.dispatcher.site.Registrations.Registration;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** The public announcements, for people. */
@Controller
@RequestMapping("/anuncios")
class AnnouncementPages {

    private static final int NEWEST = 50;
    private static final MediaType CALENDAR = new MediaType("text", "calendar", StandardCharsets.UTF_8);

    private final Announcements announcements;
    private final Registrations registrations;
    private final Questions questions;
    private final Institutions institutions;

    AnnouncementPages(
            Announcements announcements, Registrations registrations, Questions questions, Institutions institutions) {
        this.announcements = announcements;
        this.registrations = registrations;
        this.questions = questions;
        this.institutions = institutions;
    }

    @GetMapping
    String list(Model model) {
        model.addAttribute("announcements", announcements.latest(NEWEST));
        model.addAttribute("institution", institutions.current());
        return "site/announcements";
    }

    @GetMapping("/{token}")
    String announcement(@PathVariable UUID token, @RequestParam(required = false) @Nullable String listo, Model model) {
        model.addAttribute("registration", new Registration("", null, "", false));
        model.addAttribute("question", new Question("", "", "", false));
        return page(find(token), listo, model);
    }

    @PostMapping("/{token}/asistencia")
    String register(
            @PathVariable UUID token,
            @ModelAttribute("registration") @Valid Registration registration,
            BindingResult errors,
            Model model) {
        var announcement = open(token);
        if (!announcement.content().registration() || announcement.eventId() == null) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        if (errors.hasErrors()) {
            model.addAttribute("question", new Question("", "", "", false));
            return page(announcement, null, model);
        }
        registrations.add(announcement, registration);
        return "redirect:/anuncios/" + token + "?listo=asistencia#listo";
    }

    @PostMapping("/{token}/pregunta")
    String ask(
            @PathVariable UUID token,
            @ModelAttribute("question") @Valid Question question,
            BindingResult errors,
            Model model) {
        var announcement = open(token);
        if (!announcement.content().questions()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        if (errors.hasErrors()) {
            model.addAttribute("registration", new Registration("", null, "", false));
            return page(announcement, null, model);
        }
        questions.add(announcement, question);
        return "redirect:/anuncios/" + token + "?listo=pregunta#listo";
    }

    /** For the reader's own calendar. */
    @GetMapping("/{token}/evento.ics")
    ResponseEntity<String> calendar(@PathVariable UUID token) {
        var occasion = open(token).content().occasion();
        if (occasion == null) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return ResponseEntity.ok()
                .contentType(CALENDAR)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("evento.ics")
                                .build()
                                .toString())
                .body(occasion.calendar());
    }

    private String page(Announcement announcement, @Nullable String done, Model model) {
        model.addAttribute("announcement", announcement);
        model.addAttribute("done", done);
        model.addAttribute("institution", institutions.current());
        return announcement.withdrawnAt() == null ? "site/announcement" : "site/withdrawn";
    }

    private Announcement open(UUID token) {
        var announcement = find(token);
        if (announcement.withdrawnAt() != null) {
            throw new ResponseStatusException(HttpStatus.GONE);
        }
        return announcement;
    }

    private Announcement find(UUID token) {
        return announcements.find(token).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
