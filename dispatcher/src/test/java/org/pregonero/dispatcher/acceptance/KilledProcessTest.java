package org.pregonero.dispatcher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pregonero.dispatcher.testing.HttpApi;
import org.pregonero.dispatcher.testing.MailServer;
import tools.jackson.databind.JsonNode;

/** What the promise "never twice, never lost, never guess" is worth when the process is killed while it sends. */
class KilledProcessTest {

    private static final int PEOPLE = 5000;
    private static final int CONCURRENCY = 8;
    private static final int KILLS = 2;

    @TempDir
    Path data;

    @Test
    void everyPersonIsWrittenToOnceAlthoughTheProcessIsKilledTwice() throws Exception {
        var seed = Long.getLong("pregonero.test.seed", System.nanoTime());
        System.out.println("KilledProcessTest: repeat with -Dpregonero.test.seed=" + seed);
        var random = new Random(seed);
        try (var mail = new MailServer();
                var application = new ForkedApplication(data, settings(mail))) {
            mail.takeTime(5);
            var api = application.start();
            var occurrence = send(api);

            for (var kill = 1; kill <= KILLS; kill++) {
                var soFar = mail.count();
                // first while people are still being written down, then at a random moment
                var moment = kill == 1 ? 1 : soFar + 1 + random.nextInt((PEOPLE - soFar) / 2);
                await().atMost(Duration.ofSeconds(30))
                        .pollInterval(Duration.ofMillis(2))
                        .until(() -> mail.count() >= moment);
                application.kill();
                assertThat(mail.count()).as("mails sent before kill %d", kill).isLessThan(PEOPLE);
                api = application.start();
            }
            awaitEnd(api, occurrence);

            assertNobodyTwiceNobodyLost(mail, api, occurrence);
        }
    }

    private static void assertNobodyTwiceNobodyLost(MailServer mail, HttpApi api, long occurrence) {
        var states = states(api, occurrence);
        var doubtful = states.entrySet().stream()
                .filter(entry -> entry.getValue().equals("IN_DOUBT"))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        var received = mail.received().stream()
                .map(MailServer.Mail::recipient)
                .collect(Collectors.groupingBy(address -> address, Collectors.counting()));
        var certain = new HashSet<>(states.keySet());
        certain.removeAll(doubtful);

        assertThat(states).hasSize(PEOPLE);
        assertThat(states.values()).isSubsetOf("ACCEPTED", "IN_DOUBT");
        assertThat(doubtful).hasSizeLessThanOrEqualTo(KILLS * CONCURRENCY);
        assertThat(received.values()).as("mails per person").containsOnly(1L);
        assertThat(received.keySet()).containsAll(certain);
        var counts = api.get("/api/v1/occurrences/" + occurrence).at("/channels/EMAIL");
        assertThat(counts.path("ACCEPTED").asLong() + counts.path("IN_DOUBT").asLong())
                .isEqualTo(PEOPLE);
    }

    private static long send(HttpApi api) {
        var list =
                "Nombre completo;Correo electrónico;Grupo de interés;Autoriza tratamiento de datos;Fecha autorización\n"
                        + IntStream.rangeClosed(1, PEOPLE)
                                .mapToObj(number ->
                                        "Persona Número%d Prueba%d;persona%05d@correo.example.org;Todos;SI;15/03/2025"
                                                .formatted(number, number, number))
                                .collect(Collectors.joining("\n"));
        var imported = api.upload(
                "/api/v1/contacts/imports?evidence=prueba", "lista.csv", list.getBytes(StandardCharsets.UTF_8));
        assertThat(imported.path("contactable_email").asInt()).isEqualTo(PEOPLE);
        var message = api.post(
                "/api/v1/messages",
                Map.of(
                        "title", "Invitación",
                        "audiences", List.of("Todos"),
                        "channels",
                                Map.of(
                                        "EMAIL",
                                        Map.of(
                                                "content",
                                                Map.of("subject", "Invitación", "body", "Hola, {{nombre}}.")))));
        var occurrence = api.post(
                        "/api/v1/messages/" + message.path("id").asLong() + "/occurrences",
                        Map.of("contactHoursOverride", "prueba automática"))
                .path("id")
                .asLong();
        api.post("/api/v1/occurrences/" + occurrence + "/approval", Map.of());
        return occurrence;
    }

    private static void awaitEnd(HttpApi api, long occurrence) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> {
                    JsonNode view = api.get("/api/v1/occurrences/" + occurrence);
                    assertThat(view.at("/occurrence/state").asString())
                            .as("with deliveries %s", view.path("channels"))
                            .isEqualTo("FINISHED");
                });
    }

    private static Map<String, String> states(HttpApi api, long occurrence) {
        var states = new HashMap<String, String>();
        var after = 0L;
        JsonNode page;
        do {
            page = api.get("/api/v1/deliveries?limit=1000&occurrence=" + occurrence + "&after=" + after);
            for (var view : page.path("deliveries")) {
                var delivery = view.path("delivery");
                states.put(
                        delivery.path("address").asString(),
                        delivery.path("state").asString());
            }
            after = page.path("next").asLong(0);
        } while (after > 0);
        return states;
    }

    private static Map<String, String> settings(MailServer mail) {
        var email = "pregonero.channels.email.";
        return Map.of(
                email + "host",
                "127.0.0.1",
                email + "port",
                String.valueOf(mail.port()),
                email + "security",
                "NONE",
                email + "from",
                "avisos@instituto.example.org",
                email + "connections",
                String.valueOf(CONCURRENCY),
                "pregonero.delivery.lease",
                "3s",
                "pregonero.delivery.republish-after",
                "2s",
                "pregonero.delivery.round",
                "200ms",
                "pregonero.delivery.fan-out-chunk",
                "50",
                "db-scheduler.heartbeat-interval",
                "1s");
    }
}
