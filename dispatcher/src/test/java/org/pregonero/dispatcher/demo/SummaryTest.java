package org.pregonero.dispatcher.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.pregonero.dispatcher.delivery.DeliveryState;
import tools.jackson.databind.json.JsonMapper;

class SummaryTest {

    private static final Map<DeliveryState, Long> MAILS =
            Map.of(DeliveryState.ACCEPTED, 212L, DeliveryState.SKIPPED, 31L);

    @Test
    void tellsChannelsPeopleTimeAndFiles() {
        var json = JsonMapper.builder()
                .build()
                .readTree(summary(Map.of("EMAIL", MAILS, "POSTER", Map.of(DeliveryState.DELIVERED, 4L)))
                        .json());

        assertThat(json).isEqualTo(JsonMapper.builder().build().readTree("""
                {"channels": {"EMAIL": {"ACCEPTED": 212, "SKIPPED": 31}, "POSTER": {"DELIVERED": 4}},
                 "audience": 243, "reactions": ["Respondieron: 3"], "seconds": 18.25, "files": ["/datos/demo/posters/1/afiche.pdf", "/datos/demo/mail"]}
                """));
    }

    @Test
    void isCompleteWhenEveryChannelSentAndOnlyPeopleWhoMayNotBeWrittenToWereLeftOut() {
        assertThat(summary(Map.of("EMAIL", MAILS, "POSTER", Map.of(DeliveryState.DELIVERED, 4L)))
                        .complete())
                .isTrue();
    }

    @Test
    void isNotCompleteWhenSomethingWasRejected() {
        assertThat(summary(Map.of("EMAIL", MAILS, "POSTER", Map.of(DeliveryState.REJECTED, 1L)))
                        .complete())
                .isFalse();
    }

    @Test
    void isNotCompleteWhenNothingWentOut() {
        assertThat(summary(Map.of("EMAIL", Map.of(DeliveryState.SKIPPED, 5L))).complete())
                .isFalse();
        assertThat(summary(Map.of()).complete()).isFalse();
    }

    @Test
    void isCompleteWhenOnlyTelephonesWithoutWhatsAppWereNotReached() {
        var telephones = Map.of(DeliveryState.READ, 9L, DeliveryState.REJECTED, 1L, DeliveryState.UNDELIVERED, 1L);

        assertThat(summary(Map.of("WHATSAPP", telephones)).complete()).isTrue();
        assertThat(summary(Map.of("SMS", telephones)).complete()).isFalse();
    }

    @Test
    void theBarCountsWhatIsWithItsProvider() {
        var counts = summary(Map.of(
                        "EMAIL",
                        Map.of(DeliveryState.PENDING, 2L, DeliveryState.ACCEPTED, 2L),
                        "SMS",
                        Map.of(DeliveryState.SENDING, 2L)))
                .channels();

        assertThat(Progress.bar(counts)).isEqualTo("██████████░░░░░░░░░░░░░░░░░░░░ 2/6 en 2 canales");
    }

    private static Summary summary(Map<String, Map<DeliveryState, Long>> counts) {
        SortedMap<String, SortedMap<DeliveryState, Long>> channels = new TreeMap<>();
        counts.forEach((channel, states) -> channels.put(channel, new TreeMap<>(states)));
        return new Summary(
                channels,
                243,
                Duration.ofMillis(18_250),
                List.of(Path.of("/datos/demo/posters/1/afiche.pdf"), Path.of("/datos/demo/mail")),
                List.of("Respondieron: 3"));
    }
}
