package org.pregonero.dispatcher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.pregonero.dispatcher.testing.HttpApi;
import org.pregonero.dispatcher.testing.MailServer;
import org.pregonero.dispatcher.testing.TestServers;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** Three applications, each with one role, on one database and broker: only together do they get a message out. */
@Tag("once")
@ExtendWith(OutputCaptureExtension.class)
class RolesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String LIST = """
            Nombre completo;Correo electrónico;Grupo de interés;Autoriza tratamiento de datos;Fecha autorización
            Ana Paz;ana@correo.example.org;Todos;SI;15/03/2025
            """;

    private static final Map<String, String> SHARED = TestServers.forProcesses("roles");

    @TempDir
    Path directory;

    private final List<ConfigurableApplicationContext> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(ConfigurableApplicationContext::close);
    }

    @Test
    void eachDoesItsPartAndNoOther(CapturedOutput output) throws Exception {
        try (var mail = new MailServer()) {
            var api = start("web", mail);
            var occurrence = approveAnInvitation(api);
            await("nobody fires").during(Duration.ofSeconds(3)).atMost(PATIENCE).until(() -> state(api, occurrence)
                    .equals("SCHEDULED"));

            var dispatch = start("dispatch", mail);
            await("nobody sends").atMost(PATIENCE).until(() -> channels(api, occurrence)
                    .equals("{\"EMAIL\":{\"QUEUED\":1},\"POSTER\":{\"QUEUED\":1}}"));

            var send = start("send", mail);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(state(api, occurrence)).isEqualTo("FINISHED"));
            assertThat(channels(api, occurrence))
                    .isEqualTo("{\"EMAIL\":{\"ACCEPTED\":1},\"POSTER\":{\"DELIVERED\":1}}");
            assertThat(mail.accepted()).hasSize(1);

            for (var other : List.of(dispatch, send)) {
                assertThat(other.page("/actuator/health").text()).contains("UP");
                assertThat(other.page("/login").status()).isEqualTo(404);
                assertThat(other.page("/api/v1/occurrences").status()).isEqualTo(404);
            }
            assertThat(api.page("/actuator/health").text()).contains("UP");
            assertThat(api.page("/login").status()).isEqualTo(200);
            assertThat(output).as("what is said while a poster is made").doesNotContain("openhtmltopdf");
        }
    }

    private HttpApi start(String role, MailServer mail) throws ClassNotFoundException {
        var settings = new HashMap<>(SHARED);
        settings.put("pregonero.data", directory.resolve(role).toString());
        settings.put("pregonero.port", "0");
        settings.put("pregonero.roles", role);
        settings.put("pregonero.delivery.round", "200ms");
        // what is handed to the broker waits there for whoever sends; nobody needs to do it again
        settings.put("pregonero.delivery.republish-after", "1h");
        settings.put("pregonero.channels.email.host", "127.0.0.1");
        settings.put("pregonero.channels.email.port", String.valueOf(mail.port()));
        settings.put("pregonero.channels.email.security", "NONE");
        settings.put("pregonero.channels.email.from", "avisos@instituto.example.org");
        settings.put(
                "pregonero.channels.poster.directory",
                directory.resolve("posters").toString());
        var arguments = settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
        var application =
                SpringApplication.run(Class.forName("org.pregonero.dispatcher.PregoneroApplication"), arguments);
        started.add(application);
        var port = application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        return new HttpApi(port, directory.resolve(role));
    }

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
