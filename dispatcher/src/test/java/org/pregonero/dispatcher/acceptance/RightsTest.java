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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pregonero.dispatcher.account.Accounts;
import org.pregonero.dispatcher.account.Permissions;
import org.pregonero.dispatcher.account.Role;
import org.pregonero.dispatcher.testing.HttpApi;
import org.pregonero.dispatcher.testing.HttpApi.Answer;
import org.pregonero.dispatcher.testing.HttpApi.Login;
import org.pregonero.dispatcher.testing.RunningApplication;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Who may do what, asked of every route that there is: a new one fails here until it has a line in the table. */
@Tag("once")
@RunningApplication
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

    private static final List<String> ROUTES_OF_FRAMEWORKS = List.of("GET /actuator/health", "GET /actuator/**");
    private static final List<String> FORMS_OF_FRAMEWORKS = List.of("POST /login", "POST /logout");
    /** Rows for files and for what frameworks answer. */
    private static final List<String> NO_HANDLERS =
            List.of("/static/", "/webjars/", "/piezas/", "/error", "/v3/api-docs", "/actuator/");

    private static final String NO_TOKEN = "00000000-0000-0000-0000-000000000000";

    @LocalServerPort
    int port;

    @Autowired
    Accounts accounts;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    RequestMappingHandlerMapping requestMappingHandlerMapping;

    private final Map<Who, HttpApi> visitors = new EnumMap<>(Who.class);

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

        assertThat(letIn).containsExactlyInAnyOrderEntriesOf(whoMay());
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

    /** The table of permissions; it names no route that there is not. */
    private static Map<String, Set<Who>> whoMay() {
        var whoMay = new TreeMap<String, Set<Who>>();
        Stream.concat(Permissions.TABLE.pages().stream(), Permissions.TABLE.api().stream())
                .filter(row -> !FORMS_OF_FRAMEWORKS.contains(row.method() + " " + row.path()))
                .filter(row -> ROUTES_OF_FRAMEWORKS.contains(row.method() + " " + row.path())
                        || NO_HANDLERS.stream().noneMatch(row.path()::startsWith))
                .forEach(row -> whoMay.put(
                        row.method() + " " + row.path(),
                        row.isPublic()
                                ? EnumSet.allOf(Who.class)
                                : row.roles().stream()
                                        .map(role -> Who.valueOf(role.name()))
                                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Who.class)))));
        return whoMay;
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
                .replace("**", "info")
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
