package org.pregonero.dispatcher.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.pregonero.dispatcher.runtime.DataDirectory;
import org.pregonero.dispatcher.tabular.TableFormat;
import org.pregonero.dispatcher.testing.TestServers;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Import({AccessTest.Probe.class, AccessTest.ProbeRights.class})
class AccessTest {

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry registry) {
        TestServers.register(registry);
    }

    /** The rights of every route, and those of the probes. */
    @TestConfiguration
    static class ProbeRights {

        @Bean
        @Primary
        Permissions withProbes() {
            return new Permissions(
                    Stream.concat(
                                    Permissions.TABLE.pages().stream(),
                                    Stream.of("/probe", "/probe/failure")
                                            .map(path -> Permissions.row(GET, path, EnumSet.allOf(Role.class))))
                            .toList(),
                    Stream.concat(
                                    Permissions.TABLE.api().stream(),
                                    Stream.of(
                                            Permissions.row(GET, "/api/probe", EnumSet.allOf(Role.class)),
                                            Permissions.row(GET, "/api/probe/failure", EnumSet.allOf(Role.class)),
                                            Permissions.row(GET, "/api/probe/hung-up", EnumSet.allOf(Role.class)),
                                            Permissions.row(GET, "/api/probe/broken-off", EnumSet.allOf(Role.class)),
                                            Permissions.row(POST, "/api/probe", EnumSet.of(Role.ADMIN)),
                                            Permissions.row(POST, "/api/probe/**", EnumSet.of(Role.ADMIN))))
                            .toList());
        }
    }

    @TestConfiguration
    @RestController
    static class Probe {
        private final JdbcClient jdbc;

        Probe(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        @GetMapping("/api/probe")
        String who(Actor actor) {
            return actor.username();
        }

        @PostMapping("/api/probe")
        Map<String, Object> echo(@RequestBody Map<String, Object> body) {
            return body;
        }

        @PostMapping("/api/probe/file")
        long size(@RequestPart("archivo") MultipartFile file) {
            return file.getSize();
        }

        @GetMapping("/api/probe/failure")
        String fail() {
            throw new IllegalStateException("secret inside");
        }

        /** A long table of which the database gives no more. */
        @GetMapping("/api/probe/broken-off")
        ResponseEntity<StreamingResponseBody> brokenOff() {
            return TableFormat.CSV.download("tabla", "Tabla", table -> {
                for (int row = 0; row < 10_000; row++) {
                    table.row("a cell", row);
                }
                throw new IllegalStateException("the database went away");
            });
        }

        @GetMapping("/api/probe/hung-up")
        String hungUp() {
            throw new UncheckedIOException(new AsyncRequestNotUsableException("Broken pipe"));
        }

        @GetMapping("/probe/failure")
        String failingPage() {
            throw new IllegalStateException("secret inside");
        }

        @PostMapping("/api/probe/failing-statement")
        void failingStatement() {
            jdbc.sql("select 1 / 0").query(Integer.class).single();
        }

        @GetMapping("/probe")
        String page(Actor actor) {
            return actor.displayName();
        }
    }

    @LocalServerPort
    int port;

    @Autowired
    DataDirectory data;

    @Autowired
    Accounts accounts;

    @Autowired
    AuditTrail audit;

    @Autowired
    JdbcClient jdbc;

    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    @Test
    void leavesTheFirstLoginInAFileForItsOwnerOnly() throws Exception {
        Path file = data.resolve("first-login.txt");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readAllLines(file))
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("user: admin"),
                        line -> assertThat(line).matches("password: \\S{24}"),
                        line -> assertThat(line).matches("api-key: \\S{47}"));
        assertThat(jdbc.sql("select password_hash from account where username = 'admin'")
                        .query(String.class)
                        .single())
                .startsWith("$argon2id$");
    }

    @Test
    void answersAKeyAndNothingElseOnTheApi() throws Exception {
        assertThat(get("/api/probe", firstLogin("api-key")).body()).isEqualTo("admin");

        HttpResponse<String> without = get("/api/probe", null);
        assertThat(without.statusCode()).isEqualTo(401);
        assertThat(without.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(without.body()).contains("Falta autenticación");
        assertThat(get("/api/probe", "pgn_unknown").statusCode()).isEqualTo(401);
    }

    @Test
    void doesNotTakeABrowsersSessionForAKey() throws Exception {
        logIn("admin", firstLogin("password"));
        assertThat(get("/probe", null).body()).isEqualTo("Administración");

        assertThat(get("/api/probe", null).statusCode()).isEqualTo(401);
    }

    @Test
    void letsAnEvaluatorReadButNotWrite() throws Exception {
        Actor evaluator = accounts.create("Control", "Control interno", "irrelevant", Set.of(Role.EVALUATOR));
        String key = accounts.createApiKey(evaluator.id(), "prueba");

        assertThat(get("/api/probe", key).body()).isEqualTo("control");
        HttpResponse<String> refused = post("/api/probe", key, "application/json", BodyPublishers.ofString("{}"));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("Sin permiso");
    }

    @Test
    void opensWithAKeyOnlyWhatItWasMadeFor() throws Exception {
        var approver = accounts.create("alcance", "A", "irrelevant", Set.of(Role.APPROVER));
        var reads = accounts.createApiKey(approver.id(), "tablero", Set.of(Scope.READ));
        var writes = accounts.createApiKey(approver.id(), "cargue", Set.of(Scope.WRITE));
        var approves = accounts.createApiKey(approver.id(), "firma", Set.of(Scope.APPROVE));
        var pause = "/api/v1/occurrences/0/pause";
        var approval = "/api/v1/occurrences/0/approval";

        assertThat(get("/api/v1/plans", reads).statusCode()).isEqualTo(200);
        assertThat(get("/api/v1/plans", writes).statusCode()).isEqualTo(403);
        for (var key : List.of(reads, approves)) {
            var refused = post(pause, key, "application/json", BodyPublishers.ofString("{}"));
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("no sirve para cambiar algo");
        }
        assertThat(post(pause, writes, "application/json", BodyPublishers.ofString("{}"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(post(approval, writes, "application/json", BodyPublishers.ofString("{}"))
                        .body())
                .contains("no sirve para aprobar");
        assertThat(post(approval, approves, "application/json", BodyPublishers.ofString("{}"))
                        .statusCode())
                .isEqualTo(404);

        // a scope gives nothing that the account's role does not
        var staff = accounts.create("alcance-r", "R", "irrelevant", Set.of(Role.STAFF));
        var all = accounts.createApiKey(staff.id(), "todo");
        assertThat(post(approval, all, "application/json", BodyPublishers.ofString("{}"))
                        .body())
                .contains("La cuenta de esta clave no tiene permiso");
    }

    @Test
    void forgetsARevokedKey() throws Exception {
        Actor actor = accounts.create("revocada", "R", "irrelevant", Set.of(Role.EDITOR));
        String key = accounts.createApiKey(actor.id(), "prueba");
        assertThat(get("/api/probe", key).statusCode()).isEqualTo(200);

        accounts.revokeApiKey(jdbc.sql("select id from api_key where account_id = :id")
                .param("id", actor.id())
                .query(Long.class)
                .single());

        assertThat(get("/api/probe", key).statusCode()).isEqualTo(401);
    }

    @Test
    void showsTheLoginPageInSpanishAndSaysWhatWasWrong() throws Exception {
        HttpResponse<String> page = get("/login", null);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<html lang=\"es-CO\"", "<label for=\"password\">Contraseña</label>");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'")
                .doesNotContain("unsafe-inline");

        assertThat(logIn("admin", "wrong").headers().firstValue("Location").orElse(""))
                .endsWith("/login?error");
        assertThat(get("/login?error", null).body()).contains("no son correctos");
    }

    @Test
    void keepsNothingInMemoryForWhoIsNotLoggedIn() throws Exception {
        for (var path : List.of("/login", "/envios")) {
            assertThat(get(path, null).headers().allValues("Set-Cookie"))
                    .as(path)
                    .noneMatch(cookie -> cookie.contains("SESSION"));
        }
    }

    @Test
    void explainsAFileThatIsTooLarge() throws Exception {
        byte[] file = new byte[30_000_000];
        String head = "--x\r\nContent-Disposition: form-data; name=\"archivo\"; filename=\"a.csv\"\r\n\r\n";
        HttpResponse<String> refused = post(
                "/api/probe/file",
                firstLogin("api-key"),
                "multipart/form-data; boundary=x",
                BodyPublishers.ofByteArrays(List.of(
                        head.getBytes(StandardCharsets.US_ASCII),
                        file,
                        "\r\n--x--\r\n".getBytes(StandardCharsets.US_ASCII))));

        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(refused.body()).contains("hasta 20 MB");
    }

    @Test
    void explainsRequestsThatCannotBeAnswered() throws Exception {
        String key = firstLogin("api-key");

        HttpResponse<String> malformed = post("/api/probe", key, "application/json", BodyPublishers.ofString("{"));
        assertThat(malformed.statusCode()).isEqualTo(400);
        assertThat(malformed.body()).contains("no es un JSON válido");
        assertThat(post("/api/probe", key, "text/csv", BodyPublishers.ofString("a"))
                        .body())
                .contains("«text/csv» no se acepta");
        assertThat(post("/api/probe/file", key, "multipart/form-data; boundary=x", BodyPublishers.ofString("--x--\r\n"))
                        .body())
                .contains("Falta la parte «archivo»");
        assertThat(get("/api/nowhere", key).body()).contains("No existe esa dirección");
        HttpResponse<String> failure = get("/api/probe/failure", key);
        assertThat(failure.statusCode()).isEqualTo(500);
        assertThat(failure.body()).contains("error inesperado").doesNotContain("secret inside");
    }

    @Test
    void aTableThatBreaksOffDoesNotLookWhole() {
        assertThatThrownBy(() -> get("/api/probe/broken-off", firstLogin("api-key")))
                .isInstanceOf(IOException.class);
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void aProgramThatHangsUpIsNoFailureOfOurs(CapturedOutput log) throws Exception {
        get("/api/probe/hung-up", firstLogin("api-key"));

        assertThat(log.getAll()).doesNotContain("hung-up failed", "Broken pipe");
    }

    @Test
    void saysThatATextCannotBeStored() throws Exception {
        String key = firstLogin("api-key");
        String message = "{\"title\": \"Hola%s\", \"audiences\": [], \"channels\": {\"POSTER\": "
                + "{\"content\": {\"headline\": \"Hola%s\"}, \"outlets\": [\"Piso 1\"]}}}";
        for (String body : List.of(message.formatted("\\u0000", ""), message.formatted("", "\\u0000"))) {
            HttpResponse<String> refused =
                    post("/api/v1/messages", key, "application/json", BodyPublishers.ofString(body));

            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("carácter nulo");
        }
        assertThat(get("/api/v1/deliveries?reason=%00", key).statusCode()).isEqualTo(400);
        String list = String.join(
                "\r\n",
                "--x",
                "Content-Disposition: form-data; name=\"file\"; filename=\"a.csv\"",
                "",
                "Nombre;Correo",
                "Ana\0 Paz;ana@example.org",
                "--x--",
                "");
        assertThat(post(
                                "/api/v1/contacts/imports?evidence=%00",
                                key, "multipart/form-data; boundary=x", BodyPublishers.ofString(list))
                        .statusCode())
                .isBetween(400, 499);
        assertThat(logIn("%00", "x").headers().firstValue("Location").orElse(""))
                .endsWith("/login?error");

        assertThat(post("/api/probe/failing-statement", key, "application/json", BodyPublishers.ofString("{}"))
                        .statusCode())
                .isEqualTo(500);
    }

    @Test
    void explainsInThePagesLayoutWhatWentWrong() throws Exception {
        logIn("admin", firstLogin("password"));

        HttpResponse<String> unknown = read("/envios/999999", "es-CO");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("<h1>No encontrado</h1>", "class=\"bar\"", "Salir");
        assertThat(read("/no-existe", "en").body()).contains("<h1>Not found</h1>");
        HttpResponse<String> failure = read("/probe/failure", "es-CO");
        assertThat(failure.statusCode()).isEqualTo(500);
        assertThat(failure.body())
                .contains("<h1>Error nuestro</h1>")
                .doesNotContain("secret inside", "Exception", "\tat ", "??");
        HttpResponse<String> withoutToken = send(
                HttpRequest.newBuilder(uri("/logout"))
                        .header("Accept", "text/html")
                        .POST(BodyPublishers.noBody()),
                null);
        assertThat(withoutToken.statusCode()).isEqualTo(403);
        assertThat(withoutToken.body()).contains("<h1>Sin permiso</h1>");
        assertThat(read("/envios/abc", "es-CO").body()).contains("<h1>No se puede atender</h1>");
    }

    @Test
    void letsAPersonLogOut() throws Exception {
        logIn("admin", firstLogin("password"));
        var token = Pattern.compile("action=\"/logout\">.*?name=\"_csrf\" value=\"([^\"]+)\"", Pattern.DOTALL)
                .matcher(read("/envios", "es-CO").body());
        assertThat(token.find()).isTrue();

        HttpResponse<String> left = post(
                "/logout",
                null,
                "application/x-www-form-urlencoded",
                BodyPublishers.ofString("_csrf=" + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8)));

        assertThat(left.headers().firstValue("Location").orElse("")).endsWith("/login?salida");
        assertThat(read("/envios", "es-CO").statusCode()).isEqualTo(302);
    }

    @Test
    void opensOnlyPostersToThePublic() throws Exception {
        Path posters = Files.createDirectories(data.resolve("posters"));
        Files.writeString(posters.resolve("afiche.pdf"), "%PDF-1.7");
        Files.writeString(posters.resolve("notas.txt"), "x");

        assertThat(get("/piezas/afiche.pdf", null).body()).isEqualTo("%PDF-1.7");
        assertThat(get("/piezas/notas.txt", null).statusCode()).isEqualTo(404);
        assertThat(get("/piezas/", null).statusCode()).isEqualTo(404);
        assertThat(get("/piezas/%2e%2e/first-login.txt", null).statusCode()).isIn(400, 404);
        assertThat(get("/actuator/health", null).body()).contains("UP").doesNotContain("components");
        assertThat(get("/actuator/info", null).statusCode()).isEqualTo(302);
    }

    @Test
    void neverChangesTheTrail() {
        audit.record(Actor.SYSTEM, "test.action", "test/1", null, Map.of("word", "después"));

        assertThat(jdbc.sql("select after ->> 'word' from audit_entry where subject = 'test/1'")
                        .query(String.class)
                        .single())
                .isEqualTo("después");
        assertThatThrownBy(() -> jdbc.sql("update audit_entry set actor = 'x'").update())
                .hasMessageContaining("never changed or deleted");
        assertThatThrownBy(() -> jdbc.sql("delete from audit_entry").update())
                .hasMessageContaining("never changed or deleted");
    }

    private String firstLogin(String field) throws Exception {
        return Files.readAllLines(data.resolve("first-login.txt")).stream()
                .filter(line -> line.startsWith(field + ": "))
                .map(line -> line.substring(field.length() + 2))
                .findFirst()
                .orElseThrow();
    }

    private HttpResponse<String> logIn(String user, String password) throws Exception {
        var token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"")
                .matcher(get("/login", null).body());
        assertThat(token.find()).isTrue();
        return post(
                "/login",
                null,
                "application/x-www-form-urlencoded",
                BodyPublishers.ofString("username=" + user + "&password=" + password + "&_csrf="
                        + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8)));
    }

    private HttpResponse<String> get(String path, @org.jspecify.annotations.Nullable String key) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)), key);
    }

    /** As a browser asks. */
    private HttpResponse<String> read(String path, String language) throws Exception {
        return send(
                HttpRequest.newBuilder(uri(path)).header("Accept", "text/html").header("Accept-Language", language),
                null);
    }

    private HttpResponse<String> post(
            String path, @org.jspecify.annotations.Nullable String key, String type, HttpRequest.BodyPublisher body)
            throws Exception {
        return send(
                HttpRequest.newBuilder(uri(path)).header("Content-Type", type).POST(body), key);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, @org.jspecify.annotations.Nullable String key)
            throws Exception {
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
