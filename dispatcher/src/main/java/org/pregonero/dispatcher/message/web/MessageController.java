package org.pregonero.dispatcher.message.web;

import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.message.Drafting;
import org.pregonero.dispatcher.message.MessageDraft;
import org.pregonero.dispatcher.message.MessageVersion;
import org.pregonero.dispatcher.message.Occurrence;
import org.pregonero.dispatcher.message.OccurrenceRequest;
import org.pregonero.dispatcher.message.Problem;
import org.pregonero.dispatcher.message.Scheduling;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
class MessageController {

    private final Drafting drafting;
    private final Scheduling scheduling;

    MessageController(Drafting drafting, Scheduling scheduling) {
        this.drafting = drafting;
        this.scheduling = scheduling;
    }

    @PostMapping("/messages")
    ResponseEntity<CheckedMessage> write(@RequestBody @Valid MessageDraft draft, Actor actor) {
        var version = drafting.write(draft, actor);
        return ResponseEntity.created(URI.create("/api/v1/messages/" + version.messageId()))
                .body(checked(version));
    }

    @PutMapping("/messages/{id}")
    CheckedMessage revise(@PathVariable long id, @RequestBody @Valid MessageDraft draft, Actor actor) {
        return checked(drafting.revise(id, draft, actor));
    }

    @GetMapping("/messages/{id}")
    CheckedMessage message(@PathVariable long id) {
        return checked(drafting.find(id));
    }

    @PostMapping("/messages/{id}/occurrences")
    ResponseEntity<Occurrence> schedule(
            @PathVariable long id, @RequestBody @Valid OccurrenceRequest request, Actor actor) {
        var occurrence = scheduling.schedule(id, request, actor);
        return ResponseEntity.created(URI.create("/api/v1/occurrences/" + occurrence.id()))
                .body(occurrence);
    }

    @PostMapping("/occurrences/{id}/approval")
    Occurrence approve(@PathVariable long id, @RequestParam(required = false) @Nullable Long version, Actor actor) {
        return scheduling.approve(id, version, actor);
    }

    @PostMapping("/occurrences/{id}/release")
    Occurrence release(@PathVariable long id, Actor actor) {
        return scheduling.release(id, actor);
    }

    private CheckedMessage checked(MessageVersion version) {
        return new CheckedMessage(version.messageId(), version, drafting.problems(version), drafting.notes(version));
    }

    /** A message with what keeps it from being scheduled, and what to know before approving it, by channel. */
    record CheckedMessage(
            long id, MessageVersion version, List<Problem> problems, SortedMap<String, List<String>> notes) {}
}
