package org.pregonero.dispatcher.audience;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A named set of people.
 *
 * @param members registered in it
 * @param targetSize people meant to be reached, registered or not; null until somebody said it
 * @param contactable members who may be written to, and can be, by channel
 */
public record Audience(
        long id, String name, long members, @Nullable Integer targetSize, Map<String, Long> contactable) {}
