package org.pregonero.dispatcher.plan;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.tabular.Words;

/**
 * One thing a plan says is to be done.
 *
 * @param frequency as the plan words it
 * @param extra what the plan says of it under headings that are not ours, by heading
 * @param row in the file it came from, as the spreadsheet numbers it
 */
public record PlanAction(
        String name,
        @Nullable String description,
        @Nullable String scope,
        @Nullable String stage,
        List<String> audiences,
        @Nullable String frequency,
        List<String> responsible,
        @Nullable String indicator,
        Map<String, String> extra,
        int row) {

    private static final Pattern MEDIUM = Pattern.compile("\\b(medio|canal)(es|s)?\\b(?! de verificacion)");

    /** Codes of the channels that its words mean, such as {@code EMAIL}; proposed, not decided. */
    public List<String> channels() {
        var media = extra.entrySet().stream()
                .filter(column -> MEDIUM.matcher(Words.fold(column.getKey())).find())
                .map(Map.Entry::getValue)
                .collect(Collectors.joining(" "));
        return ChannelWording.channels(name + " " + (description == null ? "" : description) + " " + media);
    }
}
