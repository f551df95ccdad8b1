package org.pregonero.dispatcher.plan.web;

import java.io.IOException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.plan.EventDraft;
import org.pregonero.dispatcher.plan.ImportedPlan;
import org.pregonero.dispatcher.plan.Plan;
import org.pregonero.dispatcher.plan.PlanAction;
import org.pregonero.dispatcher.plan.PlanEvent;
import org.pregonero.dispatcher.plan.PlanEvents;
import org.pregonero.dispatcher.plan.PlanImport;
import org.pregonero.dispatcher.plan.PlanProposal;
import org.pregonero.dispatcher.plan.PlanSummary;
import org.pregonero.dispatcher.plan.Plans;
import org.pregonero.dispatcher.tabular.Notice;
import org.pregonero.dispatcher.tabular.Texts;
import org.pregonero.dispatcher.tabular.UploadedFile;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;

/** Plans: taking them in, looking at them, and their events. */
@RestController
@RequestMapping("/api/v1/plans")
class PlanController {

    private final PlanImport planImport;
    private final Plans plans;
    private final PlanEvents events;
    private final Texts texts = new Texts("plan");

    PlanController(PlanImport planImport, Plans plans, PlanEvents events) {
        this.planImport = planImport;
        this.plans = plans;
        this.events = events;
    }

    @PostMapping(path = "/imports", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    Answer importPlan(
            @RequestPart("file") MultipartFile file,
            @RequestParam(defaultValue = "true") boolean apply,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, required = false) @Nullable String language,
            Actor actor)
            throws IOException {
        ImportedPlan imported = planImport.run(
                new UploadedFile(String.valueOf(file.getOriginalFilename()), file.getBytes()), apply, actor);
        Locale locale = Texts.locale(language);
        PlanProposal says = imported.proposal();
        List<Doubt> doubts = says.doubts().stream()
                .map(doubt -> new Doubt(doubt.row(), doubt.column(), doubt.value(), texts.say(doubt.reason(), locale)))
                .toList();
        return new Answer(
                new PlanName(imported.id(), says.name()),
                says.audiences(),
                says.notes(),
                says.actions(),
                doubts,
                imported.applied());
    }

    @GetMapping
    List<PlanSummary> all() {
        return plans.all();
    }

    @GetMapping("/{id}")
    Plan one(
            @PathVariable long id,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, required = false) @Nullable String language) {
        return plans.find(id).orElseThrow(() -> noPlan(id, language));
    }

    @PostMapping("/{id}/events")
    ResponseEntity<PlanEvent> addEvent(
            @PathVariable long id,
            @RequestBody NewEvent event,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, required = false) @Nullable String language,
            Actor actor) {
        String name = event.name() == null ? "" : event.name().strip();
        if (name.isEmpty()) {
            throw refused("event-name", language);
        }
        Instant starts = instant(event.starts(), language);
        Instant ends = instant(event.ends(), language);
        if (!ends.isAfter(starts)) {
            throw refused("event-ends", language);
        }
        PlanEvent added = events.add(id, new EventDraft(name, starts, ends, event.place(), event.link()), actor)
                .orElseThrow(() -> noPlan(id, language));
        return ResponseEntity.created(URI.create("/api/v1/plans/" + id)).body(added);
    }

    /** With an offset, or as the clocks of the institution show it. */
    private Instant instant(@Nullable String text, @Nullable String language) {
        if (text == null) {
            throw refused("event-time", language);
        }
        try {
            return text.matches(".*T.*(Z|[+-]\\d{2}:?\\d{2})")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).atZone(events.zone()).toInstant();
        } catch (DateTimeException e) {
            throw refused("event-time", language);
        }
    }

    private ResponseStatusException noPlan(long id, @Nullable String language) {
        return new ResponseStatusException(
                HttpStatus.NOT_FOUND, texts.say(Notice.of("no-plan", id), Texts.locale(language)));
    }

    private ResponseStatusException refused(String key, @Nullable String language) {
        return new ResponseStatusException(HttpStatus.BAD_REQUEST, texts.say(Notice.of(key), Texts.locale(language)));
    }

    record Answer(
            PlanName plan,
            List<String> audiences,
            List<String> notes,
            List<PlanAction> actions,
            List<Doubt> doubts,
            boolean applied) {}

    record PlanName(@Nullable Long id, String name) {}

    record Doubt(int row, String column, String value, String reason) {}

    record NewEvent(
            @Nullable String name,
            @Nullable String starts,
            @Nullable String ends,
            @Nullable String place,
            @Nullable String link) {}
}
