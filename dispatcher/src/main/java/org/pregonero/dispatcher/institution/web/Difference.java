package org.pregonero.dispatcher.institution.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One field that a change changed.
 *
 * @param field its name, with dots where it is inside another; empty when the whole is one value
 * @param before empty when there was nothing
 * @param after empty when nothing is left
 */
record Difference(String field, String before, String after) {

    static List<Difference> between(@Nullable JsonNode before, @Nullable JsonNode after) {
        Map<String, String> old = new LinkedHashMap<>();
        Map<String, String> now = new LinkedHashMap<>();
        collect("", before, old);
        collect("", after, now);
        var fields = new TreeSet<>(old.keySet());
        fields.addAll(now.keySet());
        List<Difference> differences = new ArrayList<>();
        for (var field : fields) {
            var difference = new Difference(field, old.getOrDefault(field, ""), now.getOrDefault(field, ""));
            if (!Objects.equals(difference.before, difference.after)) {
                differences.add(difference);
            }
        }
        return differences;
    }

    private static void collect(String path, @Nullable JsonNode node, Map<String, String> values) {
        if (node == null || node.isNull()) {
            return;
        }
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> collect(
                            path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), values));
        } else if (node.isArray() && node.valueStream().noneMatch(JsonNode::isObject)) {
            values.put(path, node.valueStream().map(JsonNode::asString).collect(Collectors.joining(", ")));
        } else {
            values.put(path, node.isArray() ? node.toString() : node.asString());
        }
    }
}
