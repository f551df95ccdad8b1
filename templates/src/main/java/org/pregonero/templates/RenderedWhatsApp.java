package org.pregonero.templates;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A WhatsApp message for one person.
 *
 * @param contentSid names the approved template, or null for a free text
 * @param contentVariables values of the template's variables, by their number
 * @param text what the person sees
 */
public record RenderedWhatsApp(@Nullable String contentSid, Map<String, String> contentVariables, String text)
        implements RenderedContent {

    public RenderedWhatsApp {
        contentVariables = Map.copyOf(contentVariables);
    }
}
