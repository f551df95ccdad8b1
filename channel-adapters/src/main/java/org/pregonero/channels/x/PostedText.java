package org.pregonero.channels.x;

import java.text.Normalizer;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The text of a post in a form in which what we sent and what X gives back are the same: X shortens links to
 * {@code https://t.co/…}, adds one for a picture, and escapes three characters.
 */
final class PostedText {

    private static final Pattern OF_MEDIA = Pattern.compile("https?://(x|twitter)\\.com/.+/(photo|video)/\\d+");
    private static final Pattern SCHEME = Pattern.compile("(?i)https?://");
    private static final Pattern LAST_SLASH = Pattern.compile("/+(?=\\s|$)");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private PostedText() {}

    static String sent(String text) {
        String plain =
                SCHEME.matcher(Normalizer.normalize(text, Normalizer.Form.NFC)).replaceAll("");
        return BLANKS.matcher(LAST_SLASH.matcher(plain).replaceAll(""))
                .replaceAll(" ")
                .strip();
    }

    /** @param post with the field {@code entities} */
    static String given(JsonNode post) {
        String text = post.path("text")
                .asString("")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
        for (JsonNode url : post.path("entities").path("urls")) {
            String expanded = url.path("expanded_url").asString("");
            String shortened = url.path("url").asString("");
            if (!shortened.isEmpty()) {
                text = text.replace(shortened, OF_MEDIA.matcher(expanded).matches() ? "" : expanded);
            }
        }
        return sent(text);
    }
}
