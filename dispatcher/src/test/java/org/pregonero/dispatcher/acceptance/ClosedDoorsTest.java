package org.pregonero.dispatcher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.pregonero.dispatcher.account.Accounts;
import org.pregonero.dispatcher.account.Permissions;
import org.pregonero.dispatcher.account.Permissions.Permission;
import org.pregonero.dispatcher.account.Role;
import org.pregonero.dispatcher.runtime.DataDirectory;
import org.pregonero.dispatcher.testing.HttpApi;
import org.pregonero.dispatcher.testing.HttpApi.Login;
import org.pregonero.dispatcher.testing.RunningApplication;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;

/** What every route of the pages refuses, whatever it is for. */
@RunningApplication
class ClosedDoorsTest {

    private static final String NO_TOKEN = "00000000-0000-0000-0000-000000000000";

    /** Who was given a password has to choose another, and a search changes nothing. */
    private static final Set<String> FOR_READERS_TOO = Set.of("/cuenta/contrasena", "/sandbox/buscar", "/personas");

    @LocalServerPort
    int port;

    @Autowired
    DataDirectory data;

    @Autowired
    Accounts accounts;

    @Test
    void whoIsNotLoggedInIsLedToTheLogInPage() {
        var stranger = new HttpApi(port, Login.NOBODY);

        assertAll(pages(HttpMethod.GET).map(path -> () -> {
            var answer = stranger.page(path);
            assertThat(answer.status()).as(path).isEqualTo(302);
            assertThat(answer.location()).as(path).endsWith("/login");
        }));
        assertAll(pages(HttpMethod.POST)
                .map(path -> () -> assertThat(stranger.submit(path, Map.of()).location())
                        .as(path)
                        .endsWith("/login")));
    }

    @Test
    void whatAnotherSiteLetsABrowserSubmitIsRefused() {
        var admin = new HttpApi(port, data.resolve(""));
        admin.logIn();

        assertThat(pages(HttpMethod.POST).toList()).isNotEmpty();
        assertAll(Stream.concat(pages(HttpMethod.POST), Stream.of("/login", "/logout"))
                .map(path -> () -> {
                    assertThat(admin.submitWithoutToken(path, Map.of()).status())
                            .as("%s without a token", path)
                            .isEqualTo(403);
                    assertThat(admin.submitWithoutToken(path, Map.of("_csrf", "made-up"))
                                    .status())
                            .as("%s with a token made up", path)
                            .isEqualTo(403);
                }));
        assertThat(admin.page("/envios").status()).isEqualTo(200);
    }

    @Test
    void anEvaluatorChangesNothing() {
        var name = "evaluadora" + System.nanoTime();
        accounts.create(name, "Evaluadora", "una frase que nadie adivina", Set.of(Role.EVALUATOR));
        var evaluator = new HttpApi(port, new Login(name, "una frase que nadie adivina", ""));
        evaluator.logIn();

        assertAll(pages(HttpMethod.POST)
                .filter(path -> !FOR_READERS_TOO.contains(path))
                .map(path -> () -> assertThat(evaluator.submit(path, Map.of()).status())
                        .as(path)
                        .isEqualTo(403)));
        var key = accounts.createApiKey(
                accounts.all().stream()
                        .filter(account -> account.username().equals(name))
                        .findFirst()
                        .orElseThrow()
                        .id(),
                "prueba");
        var program = new HttpApi(port, new Login(name, "", key));
        assertAll(Permissions.TABLE.api().stream()
                .filter(row -> !row.method().equals(HttpMethod.GET))
                .map(row -> () -> assertThat(program.ask(row.method().name(), path(row), "{}")
                                .status())
                        .as(row.path())
                        .isEqualTo(403)));
    }

    @Test
    void noPageLeadsToAnotherSiteOrLetsOneIn() throws Exception {
        var admin = new HttpApi(port, data.resolve(""));
        admin.logIn();
        for (var path : List.of("/login", "/usuarios", "/no-existe", "/anuncios")) {
            var headers = admin.response(path).headers();
            assertThat(headers.firstValue("Content-Security-Policy")).as(path).hasValueSatisfying(policy -> assertThat(
                            policy)
                    .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'self'")
                    .doesNotContain("unsafe", "http:", "https:", "*"));
            assertThat(headers.firstValue("X-Content-Type-Options")).as(path).hasValue("nosniff");
            assertThat(headers.firstValue("Permissions-Policy")).as(path).isPresent();
            assertThat(headers.firstValue("Strict-Transport-Security")).as(path).isPresent();
        }
        for (var path : List.of("/login?continue=https://mala.example", "/?redirect=//mala.example")) {
            assertThat(admin.page(path).location()).doesNotContain("mala.example");
        }
    }

    private static Stream<String> pages(HttpMethod method) {
        return Permissions.TABLE.pages().stream()
                .filter(row -> !row.isPublic() && row.method().equals(method))
                .map(ClosedDoorsTest::path);
    }

    private static String path(Permission row) {
        return row.path()
                .replace("{token}", NO_TOKEN)
                .replace("{channel}", "NONE")
                .replace("{day}", "2026-11-16")
                .replace("**", "info")
                .replaceAll("\\{\\w+}", "0");
    }
}
