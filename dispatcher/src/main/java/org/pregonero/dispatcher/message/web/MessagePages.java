package org.pregonero.dispatcher.message.web;

import java.time.Clock;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.audience.SamplePeople;
import org.pregonero.dispatcher.message.Contents;
import org.pregonero.dispatcher.message.Drafting;
import org.pregonero.dispatcher.message.Forecasts;
import org.pregonero.dispatcher.message.MessageFiles;
import org.pregonero.dispatcher.message.MessageShelf;
import org.pregonero.dispatcher.message.MessageVersion;
import org.pregonero.dispatcher.message.Occurrence;
import org.pregonero.dispatcher.message.Occurrences;
import org.pregonero.dispatcher.plan.PlanEvents;
import org.pregonero.dispatcher.runtime.Slice;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** The messages, and each of them: what it says, what became of it, who wrote what when. */
@Controller
class MessagePages {

    private static final int ROWS = 50;
    private static final int PEOPLE = 100;

    private final MessageShelf shelf;
    private final Drafting drafting;
    private final Occurrences occurrences;
    private final PlanEvents events;
    private final SamplePeople people;
    private final Changes changes;
    private final MessageFiles files;
    private final Forecasts forecasts;
    private final Contents contents;
    private final Clock clock;

    MessagePages(
            MessageShelf shelf,
            Drafting drafting,
            Occurrences occurrences,
            PlanEvents events,
            SamplePeople people,
            Changes changes,
            MessageFiles files,
            Forecasts forecasts,
            Contents contents,
            Clock clock) {
        this.shelf = shelf;
        this.drafting = drafting;
        this.occurrences = occurrences;
        this.events = events;
        this.people = people;
        this.changes = changes;
        this.files = files;
        this.forecasts = forecasts;
        this.contents = contents;
        this.clock = clock;
    }

    @GetMapping("/mensajes")
    String list(@RequestParam(name = "antes", defaultValue = "" + Long.MAX_VALUE) long before, Model model) {
        var slice = Slice.of(ROWS, size -> shelf.page(before, size), MessageShelf.Entry::id);
        model.addAttribute("rows", slice.rows());
        model.addAttribute("next", slice.next());
        return "message/list";
    }

    @GetMapping("/mensajes/{id}")
    String message(@PathVariable long id, Model model) {
        var version = drafting.find(id);
        model.addAttribute("version", version);
        model.addAttribute("author", changes.author(version));
        model.addAttribute(
                "event",
                version.eventId() == null
                        ? null
                        : events.find(version.eventId()).orElse(null));
        model.addAttribute(
                "audiences",
                people.audiences().stream()
                        .filter(choice -> version.audienceIds().contains(choice.id()))
                        .toList());
        model.addAttribute("occurrences", occurrences.of(id));
        model.addAttribute("history", shelf.history(id));
        model.addAttribute("comments", shelf.comments(id));
        return "message/message";
    }

    /** A version, and what it changed. */
    @GetMapping("/mensajes/{id}/versiones/{number}")
    String version(@PathVariable long id, @PathVariable int number, Locale locale, Model model) {
        var version = find(id, number);
        var before = number == 1 ? null : find(id, number - 1);
        model.addAttribute("version", version);
        model.addAttribute("author", changes.author(version));
        model.addAttribute("changes", changes.between(before, version, locale));
        return "message/version";
    }

    /** An attachment or picture of a message. */
    @GetMapping("/mensajes/archivos/{hash}")
    ResponseEntity<byte[]> file(@PathVariable String hash) {
        var file = files.find(hash).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(file.mediaType()))
                .header("Content-Security-Policy", "sandbox; default-src 'none'")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment")
                .body(file.bytes());
    }

    /** How many people it reaches on which channel, whom it does not and why; a part of other pages, too. */
    @GetMapping("/mensajes/{id}/cuentas")
    String forecast(
            @PathVariable long id,
            @RequestParam(name = "envio", required = false) @Nullable Long sending,
            Model model) {
        var occurrence = sending == null ? null : occurrences.find(sending).orElse(null);
        var version = counted(id, occurrence);
        model.addAttribute("version", version);
        model.addAttribute("occurrence", occurrence);
        model.addAttribute("due", occurrence == null ? clock.instant() : occurrence.dueAt());
        model.addAttribute("forecast", forecasts.of(version).orElse(null));
        return "message/forecast";
    }

    /** As a sending has it, or as it is now. */
    private MessageVersion counted(long id, @Nullable Occurrence occurrence) {
        var version = occurrence == null ? drafting.find(id) : drafting.version(occurrence.versionId());
        if (version.messageId() != id) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return version;
    }

    /** Those whom it does not reach on a channel, for one reason. */
    @GetMapping("/mensajes/{id}/personas")
    String left(
            @PathVariable long id,
            @RequestParam(name = "canal") String channel,
            @RequestParam(name = "motivo") String reason,
            @RequestParam(name = "envio", required = false) @Nullable Long sending,
            @RequestParam(name = "despues", defaultValue = "0") long after,
            Model model) {
        var version =
                counted(id, sending == null ? null : occurrences.find(sending).orElse(null));
        if (!version.channels().containsKey(channel) || !contents.known(channel) || !contents.personal(channel)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        model.addAttribute("version", version);
        model.addAttribute("sending", sending);
        model.addAttribute("channel", channel);
        model.addAttribute("reason", reason);
        model.addAttribute("after", after);
        model.addAttribute(
                "left", forecasts.left(version, channel, reason, after, PEOPLE).orElse(null));
        return "message/left";
    }

    private MessageVersion find(long id, int number) {
        return drafting.version(id, number).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
