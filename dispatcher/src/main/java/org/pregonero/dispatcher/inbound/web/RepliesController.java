package org.pregonero.dispatcher.inbound.web;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.inbound.Attendances;
import org.pregonero.dispatcher.inbound.OfficeMessages;
import org.pregonero.dispatcher.inbound.OfficeMessages.OfficeMessage;
import org.pregonero.dispatcher.runtime.Slice;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What people answered. */
@RestController
@RequestMapping("/api/v1")
class RepliesController {

    private final OfficeMessages messages;
    private final Attendances attendances;

    RepliesController(OfficeMessages messages, Attendances attendances) {
        this.messages = messages;
        this.attendances = attendances;
    }

    /** @param next what to pass as {@code after} for the following page; null on the last one */
    record MessagePage(
            List<OfficeMessage> messages, @Nullable Long next) {}

    /**
     * @param yes people who come, in all pages
     * @param no people who do not
     * @param next what to pass as {@code after} for the following page; null on the last one
     */
    record AttendancePage(
            long yes,
            long no,
            List<Attendances.Answer> answers,
            @Nullable Long next) {}

    /** Messages to the office, in the order in which they came. */
    @GetMapping("/office-messages")
    MessagePage messages(
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit) {
        var slice = Slice.of(limit, size -> messages.list(after, size), OfficeMessage::id);
        return new MessagePage(slice.rows(), slice.next());
    }

    /** Who said to come to an event, and who said not to. */
    @GetMapping("/events/{id}/attendance")
    AttendancePage attendance(
            @PathVariable long id,
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit) {
        var count = attendances.count(id);
        var slice = Slice.of(limit, size -> attendances.list(id, after, size), Attendances.Answer::contactId);
        return new AttendancePage(count.yes(), count.no(), slice.rows(), slice.next());
    }
}
