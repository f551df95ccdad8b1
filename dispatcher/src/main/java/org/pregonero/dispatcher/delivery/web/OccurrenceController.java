package org.pregonero.dispatcher.delivery.web;

import java.util.List;
import java.util.Locale;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.delivery.OccurrenceControl;
import org.pregonero.dispatcher.message.Occurrence;
import org.pregonero.dispatcher.message.Occurrences;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

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
    ResponseEntity<OccurrenceView> occurrence(@PathVariable long id, Locale locale) {
        return ResponseEntity.of(views.find(id, locale));
    }

    @PostMapping("/{id}/pause")
    ResponseEntity<?> pause(@PathVariable long id, Actor actor, Locale locale) {
        return control.pause(id, actor) ? occurrence(id, locale) : conflict("Este envío no está en curso.");
    }

    @PostMapping("/{id}/resume")
    ResponseEntity<?> resume(@PathVariable long id, Actor actor, Locale locale) {
        return control.resume(id, actor) ? occurrence(id, locale) : conflict("Este envío no está en pausa.");
    }

    @PostMapping("/{id}/cancel")
    ResponseEntity<?> cancel(@PathVariable long id, Actor actor, Locale locale) {
        return control.cancel(id, actor) ? occurrence(id, locale) : conflict("Este envío ya terminó.");
    }

    private static ResponseEntity<ProblemDetail> conflict(String detail) {
        return ResponseEntity.of(ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, detail))
                .build();
    }
}
