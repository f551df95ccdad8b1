package org.pregonero.dispatcher.audience;

import java.util.List;

/**
 * A person whose data are asked for, or are to be forgotten.
 *
 * @param own addresses that nobody else on record has
 * @param shared addresses that others have as well, such as a household's telephone: what came from there is this person's
 *     only where a name says so
 * @param keepExcluded whether the addresses of somebody forgotten stay where it says who must not be written to
 */
public record DataSubject(long contactId, String name, List<String> own, List<String> shared, boolean keepExcluded) {}
