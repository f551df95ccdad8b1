package org.pregonero.dispatcher.site.web;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.institution.Institutions;
import org.pregonero.dispatcher.site.Announcements;
import org.pregonero.dispatcher.site.Announcements.Announcement;
import org.pregonero.dispatcher.site.Questions;
import org.pregonero.dispatcher.site.Questions.Question;
import org.pregonero.dispatcher.site.Registrations;
import org.pregonero.dispatcher.site.Registrations.Registration;
import org.springframework.beans.propertyeditors.StringTrimmerEditor;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;

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
    private final Clock clock;

    AnnouncementPages(
            Announcements announcements,
            Registrations registrations,
            Questions questions,
            Institutions institutions,
            Clock clock) {
        this.announcements = announcements;
        this.registrations = registrations;
        this.questions = questions;
        this.institutions = institutions;
        this.clock = clock;
    }

    @GetMapping
    String list(Model model) {
        model.addAttribute("announcements", announcements.latest(NEWEST));
        model.addAttribute("institution", institutions.current());
        return "site/announcements";
    }

    @GetMapping("/{token}")
    ModelAndView announcement(@PathVariable UUID token, @RequestParam(required = false) @Nullable String listo) {
        return page(find(token), Map.of("done", listo == null ? "" : listo));
    }

    @PostMapping("/{token}/asistencia")
    ModelAndView register(
            @PathVariable UUID token,
            @ModelAttribute("registration") @Valid Registration registration,
            BindingResult errors) {
        var announcement = find(token);
        if (announcement.withdrawnAt() != null || errors.hasErrors()) {
            return page(announcement, errors.getModel());
        }
        if (!takesRegistrations(announcement)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        registrations.add(announcement, registration);
        return new ModelAndView("redirect:/anuncios/" + token + "?listo=asistencia#listo");
    }

    @PostMapping("/{token}/pregunta")
    ModelAndView ask(
            @PathVariable UUID token, @ModelAttribute("question") @Valid Question question, BindingResult errors) {
        var announcement = find(token);
        if (announcement.withdrawnAt() != null || errors.hasErrors()) {
            return page(announcement, errors.getModel());
        }
        if (!announcement.content().questions()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        questions.add(announcement, question);
        return new ModelAndView("redirect:/anuncios/" + token + "?listo=pregunta#listo");
    }

    /** For the reader's own calendar. */
    @GetMapping("/{token}/evento.ics")
    ResponseEntity<String> calendar(@PathVariable UUID token) {
        var announcement = find(token);
        var occasion = announcement.content().occasion();
        if (announcement.withdrawnAt() != null || occasion == null) {
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

    /** @param more what differs from an announcement that was only just opened */
    private ModelAndView page(Announcement announcement, Map<String, ?> more) {
        var model = new ModelAndView("site/announcement")
                .addObject("registration", new Registration("", null, "", false))
                .addObject("question", new Question("", "", "", false))
                .addAllObjects(more)
                .addObject("announcement", announcement)
                .addObject("takesRegistrations", takesRegistrations(announcement))
                .addObject("institution", institutions.current());
        if (announcement.withdrawnAt() != null) {
            model.setViewName("site/withdrawn");
            model.setStatus(HttpStatus.GONE);
        } else if (more.keySet().stream().anyMatch(name -> name.startsWith(BindingResult.MODEL_KEY_PREFIX))) {
            model.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        }
        return model;
    }

    /** Until the event is over. */
    private boolean takesRegistrations(Announcement announcement) {
        var occasion = announcement.content().occasion();
        return announcement.content().registration()
                && announcement.eventId() != null
                && occasion != null
                && occasion.event().end().toInstant().isAfter(clock.instant());
    }

    /** Spaces around do not count, and the database cannot keep NUL. */
    @InitBinder
    void trim(WebDataBinder binder) {
        binder.registerCustomEditor(String.class, new StringTrimmerEditor("\0", true));
    }

    /** An address that was copied incompletely leads nowhere. */
    @ExceptionHandler(MethodArgumentTypeMismatchException.class)
    void incomplete(HttpServletResponse response) throws IOException {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }

    private Announcement find(UUID token) {
        return announcements.find(token).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
