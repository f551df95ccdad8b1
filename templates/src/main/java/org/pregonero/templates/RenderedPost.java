package org.pregonero.templates;

import org.jspecify.annotations.Nullable;

/**
 * A post as a network publishes it.
 *
 * @param text with the link in it, unless that stands apart
 * @param link what the network shows as a card beside the text, or null
 */
public record RenderedPost(
        String text, @Nullable String link, @Nullable PostPicture picture) implements RenderedContent {

    /** Without the text, which must not reach a log. */
    @Override
    public String toString() {
        return "RenderedPost[]";
    }
}
