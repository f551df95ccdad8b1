package org.pregonero.dispatcher.site;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.pregonero.dispatcher.inbound.OfficeMessages;
import org.pregonero.dispatcher.site.Announcements.Announcement;
import org.springframework.stereotype.Service;

/** What readers of an announcement ask the office. */
@Service
public class Questions {

    private final OfficeMessages messages;

    Questions(OfficeMessages messages) {
        this.messages = messages;
    }

    /**
     * What a person writes.
     *
     * @param reachableAt e-mail address or telephone for the answer
     * @param accepted that the institution keeps this as its notice says
     */
    public record Question(
            @NotBlank(message = "{site.error.name}") @Size(max = 120, message = "{site.error.long}")
            String name,

            @NotNull(message = "{site.error.reachableAt}")
            @Size(max = 120, message = "{site.error.long}")
            @Pattern(regexp = Registrations.REACHABLE, message = "{site.error.reachableAt}")
            String reachableAt,

            @NotBlank(message = "{site.error.text}") @Size(max = 2000, message = "{site.error.long}")
            String text,

            @NotNull(message = "{site.error.accepted}") @AssertTrue(message = "{site.error.accepted}")
            Boolean accepted) {}

    /** Hands a question to the office; the same one sent twice is handed over once. */
    public void add(Announcement announcement, Question question) {
        messages.addOnce(
                question.name() + " · " + question.reachableAt(), "WEB", announcement.deliveryId(), question.text());
    }
}
