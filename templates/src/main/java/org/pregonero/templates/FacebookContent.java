package org.pregonero.templates;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A post on a Facebook page as the office wrote it. Text and link may contain placeholders of the institution and of the
 * event.
 *
 * @param link shown as a card; where there is a picture, which takes the card's place, it becomes the last line; or null
 */
public record FacebookContent(
        String text, @Nullable String link, @Nullable PostPicture picture) implements MessageContent {

    /** Graph API, {@code /page/feed}. */
    private static final int LONGEST = 63_206;

    @Override
    public CompiledContent compile(Setting setting) {
        CompiledPost post = CompiledPost.of(setting, text, link, picture, picture == null);
        int length = post.render(Map.of()).text().length();
        if (length > LONGEST) {
            throw Words.in(setting.locale()).invalid("error.facebookTooLong", length, LONGEST);
        }
        return post;
    }
}
