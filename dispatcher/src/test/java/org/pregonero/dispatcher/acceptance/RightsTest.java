package org.pregonero.dispatcher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pregonero.dispatcher.acceptance.RightsTest.Who.ADMIN;
import static org.pregonero.dispatcher.acceptance.RightsTest.Who.ANYBODY;
import static org.pregonero.dispatcher.acceptance.RightsTest.Who.APPROVER;
import static org.pregonero.dispatcher.acceptance.RightsTest.Who.EDITOR;
import static org.pregonero.dispatcher.acceptance.RightsTest.Who.EVALUATOR;
import static org.pregonero.dispatcher.acceptance.RightsTest.Who.STAFF;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pregonero.dispatcher.account.Accounts;
import org.pregonero.dispatcher.account.Role;
import org.pregonero.dispatcher.testing.HttpApi;
import org.pregonero.dispatcher.testing.HttpApi.Answer;
import org.pregonero.dispatcher.testing.HttpApi.Login;
import org.pregonero.dispatcher.testing.MailServer;
import org.pregonero.dispatcher.testing.TestServers;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Who may do what, asked of every route that there is: a new one fails here until it has a line in the table. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class RightsTest {

    enum Who {
        ADMIN,
        EDITOR,
        APPROVER,
        STAFF,
        EVALUATOR,
        /** Without any account. */
        ANYBODY
    }

    private static final Set<Who> PUBLIC = EnumSet.allOf(Who.class);
    private static final Set<Who> ACCOUNTS = EnumSet.complementOf(EnumSet.of(ANYBODY));
    private static final Set<Who> READERS = EnumSet.of(ADMIN, EDITOR, APPROVER, EVALUATOR);
    private static final Set<Who> WRITERS = EnumSet.of(ADMIN, EDITOR, APPROVER);
    private static final Set<Who> TASK_DOERS = EnumSet.of(ADMIN, EDITOR, APPROVER, STAFF);
    private static final Set<Who> APPROVERS = EnumSet.of(ADMIN, APPROVER);
    private static final Set<Who> ADMINS = EnumSet.of(ADMIN);

    private static final Map<String, Set<Who>> WHO_MAY = Map.ofEntries(
            // the public
            Map.entry("GET /login", PUBLIC),
            Map.entry("GET /baja/{token}", PUBLIC),
            Map.entry("POST /baja/{token}", PUBLIC),
            Map.entry("POST /entrada/{provider}", PUBLIC),
            Map.entry("POST /entrada/{provider}/{token}", PUBLIC),
            Map.entry("GET /enterado/{token}", PUBLIC),
            Map.entry("POST /enterado/{token}", PUBLIC),
            Map.entry("GET /anuncios", PUBLIC),
            Map.entry("GET /anuncios.json", PUBLIC),
            Map.entry("GET /anuncios.atom", PUBLIC),
            Map.entry("GET /anuncios/{token}", PUBLIC),
            Map.entry("GET /anuncios/{token}/evento.ics", PUBLIC),
            Map.entry("POST /anuncios/{token}/asistencia", PUBLIC),
            Map.entry("POST /anuncios/{token}/pregunta", PUBLIC),
            Map.entry("GET /i/{token}/{link}", PUBLIC),
            Map.entry("GET /actuator/health", PUBLIC),
            // reading
            Map.entry("GET /", ACCOUNTS),
            Map.entry("GET /envios", ACCOUNTS),
            Map.entry("GET /envios/{id}", ACCOUNTS),
            Map.entry("GET /envios/{id}/entregas", READERS),
            Map.entry("GET /envios/{id}/entregas.csv", READERS),
            Map.entry("GET /api/v1/audiences", ACCOUNTS),
            Map.entry("GET /api/v1/audiences/{id}", ACCOUNTS),
            Map.entry("GET /api/v1/channels", ACCOUNTS),
            Map.entry("GET /api/v1/deliveries", READERS),
            Map.entry("GET /api/v1/deliveries/{id}", READERS),
            Map.entry("GET /api/v1/institution", ACCOUNTS),
            Map.entry("GET /api/v1/messages/{id}", ACCOUNTS),
            Map.entry("GET /api/v1/occurrences", ACCOUNTS),
            Map.entry("GET /api/v1/occurrences/{id}", ACCOUNTS),
            Map.entry("GET /api/v1/occurrences/{id}/acknowledgements", READERS),
            Map.entry("GET /api/v1/occurrences/{id}/clicks", ACCOUNTS),
            Map.entry("GET /api/v1/plans", ACCOUNTS),
            Map.entry("GET /api/v1/plans/{id}", ACCOUNTS),
            Map.entry("GET /api/v1/tasks", ACCOUNTS),
            Map.entry("GET /api/v1/tasks/{id}", ACCOUNTS),
            Map.entry("GET /api/v1/tasks/{id}/evidence/{evidence}", ACCOUNTS),
            // the work of those who do tasks
            Map.entry("POST /api/v1/tasks/{id}/evidence", TASK_DOERS),
            Map.entry("POST /api/v1/tasks/{id}/not-done", TASK_DOERS),
            // the work of the office
            Map.entry("POST /api/v1/contacts/imports", WRITERS),
            Map.entry("POST /api/v1/plans/imports", WRITERS),
            Map.entry("POST /api/v1/plans/{id}/events", WRITERS),
            Map.entry("POST /api/v1/messages", WRITERS),
            Map.entry("GET /api/v1/office-messages", WRITERS),
            Map.entry("GET /api/v1/events/{id}/attendance", WRITERS),
            Map.entry("GET /api/v1/events/{id}/registrations", WRITERS),
            Map.entry("PUT /api/v1/messages/{id}", WRITERS),
            Map.entry("GET /api/v1/messages/{id}/invitations.pdf", WRITERS),
            Map.entry("POST /api/v1/messages/{id}/occurrences", WRITERS),
            Map.entry("POST /api/v1/occurrences/{id}/pause", WRITERS),
            Map.entry("POST /api/v1/occurrences/{id}/resume", WRITERS),
            Map.entry("POST /api/v1/occurrences/{id}/cancel", WRITERS),
            Map.entry("POST /api/v1/deliveries/{id}/resolution", WRITERS),
            Map.entry("POST /api/v1/deliveries/{id}/withdrawal", WRITERS),
            Map.entry("POST /api/v1/channels/{channel}/pause", WRITERS),
            Map.entry("POST /api/v1/channels/{channel}/resume", WRITERS),
            // what makes a message leave
            Map.entry("POST /api/v1/occurrences/{id}/approval", APPROVERS),
            Map.entry("POST /api/v1/occurrences/{id}/release", APPROVERS),
            // the installation
            Map.entry("PUT /api/v1/institution", ADMINS),
            Map.entry("GET /actuator/info", ADMINS));

    private static final List<String> ROUTES_OF_FRAMEWORKS = List.of("GET /actuator/health", "GET /actuator/info");
    private static final String NO_TOKEN = "00000000-0000-0000-0000-000000000000";
    private static final MailServer MAIL = new MailServer();

    @LocalServerPort
    int port;

    @Autowired
    Accounts accounts;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    RequestMappingHandlerMapping requestMappingHandlerMapping;

    private final Map<Who, HttpApi> visitors = new EnumMap<>(Who.class);

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry registry) {
        TestServers.register(registry);
        registry.add("pregonero.channels.email.host", () -> "127.0.0.1");
        registry.add("pregonero.channels.email.port", MAIL::port);
        registry.add("pregonero.channels.email.security", () -> "NONE");
        registry.add("pregonero.channels.email.from", () -> "Instituto <avisos@instituto.example.org>");
    }

    @BeforeEach
    void giveEverybodyAnAccount() {
        for (var role : Role.values()) {
            var user = role.name() + "-" + System.nanoTime();
            var account = accounts.create(user, "Prueba", "una clave de prueba", Set.of(role));
            var key = accounts.createApiKey(account.id(), "prueba");
            visitors.put(Who.valueOf(role.name()), new HttpApi(port, new Login(user, "una clave de prueba", key)));
        }
        visitors.put(ANYBODY, new HttpApi(port, Login.NOBODY));
    }

    @Test
    void everyRouteLetsInWhoMayAndNobodyElse() {
        var letIn = new TreeMap<String, Set<Who>>();
        visitors.forEach((who, visitor) -> {
            if (who != ANYBODY) {
                visitor.logIn();
            }
            for (var route : routes()) {
                letIn.computeIfAbsent(route, any -> EnumSet.noneOf(Who.class));
                if (letsIn(visitor, route)) {
                    letIn.get(route).add(who);
                }
            }
        });

        assertThat(letIn).containsExactlyInAnyOrderEntriesOf(WHO_MAY);
    }

    @Test
    void whoMayNotApproveHasNotApproved() {
        jdbc.sql("insert into audience (name, name_key) values ('Vecinos', 'vecinos')")
                .update();
        var message = visitor(EDITOR)
                .post(
                        "/api/v1/messages",
                        Map.of(
                                "title",
                                "Invitación",
                                "audiences",
                                List.of("Vecinos"),
                                "channels",
                                Map.of("EMAIL", Map.of("content", Map.of("subject", "Venga", "body", "Hola.")))))
                .path("id")
                .asLong();
        var occurrence = visitor(EDITOR)
                .post(
                        "/api/v1/messages/" + message + "/occurrences",
                        Map.of("at", Instant.now().plus(1, ChronoUnit.DAYS).toString()))
                .path("id")
                .asLong();
        var path = "/api/v1/occurrences/" + occurrence;

        assertThat(Stream.of(EDITOR, STAFF, EVALUATOR))
                .extracting(who ->
                        visitor(who).ask("POST", path + "/approval", null).status())
                .containsOnly(403);
        assertThat(visitor(EVALUATOR).get(path).at("/occurrence/state").asString())
                .isEqualTo("AWAITING_APPROVAL");

        assertThat(visitor(APPROVER).ask("POST", path + "/approval", null).status())
                .isEqualTo(200);
        assertThat(visitor(EVALUATOR).get(path).at("/occurrence/state").asString())
                .isEqualTo("SCHEDULED");
    }

    @Test
    void onlyAnAdministratorChangesTheInstitution() {
        var before = visitor(STAFF).get("/api/v1/institution");

        assertThat(Stream.of(EDITOR, APPROVER, STAFF, EVALUATOR))
                .extracting(who -> visitor(who)
                        .ask("PUT", "/api/v1/institution", renamed(before.toString()))
                        .status())
                .containsOnly(403);
        assertThat(visitor(STAFF).get("/api/v1/institution")).isEqualTo(before);

        assertThat(visitor(ADMIN)
                        .ask("PUT", "/api/v1/institution", renamed(before.toString()))
                        .status())
                .isEqualTo(200);
        assertThat(visitor(STAFF).get("/api/v1/institution").path("name").asString())
                .isEqualTo("Otro nombre");
    }

    private static String renamed(String institution) {
        return institution.replaceFirst("\"name\":\"[^\"]*\"", "\"name\":\"Otro nombre\"");
    }

    private HttpApi visitor(Who who) {
        return Objects.requireNonNull(visitors.get(who));
    }

    /** Method and path of everything that the application answers to. */
    private Set<String> routes() {
        var routes = new TreeSet<>(ROUTES_OF_FRAMEWORKS);
        requestMappingHandlerMapping.getHandlerMethods().forEach((mapping, handler) -> {
            if (handler.getBeanType().getPackageName().startsWith("org.pregonero.")) {
                var methods = mapping.getMethodsCondition().getMethods();
                assertThat(methods).as("methods of %s", handler).isNotEmpty();
                methods.forEach(method -> mapping.getPatternValues().forEach(path -> routes.add(method + " " + path)));
            }
        });
        return routes;
    }

    /** Whether the visitor comes past the door; behind it, there is nothing that this request could change. */
    private static boolean letsIn(HttpApi visitor, String route) {
        var method = route.substring(0, route.indexOf(' '));
        var path = route.substring(route.indexOf(' ') + 1)
                .replace("{token}", NO_TOKEN)
                .replace("{channel}", "NONE")
                .replaceAll("\\{\\w+}", "0");
        var answer = answer(visitor, method, path);
        assertThat(answer.status()).as(route).isLessThan(500);
        return answer.status() != 401
                && answer.status() != 403
                && !answer.location().endsWith("/login");
    }

    private static Answer answer(HttpApi visitor, String method, String path) {
        if (path.startsWith("/api/")) {
            return visitor.ask(method, path, method.equals("GET") ? null : "{}");
        }
        return method.equals("GET") ? visitor.page(path) : visitor.submit(path, Map.of());
    }
}
