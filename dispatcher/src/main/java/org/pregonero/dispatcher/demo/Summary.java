package org.pregonero.dispatcher.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.pregonero.dispatcher.delivery.DeliveryState;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the sample did.
 *
 * @param channels deliveries by channel and state
 * @param audience different people in the audiences, whether they could be written to or not
 * @param took from the start of the process until the last delivery had its outcome
 * @param files the posters, and the directory of the captured mails; absolute
 */
record Summary(
        SortedMap<String, SortedMap<DeliveryState, Long>> channels, long audience, Duration took, List<Path> files) {

    private static final Set<DeliveryState> AS_IT_SHOULD_BE =
            EnumSet.of(DeliveryState.ACCEPTED, DeliveryState.DELIVERED, DeliveryState.READ, DeliveryState.SKIPPED);
    private static final Set<DeliveryState> OUT = EnumSet.of(DeliveryState.ACCEPTED, DeliveryState.DELIVERED);

    /** Whether something went out on every channel, and nothing failed on any. */
    boolean complete() {
        return !channels.isEmpty()
                && channels.values().stream()
                        .allMatch(states -> AS_IT_SHOULD_BE.containsAll(states.keySet())
                                && states.keySet().stream().anyMatch(OUT::contains));
    }

    String json() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("channels", channels);
        fields.put("audience", audience);
        fields.put("seconds", took.toMillis() / 1000.0);
        fields.put("files", files.stream().map(Path::toString).toList());
        return JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(fields)
                + "\n";
    }
}
