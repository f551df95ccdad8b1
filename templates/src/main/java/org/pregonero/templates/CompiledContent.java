package org.pregonero.templates;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Content prepared once and rendered for many recipients. Safe for use by several threads. */
public interface CompiledContent {

    /** The names of all values of a recipient that the content uses; those of institution and event are not among them. */
    Set<String> placeholders();

    /** The names that would leave a hole with these values: absent or blank, and used outside a section of their own. */
    Set<String> missing(Map<String, String> values);

    /**
     * Where the content's links lead, by their number in it. What depends on the recipient is not among them. A recipient
     * value {@code enlace_seguimiento} replaces them by itself followed by the number, so that clicks can be counted.
     */
    Map<Integer, String> links();

    /** What a person should know before approving it, such as what costs more, in the setting's language. */
    default List<String> notes() {
        return List.of();
    }

    /**
     * How long its readers have to acknowledge it before they are reminded; empty when nobody is asked to. A recipient value
     * {@code enlace_enterado} leads each to the page where that is done, and {@code recordatorio} marks the reminder.
     */
    default Optional<Duration> acknowledgeWithin() {
        return Optional.empty();
    }

    /**
     * Renders for one recipient.
     *
     * @throws MissingValueException when {@link #missing} is not empty
     */
    RenderedContent render(Map<String, String> values);
}
