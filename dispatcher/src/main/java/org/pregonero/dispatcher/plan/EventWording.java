package org.pregonero.dispatcher.plan;

import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the event that a plan is about in what it says. */
final class EventWording {

    private static final Pattern AUDIENCE = Pattern.compile(
            "(?:(?:[IVX]{1,5}|[Pp]rimera|[Ss]egunda|[Tt]ercera)\\s+)?audiencia\\s+p[úu]blica(?:\\s+participativa)?"
                    + "(?:\\s+(?:de\\s+|del\\s+)?(?:la\\s+)?rendici[óo]n\\s+(?:p[úu]blica\\s+)?de\\s+cuentas)?(?:\\s+20\\d\\d)?",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private EventWording() {}

    /** The fullest name that the plan gives its public hearing, or nothing. */
    static @Nullable String mentioned(String title, List<PlanAction> actions) {
        return Stream.concat(
                        actions.stream()
                                .flatMap(action -> Stream.of(
                                        action.description() == null ? "" : action.description(), action.name())),
                        Stream.of(title))
                .flatMap(text -> AUDIENCE.matcher(text).results().map(MatchResult::group))
                .map(name -> name.replaceAll("\\s+", " "))
                .max(Comparator.comparingInt(String::length))
                .map(name -> name.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + name.substring(1))
                .orElse(null);
    }
}
