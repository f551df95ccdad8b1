package org.pregonero.dispatcher.message.web;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns what a form says of a channel into its content's JSON, and back. Only the fields of the content's type are read; what
 * the form does not know, or nobody touched, stays as it was.
 */
final class ContentJson {

    private static final Pattern VARIABLE = Pattern.compile("\\s*\\{{0,2}\\s*(\\d{1,3})\\s*}{0,2}\\s*[=:]\\s*(.*)");
    private static final Pattern PERSON = Pattern.compile("(.*?)[<,;]?\\s*([^\\s<>,;]+@[^\\s<>,;]+)>?\\s*");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final BigDecimal MINUTES = BigDecimal.valueOf(60);

    /** Begins the name of a file that is written into the content, and is not kept by itself. */
    private static final String INSIDE = "inside-";

    private ContentJson() {}

    /** A file that a form carries along: what it is called, and by what it is found. */
    record Carried(String sha256, String mediaType, String fileName) {

        static Carried of(String text) {
            var parts = text.split("\\|", 3);
            return new Carried(
                    parts[0],
                    parts.length > 1 ? parts[1] : "",
                    parts.length > 2 ? parts[2].replaceAll("[\\p{Cntrl}\\p{Cf}]", "") : "");
        }

        static Carried of(JsonNode file) {
            var inside = file.path("bytes").asString(file.path("data").asString(""));
            return of(file.path("sha256").asString(inside.isEmpty() ? "" : INSIDE + DigestUtils.sha256Hex(inside)) + "|"
                    + file.path("mediaType").asString("") + "|"
                    + file.path("fileName").asString(""));
        }

        /** Whether it is kept by itself, and can be looked at. What a browser sends back may be anything. */
        public boolean kept() {
            return sha256.matches("[0-9a-f]{64}");
        }

        /** Tells it from another file of the same name. */
        String mark() {
            return sha256.replace(INSIDE, "").substring(0, 8);
        }

        @Override
        public String toString() {
            return sha256 + "|" + mediaType + "|" + fileName;
        }
    }

    /**
     * @param prefix of the parameters' names, such as {@code EMAIL.}
     * @param before what the form was made from
     */
    static ObjectNode read(
            List<ContentField> fields, MultiValueMap<String, String> form, String prefix, JsonNode before) {
        var content = before instanceof ObjectNode object ? object.deepCopy() : JSON.objectNode();
        for (var field : fields) {
            var name = prefix + field.path();
            var text = form.getFirst(name) == null
                    ? ""
                    : String.valueOf(form.getFirst(name)).replace("\r\n", "\n");
            var was = at(before, field);
            var files = field.kind() == ContentField.Kind.FILES || field.kind() == ContentField.Kind.PICTURE;
            if (!files
                    && !was.isMissingNode()
                    && text.strip().equals(text(before, field).strip())) {
                // shown in other words than it is written, perhaps: a duration, a list
                continue;
            }
            var value =
                    switch (field.kind()) {
                        case FLAG -> JSON.booleanNode(!text.isEmpty());
                        case LINE -> text.isBlank() ? null : JSON.stringNode(text.strip());
                        case TEXT -> text.isBlank() ? null : JSON.stringNode(text.stripTrailing());
                        case CHOICE -> field.choices().contains(text) ? JSON.stringNode(text) : null;
                        case HOURS -> hours(text);
                        case PARAGRAPHS -> paragraphs(text);
                        case VARIABLES -> variables(text);
                        case PEOPLE -> people(text);
                        case FILES -> files(form.get(name), form.get(name + ".remove"), was);
                        case PICTURE -> picture(form, name, text, was);
                    };
            put(content, field.path(), value);
        }
        return content;
    }

    /** @param value null takes out what is there */
    private static void put(ObjectNode content, String path, @Nullable JsonNode value) {
        var point = path.indexOf('.');
        if (point >= 0) {
            var outer = path.substring(0, point);
            var inner = content.get(outer) instanceof ObjectNode object ? object : JSON.objectNode();
            put(inner, path.substring(point + 1), value);
            put(content, outer, inner.isEmpty() ? null : inner);
        } else if (value == null) {
            content.remove(path);
        } else {
            content.set(path, value);
        }
    }

    private static @Nullable JsonNode hours(String text) {
        try {
            return text.isBlank() ? null : JSON.stringNode(duration(text).toString());
        } catch (ArithmeticException | NumberFormatException e) {
            return null;
        }
    }

    /** @throws NumberFormatException when it is no number of hours */
    static Duration duration(String hours) {
        var number = new BigDecimal(hours.strip().replace(',', '.'));
        // two decimals mean minutes, as people count; with more of them it was counted in seconds
        return number.scale() <= 2
                ? Duration.ofMinutes(whole(number.multiply(MINUTES)))
                : Duration.ofSeconds(whole(number.multiply(MINUTES).multiply(MINUTES)));
    }

