package org.pregonero.dispatcher.audience;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says a person is and how they are reached.
 *
 * @param emails as written, to be normalised
 * @param phones likewise
 * @param audiences numbers of the lists that the person belongs to
 */
public record PersonDraft(
        String name,
        @Nullable String position,
        @Nullable String organisation,
        @Nullable String preferredChannel,
        List<String> emails,
        List<String> phones,
        List<Long> audiences) {}
