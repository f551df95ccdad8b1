package org.pregonero.dispatcher.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.pregonero.dispatcher.account.Permissions;
import org.pregonero.dispatcher.account.Permissions.Permission;
import org.pregonero.dispatcher.runtime.DataDirectory;
import org.pregonero.dispatcher.sandbox.Sandbox;
import org.pregonero.dispatcher.testing.HttpApi;
import org.pregonero.dispatcher.testing.HttpApi.Login;
import org.pregonero.dispatcher.testing.RunningApplication;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPatternParser;

/** Goes through the whole site along its links, on an installation in which things have happened. */
@RunningApplication
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesTest {

    private static final Pattern LINK = Pattern.compile("<a [^>]*?href=\"(/[^\"#]*)");

    /** What a page has in itself, what only the public is led to, and what is no page. */
    private static final List<String> APART = List.of(
            "/ajustes/logo",
            "/planes/importar/{upload}",
            "/envios/{id}/avance",
            "/mensajes/archivos/{hash}",
            "/mensajes/{id}/marco/{channel}",
            "/personas/importar/{id}/avance",
            "/sandbox/correo/{id}/html",
            "/sandbox/imagen/{id}",
            "/tareas/{id}/evidencia/{evidence}",
            "/anuncios",
            "/anuncios.atom",
            "/anuncios.json",
            "/login",
            "/error",
            "/css/**",
            "/js/**",
            "/webjars/**",
            "/favicon.svg",
            "/piezas/**",
            "/actuator/**",
            "/actuator/health",
            "/actuator/health/**",
            "/v3/api-docs",
            "/v3/api-docs/**",
            "/v3/api-docs.yaml");

    @LocalServerPort
    int port;

    @Autowired
    DataDirectory data;

    @Autowired
    Sandbox sandbox;

    private HttpApi administrator = new HttpApi(0, Login.NOBODY);
    /** A path of each kind of page; and what went wrong on the way. */
    private final Map<String, String> found = new TreeMap<>();

    private final Map<String, Integer> deadLinks = new TreeMap<>();

    @BeforeAll
    void givenAnInstallationInWhichThingsHaveHappened() throws IOException {
        administrator = new HttpApi(port, data.path());
        administrator.logIn();
        Scene.play(administrator);
        sandbox.reply("WHATSAPP", "+573001234567", "¿A qué hora es la audiencia?");
        crawl();
    }

    @Test
    void noLinkIsDead() {
        assertThat(deadLinks).isEmpty();
    }

    @Test
    void everyPageIsLedTo() {
        var pages = new TreeSet<String>();
        Permissions.TABLE.pages().stream()
                .filter(row -> row.method().equals(HttpMethod.GET))
                .map(Permission::path)
                .filter(path -> !APART.contains(path) && !path.contains("{token}"))
                .forEach(pages::add);
        pages.removeAll(found.keySet());

        assertThat(pages).as("pages that no page leads to").isEmpty();
    }

    private void crawl() {
        var toSee = new ArrayDeque<String>();
        toSee.add("/");
        var seen = new TreeSet<String>();
        while (!toSee.isEmpty()) {
            var path = toSee.remove();
            var kind = kind(path);
            // two of a kind show whether links of such pages work; a list of a thousand tells no more
            if (!seen.add(path)
                    || seen.stream().filter(other -> kind(other).equals(kind)).count() > 2) {
                continue;
            }
            var answer = administrator.page(path);
            if (answer.status() >= 300 && answer.status() < 400) {
                toSee.add(answer.location().replaceFirst("^https?://[^/]+", ""));
            } else if (answer.status() != 200) {
                deadLinks.put(path, answer.status());
            } else {
                found.putIfAbsent(kind, path);
                var links = LINK.matcher(answer.text());
                while (links.find()) {
                    toSee.add(links.group(1).replace("&amp;", "&"));
                }
            }
        }
    }

    /** The row of the table of permissions that a path belongs to. */
    private static String kind(String path) {
        var container = PathContainer.parsePath(path.replaceFirst("\\?.*", ""));
        return Permissions.TABLE.pages().stream()
                .filter(row -> row.method().equals(HttpMethod.GET))
                .map(Permission::path)
                .filter(pattern ->
                        PathPatternParser.defaultInstance.parse(pattern).matches(container))
                .findFirst()
                .orElse(path);
    }
}
