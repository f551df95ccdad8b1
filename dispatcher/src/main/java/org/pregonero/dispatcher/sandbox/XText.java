package org.pregonero.dispatcher.sandbox;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How X counts a text and gives it back: links shortened by its own service, three characters escaped. */
final class XText {

    private static final Pattern LINK = Pattern.compile("https?://[^\\s]+");
    private static final int LINK_WEIGHT = 23;

    private XText() {}

    /** As "Counting characters" of X's documentation has it: 280 are allowed. */
    static int weight(String text) {
        Matcher links = LINK.matcher(text);
        int count = (int) links.results().count();
        return count * LINK_WEIGHT
                + links.replaceAll("").codePoints().map(XText::weight).sum();
    }

    private static int weight(int letter) {
        return letter <= 4351
                        || (letter >= 8192 && letter <= 8205)
                        || (letter >= 8208 && letter <= 8223)
                        || (letter >= 8242 && letter <= 8247)
                ? 1
                : 2;
    }

    static String asPublished(Post post) {
        String text = LINK.matcher(
                        post.text().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
                .replaceAll(link -> shortened(unescaped(link.group())));
        return post.pictures().isEmpty() ? text : text + " " + shortened("photo/" + post.postId());
    }

    static Map<String, Object> json(Post post, Set<String> fields, Instant now) {
        var json = new LinkedHashMap<String, Object>();
        json.put("id", post.postId());
        json.put("text", asPublished(post));
        json.put("edit_history_tweet_ids", List.of(post.postId()));
        if (fields.contains("created_at")) {
            json.put("created_at", post.at().truncatedTo(ChronoUnit.MILLIS).toString());
        }
        if (fields.contains("author_id")) {
            json.put("author_id", XSimulator.USER_ID);
        }
        if (fields.contains("entities")) {
            json.put("entities", Map.of("urls", links(post)));
        }
        Growth growth = new Growth(post.postId(), post.at());
        if (fields.contains("public_metrics")) {
            var metrics = new LinkedHashMap<String, Object>();
            metrics.put("retweet_count", growth.of("retweet", 12, now));
            metrics.put("reply_count", growth.of("reply", 6, now));
            metrics.put("like_count", growth.of("like", 40, now));
            metrics.put("quote_count", growth.of("quote", 3, now));
            metrics.put("bookmark_count", growth.of("bookmark", 5, now));
            metrics.put("impression_count", growth.of("impression", 1500, now));
            json.put("public_metrics", metrics);
        }
        if (fields.contains("non_public_metrics")) {
            json.put(
                    "non_public_metrics",
                    Map.of(
                            "impression_count", growth.of("impression", 1500, now),
                            "url_link_clicks", growth.of("click", 60, now),
                            "user_profile_clicks", growth.of("profile", 20, now)));
        }
        return json;
    }

    static Map<String, Object> unknown(String id) {
        return Map.of(
                "value", id,
                "detail", "Could not find tweet with ids: [" + id + "].",
                "title", "Not Found Error",
                "resource_type", "tweet",
                "parameter", "ids",
                "resource_id", id,
                "type", "https://api.twitter.com/2/problems/resource-not-found");
    }

    private static List<Map<String, Object>> links(Post post) {
        var links = new ArrayList<Map<String, Object>>();
        Matcher link = LINK.matcher(post.text());
        while (link.find()) {
            links.add(Map.of("url", shortened(link.group()), "expanded_url", link.group()));
        }
        if (!post.pictures().isEmpty()) {
            String photo = "photo/" + post.postId();
            links.add(Map.of(
                    "url", shortened(photo), "expanded_url", "https://x.com/i/status/" + post.postId() + "/photo/1"));
        }
        return links;
    }

    private static String shortened(String link) {
        return "https://t.co/" + Integer.toString(link.hashCode() & Integer.MAX_VALUE, 36);
    }

    private static String unescaped(String text) {
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }
}
