package org.pregonero.dispatcher.message.web;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pregonero.templates.Attachment;
import org.pregonero.templates.ByHandContent;
import org.pregonero.templates.MessageContent;
import org.pregonero.templates.PostPicture;

/**
 * A field of a channel's content as a form shows it, read off the content's type: a channel that is added later has its form
 * at once.
 *
 * @param path names of the record's components, joined by points
 * @param choices codes to choose from; empty unless it is a choice
 */
public record ContentField(String path, Kind kind, List<String> choices) {

    /** How a field is filled in. */
    public enum Kind {
        LINE,
        TEXT,
        FLAG,
        CHOICE,
        /** A duration, in hours. */
        HOURS,
        /** Paragraphs with blank lines between them. */
        PARAGRAPHS,
        /** One per line, {@code 1 = text}. */
        VARIABLES,
        /** One per line, {@code Name <address>}. */
        PEOPLE,
        FILES,
        PICTURE
    }

    private static final Set<String> LONG = Set.of("body", "text", "script", "instructions");

    static List<ContentField> of(Class<? extends MessageContent> type) {
        return of(type, "");
    }

    private static List<ContentField> of(Class<?> type, String prefix) {
        var fields = new ArrayList<ContentField>();
        for (var component : type.getRecordComponents()) {
            var path = prefix + component.getName();
            if (component.getType().isRecord() && component.getType() != PostPicture.class) {
                fields.addAll(of(component.getType(), path + "."));
            } else {
                fields.add(new ContentField(path, kind(component), choices(component.getType())));
            }
        }
        return fields;
    }

    private static Kind kind(RecordComponent component) {
        var type = component.getType();
        if (type == boolean.class) {
            return Kind.FLAG;
        }
        if (type.isEnum()) {
            return Kind.CHOICE;
        }
        if (type == Duration.class) {
            return Kind.HOURS;
        }
        if (type == PostPicture.class) {
            return Kind.PICTURE;
        }
        if (type == Map.class) {
            return Kind.VARIABLES;
        }
        if (type == List.class) {
            return listed(component.getGenericType());
        }
        return LONG.contains(component.getName()) ? Kind.TEXT : Kind.LINE;
    }

    private static Kind listed(Type list) {
        var element = list instanceof ParameterizedType of ? of.getActualTypeArguments()[0] : String.class;
        if (element == Attachment.class) {
            return Kind.FILES;
        }
        return element == ByHandContent.Responsible.class ? Kind.PEOPLE : Kind.PARAGRAPHS;
    }

    private static List<String> choices(Class<?> type) {
        return type.isEnum()
                ? Arrays.stream(type.getEnumConstants())
                        .map(constant -> ((Enum<?>) constant).name())
                        .toList()
                : List.of();
    }

    /** Key of its name in the message bundle. */
    public String label() {
        return "message.field." + path;
    }
}
