package org.pregonero.dispatcher.audience;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who belongs to an audience by what is known of them: whoever meets every condition.
 *
 * @param all the conditions; never empty
 */
public record SavedFilter(List<Condition> all) {

    public SavedFilter {
        all = List.copyOf(all);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("A filter without conditions would be everybody");
        }
    }

    /** What a condition looks at. */
    public enum Field {
        ORGANISATION,
        POSITION,
        ATTRIBUTE,
        /** Another audience, which must be a list. */
        AUDIENCE
    }

    /** How it compares. */
    public enum Test {
        CONTAINS,
        EQUALS,
        NOT
    }

    /**
     * One condition.
     *
     * @param attribute the heading under which an attribute was imported; null for the other fields
     * @param text compared without accents and capitals; of an audience, its number
     */
    public record Condition(Field field, @Nullable String attribute, Test test, String text) {}

    /** A condition of SQL over {@code contact c}; every value is a parameter named {@code p0}, {@code p1}… */
    String where(List<String> parameters) {
        List<String> conditions = new ArrayList<>();
        for (Condition condition : all) {
            String name = ":p" + parameters.size();
            conditions.add(
                    switch (condition.field()) {
                        case ORGANISATION -> text("coalesce(c.organisation, '')", condition.test(), name);
                        case POSITION -> text("coalesce(c.position, '')", condition.test(), name);
                        case ATTRIBUTE -> {
                            String value = text(
                                    "coalesce(c.attributes ->> :p" + (parameters.size() + 1) + ", '')",
                                    condition.test(),
                                    name);
                            yield value;
                        }
                        case AUDIENCE ->
                            (condition.test() == Test.NOT ? "not " : "")
                                    + "exists (select from audience_member o where o.contact_id = c.id and o.audience_id = "
                                    + name + "::bigint)";
                    });
            parameters.add(condition.text());
            if (condition.field() == Field.ATTRIBUTE) {
                parameters.add(condition.attribute() == null ? "" : condition.attribute());
            }
        }
        return String.join(" and ", conditions);
    }

    private static String text(String column, Test test, String parameter) {
        return switch (test) {
            case CONTAINS -> "position(folded(" + parameter + ") in folded(" + column + ")) > 0";
            case EQUALS -> "folded(" + column + ") = folded(" + parameter + ")";
            case NOT -> "position(folded(" + parameter + ") in folded(" + column + ")) = 0";
        };
    }
}
