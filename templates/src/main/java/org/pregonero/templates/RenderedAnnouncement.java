package org.pregonero.templates;

import org.jspecify.annotations.Nullable;

/**
 * An announcement ready for a public page.
 *
 * @param html a fragment that holds nothing but text, lists, headings and links
 * @param text the same as plain text
 * @param registration whether readers can say that they will come
 * @param questions whether readers can ask something
 * @param occasion the event that it is about, or null
 */
public record RenderedAnnouncement(
        String title,
        String summary,
        String html,
        String text,
        boolean registration,
        boolean questions,
        @Nullable Occasion occasion)
        implements RenderedContent {

    /**
     * When and where something happens, in words.
     *
     * @param date for example {@code jueves 26 de noviembre de 2026}
     * @param hours for example {@code 9:00 a. m. a 12:00 m.}
     * @param calendar an iCalendar object (RFC 5545) that a reader can add to a calendar
     */
    public record Occasion(PublicEvent event, String date, String hours, String calendar) {}
}
