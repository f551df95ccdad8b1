package org.pregonero.dispatcher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pregonero.dispatcher.testing.HttpApi;
import org.pregonero.dispatcher.testing.MailServer;
import org.pregonero.dispatcher.testing.TestServers;

/** Three processes, each with one role: only together do they get a message out. */
@Tag("once")
class RolesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String LIST = """
            Nombre completo;Correo electrónico;Grupo de interés;Autoriza tratamiento de datos;Fecha autorización
            Ana Paz;ana@correo.example.org;Todos;SI;15/03/2025
            """;

    @TempDir
    Path directory;

    @Test
    void eachProcessDoesItsPartAndNoOther() throws Exception {
        try (var mail = new MailServer();
                var web = process("web", mail);
                var dispatch = process("dispatch", mail);
                var send = process("send", mail)) {
            var api = web.start();
            var occurrence = approveAnInvitation(api);
            await("nobody fires").during(Duration.ofSeconds(3)).atMost(PATIENCE).until(() -> state(api, occurrence)
                    .equals("SCHEDULED"));

            var dispatching = dispatch.start();
            await("nobody sends").atMost(PATIENCE).until(() -> channels(api, occurrence)
                    .equals("{\"EMAIL\":{\"QUEUED\":1},\"POSTER\":{\"QUEUED\":1}}"));

            var sending = send.start();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(state(api, occurrence)).isEqualTo("FINISHED"));
            assertThat(channels(api, occurrence))
                    .isEqualTo("{\"EMAIL\":{\"ACCEPTED\":1},\"POSTER\":{\"DELIVERED\":1}}");
            assertThat(mail.accepted()).hasSize(1);

            for (var other : List.of(dispatching, sending)) {
                assertThat(other.page("/actuator/health").text()).contains("UP");
                assertThat(other.page("/login").status()).isEqualTo(404);
                assertThat(other.page("/api/v1/occurrences").status()).isEqualTo(404);
            }
            assertThat(api.page("/actuator/health").text()).contains("UP");
            assertThat(api.page("/login").status()).isEqualTo(200);
            // The poster was made there, without a word on the terminal.
            assertThat(Files.readString(directory.resolve("send/output.txt"))).doesNotContain("openhtmltopdf");
        }
    }

    private ForkedApplication process(String role, MailServer mail) {
        var settings = new HashMap<>(SHARED);
        settings.put("pregonero.roles", role);
        settings.put("pregonero.channels.email.host", "127.0.0.1");
        settings.put("pregonero.channels.email.port", String.valueOf(mail.port()));
        settings.put("pregonero.channels.email.security", "NONE");
        settings.put("pregonero.channels.email.from", "avisos@instituto.example.org");
        settings.put(
                "pregonero.channels.poster.directory",
                directory.resolve("posters").toString());
        return new ForkedApplication(directory.resolve(role), settings);
    }

    private static final Map<String, String> SHARED = TestServers.forProcesses("roles");

    private static long approveAnInvitation(HttpApi api) {
        api.upload("/api/v1/contacts/imports?evidence=prueba", "lista.csv", LIST.getBytes(StandardCharsets.UTF_8));
        var email = Map.of("content", Map.of("subject", "Invitación", "body", "Hola, {{nombre}}."));
        var poster = Map.of(
                "content",
                Map.of("paper", "A4", "layout", "HEADLINE", "headline", "Rendición de cuentas", "body", "Venga."),
                "outlets",
                List.of("Piso 1"));
        var message = api.post(
                        "/api/v1/messages",
                        Map.of(
                                "title",
                                "Invitación",
                                "audiences",
                                List.of("Todos"),
                                "channels",
                                Map.of("EMAIL", email, "POSTER", poster)))
                .path("id")
                .asLong();
        var occurrence = api.post(
                        "/api/v1/messages/" + message + "/occurrences",
                        Map.of("contactHoursOverride", "prueba automática"))
                .path("id")
                .asLong();
        api.post("/api/v1/occurrences/" + occurrence + "/approval", Map.of());
        return occurrence;
    }

    private static String state(HttpApi api, long occurrence) {
        return api.get("/api/v1/occurrences/" + occurrence)
                .at("/occurrence/state")
                .asString();
    }

    private static String channels(HttpApi api, long occurrence) {
        return api.get("/api/v1/occurrences/" + occurrence).path("channels").toString();
    }
}
