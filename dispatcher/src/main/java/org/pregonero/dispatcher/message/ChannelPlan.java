package org.pregonero.dispatcher.message;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a message says on one channel.
 *
 * @param content in the form of the channel's content type
 * @param outlets the places or pages of a channel that is not personal; empty for personal channels
 */
public record ChannelPlan(
        @NotNull JsonNode content,
        @Nullable @Size(max = 1000) List<@NotBlank @Size(max = 120) String> outlets) {

    public ChannelPlan {
        outlets = outlets == null
                ? List.of()
                : outlets.stream()
                        .filter(Objects::nonNull)
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
