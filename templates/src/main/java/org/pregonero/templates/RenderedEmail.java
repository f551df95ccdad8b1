package org.pregonero.templates;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An e-mail ready for one recipient.
 *
 * @param subject one line, without line breaks
 * @param html the complete HTML document
 * @param text the same content as plain text
 * @param images pictures that the HTML refers to as {@code cid:…}
 * @param attachments files that come with the mail
 * @param calendar an iCalendar object (RFC 5545) that mail programs show as an event, or null
 * @param sender as whom it presents itself
 */
public record RenderedEmail(
        String subject,
        String html,
        String text,
        List<InlineImage> images,
        List<Attachment> attachments,
        @Nullable String calendar,
        Sender sender)
        implements RenderedContent {

    public RenderedEmail {
        images = List.copyOf(images);
        attachments = List.copyOf(attachments);
    }
}
