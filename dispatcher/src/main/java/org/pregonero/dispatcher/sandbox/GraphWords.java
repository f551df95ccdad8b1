package org.pregonero.dispatcher.sandbox;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The Graph API's JSON: of an object only the fields that were asked for, and its id. */
final class GraphWords {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssZ", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** What can be asked of a post today, and to about how many it grows here. {@code post_impressions} has ended. */
    private static final Map<String, Long> METRICS = Map.of(
            "post_media_view", 2_000L,
            "post_total_media_view_unique", 1_400L,
            "post_clicks", 90L,
            "post_reactions_like_total", 60L);

    private GraphWords() {}

    static Map<String, Object> page(String id, Set<String> fields) {
        return chosen(
                Map.of(
                        "id",
                        id,
                        "name",
                        "Entidad de ejemplo",
                        "fan_count",
                        1_250,
                        "followers_count",
                        1_300,
                        "link",
                        "https://www.facebook.com/" + id),
                fields);
    }

    static Map<String, Object> post(Post post, Set<String> fields, Instant now) {
        Growth growth = new Growth(post.postId(), post.at());
        var all = new LinkedHashMap<String, Object>();
        all.put("id", post.postId());
        if (!post.text().isEmpty()) {
            all.put("message", post.text());
        }
        all.put("created_time", TIME.format(post.at()));
        all.put("is_published", true);
        all.put("permalink_url", "https://www.facebook.com/" + post.postId().replace("_", "/posts/"));
        all.put("reactions", count(growth.of("reactions", 60, now)));
        all.put("comments", count(growth.of("comments", 9, now)));
        all.put("shares", Map.of("count", growth.of("shares", 15, now)));
        return chosen(all, fields);
    }

    private static Map<String, Object> count(long total) {
        return Map.of("data", List.of(), "summary", Map.of("total_count", total));
    }

    /** @return nothing when one of the metrics does not exist */
    static Optional<Map<String, Object>> insights(Post post, List<String> metrics, Instant now) {
        var data = new ArrayList<Map<String, Object>>();
        for (String metric : metrics) {
            Long many = METRICS.get(metric);
            if (many == null) {
                return Optional.empty();
            }
            long value = new Growth(post.postId(), post.at()).of(metric, many, now);
            data.add(Map.of(
                    "name",
                    metric,
                    "period",
                    "lifetime",
                    "values",
                    List.of(Map.of("value", value)),
                    "title",
                    metric,
                    "id",
                    post.postId() + "/insights/" + metric + "/lifetime"));
        }
        return Optional.of(Map.of("data", data));
    }

    private static Map<String, Object> chosen(Map<String, Object> all, Set<String> fields) {
        // reactions.limit(0).summary(total_count) asks for reactions
        var names =
                fields.stream().map(field -> field.replaceFirst("[.(].*", "")).collect(Collectors.toSet());
        var some = new LinkedHashMap<>(all);
        some.keySet().removeIf(name -> !name.equals("id") && !names.contains(name));
        return some;
    }
}
