package org.pregonero.templates;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task ready to be handed over.
 *
 * @param seconds that it takes to read the script aloud at an announcer's pace; null without a script
 * @param piece http or https address of the file, or null
 */
public record RenderedTask(
        ByHandContent.Medium medium,
        String what,
        @Nullable String script,
        @Nullable Integer seconds,
        @Nullable String piece,
        @Nullable String instructions,
        List<ByHandContent.Responsible> responsible)
        implements RenderedContent {

    public RenderedTask {
        responsible = List.copyOf(responsible);
    }
}