    private static long whole(BigDecimal number) {
        return number.setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    static String hours(Duration duration) {
        var minutes = BigDecimal.valueOf(duration.toSeconds()).divide(MINUTES, 6, RoundingMode.HALF_UP);
        var scale = duration.toSecondsPart() == 0 ? 2 : 4;
        return minutes.divide(MINUTES, scale, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static JsonNode paragraphs(String text) {
        var list = JSON.arrayNode();
        Arrays.stream(text.split("\n\\s*\n"))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .forEach(list::add);
        return list;
    }

    private static @Nullable JsonNode variables(String text) {
        var map = JSON.objectNode();
        for (var line : text.split("\n", -1)) {
            var matcher = VARIABLE.matcher(line);
            if (matcher.matches()) {
                map.put(matcher.group(1), matcher.group(2).strip());
            }
        }
        return map.isEmpty() ? null : map;
    }

    private static JsonNode people(String text) {
        var list = JSON.arrayNode();
        for (var line : text.split("\n", -1)) {
            if (!line.isBlank()) {
                var matcher = PERSON.matcher(line);
                var person = list.addObject();
                person.put("name", (matcher.matches() ? matcher.group(1) : line).strip());
                person.put("email", matcher.matches() ? matcher.group(2) : "");
            }
        }
        return list;
    }

    private static JsonNode files(@Nullable List<String> carried, @Nullable List<String> removed, JsonNode before) {
        var list = JSON.arrayNode();
        for (var text : carried == null ? List.<String>of() : carried) {
            var file = Carried.of(text);
            if (removed == null || !removed.contains(file.sha256())) {
                elements(before).stream()
                        .filter(node -> Carried.of(node).equals(file))
                        .findFirst()
                        .ifPresentOrElse(list::add, () -> {
                            if (file.kept()) {
                                list.addObject()
                                        .put("fileName", file.fileName())
                                        .put("mediaType", file.mediaType())
                                        .put("sha256", file.sha256());
                            }
                        });
            }
        }
        return list;
    }

    private static @Nullable JsonNode picture(
            MultiValueMap<String, String> form, String name, String carried, JsonNode before) {
        var file = Carried.of(carried);
        var same = before instanceof ObjectNode && Carried.of(before).equals(file);
        if (carried.isBlank() || form.getFirst(name + ".remove") != null || (!same && !file.kept())) {
            return null;
        }
        var picture = same && before.deepCopy() instanceof ObjectNode copy
                ? copy
                : JSON.objectNode().put("mediaType", file.mediaType()).put("sha256", file.sha256());
        var description = form.getFirst(name + ".alternativeText");
        return picture.put("alternativeText", description == null ? "" : description.strip());
    }

    private static JsonNode at(JsonNode content, ContentField field) {
        var value = content;
        for (var name : field.path().split("\\.", -1)) {
            value = value.path(name);
        }
        return value;
    }

    /** What a field of the content is filled in with; empty where there is nothing. */
    static String text(JsonNode content, ContentField field) {
        var value = at(content, field);
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        return switch (field.kind()) {
            case FLAG -> value.asBoolean() ? "true" : "";
            case HOURS -> hoursOf(value.asString());
            case PARAGRAPHS -> joined(value, "\n\n");
            case VARIABLES ->
                value.properties().stream()
                        .map(one -> one.getKey() + " = " + one.getValue().asString())
                        .sorted()
                        .collect(Collectors.joining("\n"));
            case PEOPLE ->
                elements(value).stream()
                        .map(one -> one.path("name").asString("") + " <"
                                + one.path("email").asString("") + ">")
                        .collect(Collectors.joining("\n"));
            case FILES ->
                elements(value).stream()
                        .map(one -> one.path("fileName").asString(""))
                        .collect(Collectors.joining("\n"));
            case PICTURE -> value.path("alternativeText").asString("");
            default -> value.isValueNode() ? value.asString() : value.toString();
        };
    }

    /** The files of a field, as a form carries them along. */
    static List<Carried> carried(JsonNode content, ContentField field) {
        var value = at(content, field);
        return (field.kind() == ContentField.Kind.PICTURE ? List.of(value) : elements(value))
                .stream()
                        .map(Carried::of)
                        .filter(file -> !file.sha256().isEmpty())
                        .toList();
    }

    private static String hoursOf(String duration) {
        try {
            return hours(Duration.parse(duration));
        } catch (DateTimeParseException e) {
            return "";
        }
    }

    private static String joined(JsonNode list, String separator) {
        return elements(list).stream().map(JsonNode::asString).collect(Collectors.joining(separator));
    }

    private static List<JsonNode> elements(JsonNode list) {
        var elements = new ArrayList<JsonNode>();
        list.forEach(elements::add);
        return elements;
    }
}
