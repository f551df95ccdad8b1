package org.pregonero.channels.facebook;

import com.restfb.json.JsonArray;
import com.restfb.json.JsonObject;
import com.restfb.json.JsonValue;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pregonero.channels.MeasuresReach.Figure;
import org.pregonero.channels.MeasuresReach.Reach;

/** Gathers what the Graph API tells about a post in two answers. What it leaves out stays unknown, and is not zero. */
final class PostFigures {

    private final Map<Figure, Long> figures = new EnumMap<>(Figure.class);
    private final Map<String, Figure> metrics;

    /** The names of insights change every few years. */
    PostFigures(String impressionsMetric, String reachedAccountsMetric) {
        metrics = Map.of(impressionsMetric, Figure.IMPRESSIONS, reachedAccountsMetric, Figure.REACHED_ACCOUNTS);
    }

    void addReactions(JsonObject post) {
        add(Figure.LIKES, at(at(post, "reactions"), "summary"), "total_count");
        add(Figure.COMMENTS, at(at(post, "comments"), "summary"), "total_count");
        add(Figure.SHARES, at(post, "shares"), "count");
    }

    void addInsights(JsonObject insights) {
        if (!(insights.get("data") instanceof JsonArray named)) {
            return;
        }
        for (JsonValue metric : named) {
            Figure figure = metric instanceof JsonObject object ? figure(object.get("name")) : null;
            if (figure != null
                    && metric.asObject().get("values") instanceof JsonArray values
                    && values.size() > 0
                    && values.get(0) instanceof JsonObject value) {
                add(figure, value, "value");
            }
        }
    }

    private @Nullable Figure figure(@Nullable JsonValue name) {
        return name != null && name.isString() ? metrics.get(name.asString()) : null;
    }

    private static JsonObject at(JsonObject object, String name) {
        return object.get(name) instanceof JsonObject inner ? inner : new JsonObject();
    }

    private void add(Figure figure, JsonObject counts, String name) {
        JsonValue value = counts.get(name);
        if (value != null && value.isNumber()) {
            figures.put(figure, (long) value.asDouble());
        }
    }

    /** Empty when nothing was told. */
    Optional<Reach> reach() {
        return figures.isEmpty() ? Optional.empty() : Optional.of(new Reach(figures));
    }
}
