package org.pregonero.dispatcher.message;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a message says on one channel.
 *
 * @param content in the form of the channel's content type
 * @param outlets the places or pages of a channel that is not personal; empty for personal channels
 */
public record ChannelPlan(JsonNode content, @Nullable List<String> outlets) {

    public ChannelPlan {
        outlets = outlets == null
                ? List.of()
                : outlets.stream()
                        .map(String::strip)
                        .filter(outlet -> !outlet.isEmpty())
                        .distinct()
                        .toList();
    }

    @Override
    public List<String> outlets() {
        return outlets == null ? List.of() : outlets;
    }
}
