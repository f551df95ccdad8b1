package org.pregonero.templates;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is the same for every recipient of a message.
 *
 * @param identity the institution that speaks
 * @param event the event that the message is about, or null
 * @param locale language of dates and of the fixed texts of the layouts
 */
public record Setting(Identity identity, @Nullable PublicEvent event, Locale locale) {}
