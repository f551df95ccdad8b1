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
 * @param reactions what people did, a line each
 * @param files the posters, and the directory of the captured mails; absolute
 */
record Summary(
        SortedMap<String, SortedMap<DeliveryState, Long>> channels,
        long audience,
        Duration took,
        List<Path> files,
        List<String> reactions) {

    private static final Set<DeliveryState> AS_IT_SHOULD_BE =
            EnumSet.of(DeliveryState.ACCEPTED, DeliveryState.DELIVERED, DeliveryState.READ, DeliveryState.SKIPPED);
    private static final Set<DeliveryState> OUT =
            EnumSet.of(DeliveryState.ACCEPTED, DeliveryState.DELIVERED, DeliveryState.READ);

    /** Some telephones of the sample have no WhatsApp; these people get an SMS. */
    private static final Set<DeliveryState> ON_TELEPHONES =
            EnumSet.of(DeliveryState.REJECTED, DeliveryState.UNDELIVERED);

    /** Whether something went out on every channel, and nothing failed that the sample does not provide for. */
    boolean complete() {
        return !channels.isEmpty()
                && channels.entrySet().stream()
                        .allMatch(channel -> channel.getValue().keySet().stream()
                                        .allMatch(state -> asItShouldBe(channel.getKey(), state))
                                && channel.getValue().keySet().stream().anyMatch(OUT::contains));
    }

    private static boolean asItShouldBe(String channel, DeliveryState state) {
        return AS_IT_SHOULD_BE.contains(state) || (channel.equals("WHATSAPP") && ON_TELEPHONES.contains(state));
    }

    String json() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("channels", channels);
        fields.put("audience", audience);
        fields.put("reactions", reactions);
        fields.put("seconds", took.toMillis() / 1000.0);
        fields.put("files", files.stream().map(Path::toString).toList());
        return JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(fields)
                + "\n";
    }
}
