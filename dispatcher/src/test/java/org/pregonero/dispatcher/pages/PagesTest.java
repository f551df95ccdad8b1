package org.pregonero.dispatcher.pages;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pregonero.dispatcher.account.Accounts;
import org.pregonero.dispatcher.account.Permissions;
import org.pregonero.dispatcher.account.Permissions.Permission;
import org.pregonero.dispatcher.account.Role;
import org.pregonero.dispatcher.runtime.DataDirectory;
import org.pregonero.dispatcher.sandbox.Sandbox;
import org.pregonero.dispatcher.testing.Browser;
import org.pregonero.dispatcher.testing.HttpApi;
import org.pregonero.dispatcher.testing.HttpApi.Login;
import org.pregonero.dispatcher.testing.RunningApplication;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Goes through the whole site along its links, on an installation in which things have happened, and looks at one page of
 * each kind in a real browser.
 */
@Tag("once")
@RunningApplication
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesTest {

    private static final Pattern LINK = Pattern.compile("<a [^>]*?href=\"(/[^\"#]*)");

    private static final List<PathPattern> KINDS = Permissions.TABLE.pages().stream()
            .filter(row -> row.method().equals(HttpMethod.GET))
            .map(row -> PathPatternParser.defaultInstance.parse(row.path()))
            .toList();

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
            "/static/**",
            "/webjars/**",
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

    @Autowired
    Accounts accounts;

    @Autowired
    JdbcClient jdbc;

    private HttpApi administrator = new HttpApi(0, Login.NOBODY);

    private Login login = Login.NOBODY;

    /** The administrator's. */
    private Walk walk = new Walk();

    @BeforeAll
    void givenAnInstallationInWhichThingsHaveHappened() throws IOException {
        login = HttpApi.firstLogin(data.path());
        administrator = new HttpApi(port, login);
        administrator.logIn();
        Scene.play(administrator);
        sandbox.reply("WHATSAPP", "+573001234567", "¿A qué hora es la audiencia?");
        walk = Walk.of(administrator);
    }

    @Test
    void noLinkIsDead() {
        assertThat(walk.deadLinks).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ADMIN")
    void noLinkIsDeadFor(Role role) {
        var account = accounts.create(role.name() + "-pasea", "Prueba", "una clave de prueba", Set.of(role));
        var visitor = new HttpApi(port, new Login(account.username(), "una clave de prueba", ""));
        visitor.logIn();

        assertThat(Walk.of(visitor).deadLinks).isEmpty();
    }

    @Test
    void everyPageIsLedTo() {
        var pages = new TreeSet<String>();
        Permissions.TABLE.pages().stream()
                .filter(row -> row.method().equals(HttpMethod.GET))
                .map(Permission::path)
                .filter(path -> !APART.contains(path) && !path.contains("{token}"))
                .forEach(pages::add);
        pages.removeAll(walk.found.keySet());

        assertThat(pages).as("pages that no page leads to").isEmpty();
    }

    @Test
    void everyPageIsSound() throws IOException {
        var english = english();
        var faults = new ArrayList<String>();
        try (var visitor = Browser.visit(port)) {
            look(visitor, "/login", english, faults);
            visitor.logIn(login.user(), login.password());
            for (var path : walk.found.values()) {
                if (walk.documents.contains(path)) {
                    look(visitor, path, english, faults);
                }
            }
            faults.addAll(visitor.complaints());
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void whatIsApprovedIsSeenWhole() {
        try (var visitor = Browser.visit(port)) {
            visitor.logIn(login.user(), login.password());
            visitor.page.setViewportSize(1100, 960);

            var message = number("select min(id) from message");
            visitor.open("/mensajes/" + message + "/marco/POSTER");
            var poster = visitor.page.locator(".sheet img").boundingBox();
            assertThat(poster.y + poster.height).isLessThan(960);

            visitor.open("/mensajes/" + message + "/marco/EMAIL");
            var computer = visitor.page.locator("iframe.desktop").boundingBox();
            var telephone = visitor.page.locator("iframe.phone").boundingBox();
            assertThat(telephone.y).isEqualTo(computer.y);
            assertThat(telephone.y + telephone.height).isLessThan(960);
        }
    }

    @Test
    void theFiguresOfReachNeedNoScrolling() {
        try (var visitor = Browser.visit(port)) {
            visitor.logIn(login.user(), login.password());
            visitor.page.setViewportSize(1280, 900);
            visitor.open("/alcance/" + number("select min(occurrence_id) from delivery"));
            assertThat(visitor.page
                            .locator(".reach-table")
                            .evaluate("table => table.scrollWidth <= table.parentElement.clientWidth"))
                    .isEqualTo(true);
        }
    }

    private long number(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }

    private static void look(Browser.Visitor visitor, String path, List<String> english, List<String> faults) {
        visitor.appear(1280, ColorScheme.LIGHT);
        visitor.open(path);
        var page = visitor.page;
        if (page.title().isBlank() || page.title().startsWith("·")) {
            faults.add(path + ": no title");
        }
        if (page.locator("h1").count() != 1) {
            faults.add(path + ": " + page.locator("h1").count() + " main headings");
        }
        var text = visitor.text();
        if (text.contains("??")) {
            faults.add(path + ": a text without words");
        }
        english.stream().filter(text::contains).forEach(words -> faults.add(path + ": English: " + words));
        visitor.barriers().forEach(barrier -> faults.add(path + ": " + barrier));
        overflow(visitor, path, faults);

        visitor.appear(360, ColorScheme.DARK);
        visitor.barriers("color-contrast", "target-size", "scrollable-region-focusable")
                .forEach(barrier -> faults.add(path + ", phone at night: " + barrier));
        overflow(visitor, path + ", phone", faults);
    }

    private static void overflow(Browser.Visitor visitor, String path, List<String> faults) {
        if (visitor.overflow() > 0) {
            faults.add(path + ": wider than the window by " + visitor.overflow());
        }
    }

    /** Follows the links that one visitor is shown. */
    private static final class Walk {

        /** A path of each kind of page; and what went wrong on the way. */
        final Map<String, String> found = new TreeMap<>();

        final Set<String> documents = new HashSet<>();
        final Map<String, Integer> deadLinks = new TreeMap<>();

        static Walk of(HttpApi visitor) {
            var walk = new Walk();
            walk.follow(visitor);
            return walk;
        }

        private void follow(HttpApi visitor) {
            var toSee = new ArrayDeque<String>();
            toSee.add("/");
            var seen = new HashSet<String>();
            var timesSeen = new HashMap<String, Integer>();
            while (!toSee.isEmpty()) {
                var path = toSee.remove();
                var kind = kind(path);
                // two of a kind show whether links of such pages work; a list of a thousand tells no more
                if (!seen.add(path) || timesSeen.merge(kind, 1, Integer::sum) > 2) {
                    continue;
                }
                var answer = visitor.page(path);
                if (answer.status() >= 300 && answer.status() < 400) {
                    toSee.add(answer.location().replaceFirst("^https?://[^/]+", ""));
                } else if (answer.status() != 200) {
                    deadLinks.put(path, answer.status());
                } else {
                    found.putIfAbsent(kind, path);
                    if (answer.text().contains("<html")) {
                        documents.add(path);
                    }
                    var links = LINK.matcher(answer.text());
                    while (links.find()) {
                        toSee.add(links.group(1).replace("&amp;", "&"));
                    }
                }
            }
        }
    }

    /** The row of the table of permissions that a path belongs to. */
    private static String kind(String path) {
        var container = PathContainer.parsePath(path.replaceFirst("\\?.*", ""));
        return KINDS.stream()
                .filter(pattern -> pattern.matches(container))
                .map(PathPattern::getPatternString)
                .findFirst()
                .orElse(path);
    }

    /** Texts that only the English bundles have, long enough to be told from a name. */
    private static List<String> english() throws IOException {
        var spanish = new HashSet<String>();
        var english = new ArrayList<String>();
        for (var bundle : new PathMatchingResourcePatternResolver().getResources("classpath:messages/*.properties")) {
            var properties = new Properties();
            try (var reader = new InputStreamReader(bundle.getInputStream(), StandardCharsets.UTF_8)) {
                properties.load(reader);
            }
            var texts = requireNonNull(bundle.getFilename()).endsWith("_en.properties") ? english : spanish;
            properties.values().stream()
                    .map(String::valueOf)
                    .filter(text -> text.length() >= 12 && text.contains(" ") && !text.contains("{"))
                    .forEach(texts::add);
        }
        english.removeAll(spanish);
        return english;
    }
}
