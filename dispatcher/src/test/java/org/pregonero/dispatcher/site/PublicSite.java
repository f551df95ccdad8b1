package org.pregonero.dispatcher.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.pregonero.dispatcher.runtime.DataDirectory;
import org.pregonero.dispatcher.sandbox.Sandbox;
import org.pregonero.dispatcher.testing.HttpApi;
import org.pregonero.dispatcher.testing.RunningApplication;
import org.pregonero.dispatcher.testing.SandboxMail;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A running installation, to which the office sends and which the public visits; both over HTTP. */
@RunningApplication
abstract class PublicSite {

    static final String PUBLIC = "https://avisos.entidad.example";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What a person's browser says of itself. */
    static final String[] BROWSER = {
        "User-Agent", "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
        "Accept-Language", "es-CO"
    };

    @LocalServerPort
    int port;

    @Autowired
    DataDirectory data;

    @Autowired
    Sandbox sandbox;

    @Autowired
    JdbcClient jdbc;

    private final HttpClient http = HttpClient.newHttpClient();
    SandboxMail inbox;
    HttpApi api = new HttpApi(0, Path.of(""));

    @BeforeEach
    void office() {
        inbox = new SandboxMail(sandbox);
        api = new HttpApi(port, data.path());
    }

    long event(Instant starts) {
        return jdbc.sql("""
                        with p as (insert into plan (name) values ('Plan') returning id)
                        insert into plan_event (plan_id, uid, name, starts_at, ends_at, place)
                        select id, :uid, 'Audiencia <pública>', :starts::timestamptz, :ends::timestamptz,
                               'Auditorio & patio' from p
                        returning id
                        """)
                .param("uid", UUID.randomUUID().toString())
                .param("starts", starts.toString())
                .param("ends", starts.plus(2, ChronoUnit.HOURS).toString())
                .query(Long.class)
                .single();
    }

    /** The sending of a message on one channel, when it is over. */
    long sent(Map<String, ?> draft) {
        var message = api.post("/api/v1/messages", draft).path("id").asLong();
        var occurrence = api.post(
                        "/api/v1/messages/" + message + "/occurrences",
                        Map.of(
                                "contactHoursOverride",
                                "prueba automática",
                                "expiresAt",
                                Instant.now().plus(1, ChronoUnit.DAYS).toString()))
                .path("id")
                .asLong();
        assertThat(api.ask("POST", "/api/v1/occurrences/" + occurrence + "/approval", null)
                        .status())
                .isEqualTo(200);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(api.get("/api/v1/occurrences/" + occurrence)
                        .at("/occurrence/state")
                        .asString())
                .isEqualTo("FINISHED"));
        return occurrence;
    }

    static Map<String, Object> onPlaces(Map<String, ?> content, String... outlets) {
        return Map.of("content", content, "outlets", List.of(outlets));
    }

    List<JsonNode> deliveries(long occurrence) {
        return api.get("/api/v1/deliveries?limit=1000&occurrence=" + occurrence)
                .path("deliveries")
                .valueStream()
                .map(one -> one.path("delivery"))
                .toList();
    }

    HttpResponse<String> get(String path, String... headers) {
        return ask("GET", path, headers);
    }

    HttpResponse<String> ask(String method, String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, BodyPublishers.noBody());
        return answer(headers.length == 0 ? request : request.headers(headers));
    }

    HttpResponse<String> submit(String path, Map<String, String> form) {
        var body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return answer(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> answer(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8))
                .join();
    }
}
