package org.pregonero.templates;

import com.twitter.twittertext.Extractor;
import com.twitter.twittertext.TwitterTextParseResults;
import com.twitter.twittertext.TwitterTextParser;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A post on X as the office wrote it. Text and link may contain placeholders of the institution and of the event.
 *
 * <p>The length is counted as X counts: Latin letters 1, emoji and most other scripts 2, any link 23, at most 280 (<a
 * href="https://docs.x.com/fundamentals/counting-characters">counting characters</a>, by X's own twitter-text).
 *
 * @param link becomes the last line, or null; a post with a link costs about ten times one without, which
 *     {@link CompiledContent#notes} tells
 */
public record XContent(
        String text, @Nullable String link, @Nullable PostPicture picture) implements MessageContent {

    private static final int LONGEST = 280;

    @Override
    public CompiledContent compile(Setting setting) {
        CompiledPost post = CompiledPost.of(setting, text, link, picture, false);
        Words words = Words.in(setting.locale());
        // What is posted may be the link that counts clicks; both are of the same length for X.
        String written =
                post.render(Map.of(Vocabulary.TRACKING, "https://x.com/")).text();
        TwitterTextParseResults counted = TwitterTextParser.parseTweet(written);
        if (counted.weightedLength > LONGEST) {
            throw words.invalid("error.xTooLong", counted.weightedLength, LONGEST, counted.weightedLength - LONGEST);
        }
        if (!counted.isValid) {
            throw words.invalid("error.xCharacters");
        }
        return new Extractor().extractURLs(written).isEmpty() ? post : post.withNote(words.get("note.xLink"));
    }
}
