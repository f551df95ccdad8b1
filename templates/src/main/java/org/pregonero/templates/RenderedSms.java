package org.pregonero.templates;

/** A text message for one person. */
public record RenderedSms(String text) implements RenderedContent {

    /** What it costs. */
    public SmsSegments segments() {
        return SmsSegments.of(text);
    }
}
