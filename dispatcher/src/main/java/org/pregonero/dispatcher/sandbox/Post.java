package org.pregonero.dispatcher.sandbox;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something published on a network.
 *
 * @param id its name in the {@link Outbox}
 * @param postId what the network calls it
 * @param account whose it is, as people read it
 * @param link beside the text, or null
 */
public record Post(
        String id,
        Instant at,
        String channel,
        String postId,
        String account,
        String text,
        @Nullable String link,
        List<Picture> pictures) {

    /**
     * A picture of a post.
     *
     * @param id its name in the {@link Outbox}
     * @param description for who cannot see it, or null
     */
    public record Picture(String id, @Nullable String description) {}
}
