package org.pregonero.dispatcher.delivery.web;

import java.util.List;
import java.util.Locale;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.delivery.OccurrenceControl;
import org.pregonero.dispatcher.message.Occurrence;
import org.pregonero.dispatcher.message.Occurrences;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
@RequestMapping("/api/v1/occurrences")
class OccurrenceController {

    private static final int NEWEST = 100;

    private final Occurrences occurrences;
    private final OccurrenceControl control;
    private final OccurrenceViews views;

    OccurrenceController(Occurrences occurrences, OccurrenceControl control, OccurrenceViews views) {
        this.occurrences = occurrences;
        this.control = control;
        this.views = views;
    }

    @GetMapping
    List<Occurrence> newest() {
        return occurrences.latest(NEWEST);
    }

    @GetMapping("/{id}")
    OccurrenceView occurrence(@PathVariable long id, Locale locale) {
        return views.find(id, locale)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "Ese envío no existe."));
    }

    @PostMapping("/{id}/pause")
    OccurrenceView pause(@PathVariable long id, Actor actor, Locale locale) {
        return after(control.pause(id, actor), id, locale, "Este envío no está en curso.");
    }

    @PostMapping("/{id}/resume")
    OccurrenceView resume(@PathVariable long id, Actor actor, Locale locale) {
        return after(control.resume(id, actor), id, locale, "Este envío no está en pausa.");
    }

    @PostMapping("/{id}/cancel")
    OccurrenceView cancel(@PathVariable long id, Actor actor, Locale locale) {
        return after(control.cancel(id, actor), id, locale, "Este envío ya terminó.");
    }

    private OccurrenceView after(boolean done, long id, Locale locale, String otherwise) {
        var view = occurrence(id, locale);
        if (!done) {
            throw new ResponseStatusException(HttpStatus.CONFLICT, otherwise);
        }
        return view;
    }
}
