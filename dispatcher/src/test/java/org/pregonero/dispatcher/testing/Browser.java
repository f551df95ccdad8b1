package org.pregonero.dispatcher.testing;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A real Chromium, started once for all tests of a JVM, in which several people can be at work, each with cookies of
 * their own. What pages write to the console as an error is kept for the test to look at.
 */
public final class Browser {

    private static final Browser INSTANCE = new Browser();

    private static final String AXE = axe();

    /** What a frame shows is a document of its own: a mail, a post, a piece. */
    private static final String BARRIERS = """
            async only => (await axe.run(document, {
                iframes: false, resultTypes: ['violations'], selectors: false,
                ...(only.length ? {runOnly: only} : {rules: {'target-size': {enabled: true}}})
            })).violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${rule.help} ${node.html}`))""";

    private final com.microsoft.playwright.Browser chromium;

    /** Ends with the JVM, whose driver notices. */
    private Browser() {
        var playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable())
                        .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")));
    }

    /** Somebody opens the browser. */
    public static Visitor visit(int port) {
        return new Visitor(port);
    }

    private static String axe() {
        try (var script = Browser.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path executable() {
        var named = System.getenv("PREGONERO_TEST_CHROMIUM");
        var path = Path.of(named == null ? "/usr/bin/chromium" : named);
        if (!Files.isExecutable(path)) {
            throw new IllegalStateException(
                    "No Chromium at " + path + ": run bin/test, which installs it, or set PREGONERO_TEST_CHROMIUM");
        }
        return path;
    }

    /** One person's window. */
    public static final class Visitor implements AutoCloseable {

        private final BrowserContext context;
        private final List<String> complaints = new ArrayList<>();
        public final Page page;

        private Visitor(int port) {
            context = INSTANCE.chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                    .setBaseURL("http://127.0.0.1:" + port)
                    .setLocale("es-CO")
                    .setViewportSize(1280, 900));
            page = context.newPage();
            page.setDefaultTimeout(30_000);
            page.onConsoleMessage(message -> {
                if (message.type().equals("error") && !message.text().contains("status of 4")) {
                    complaints.add(page.url() + ": " + message.text());
                }
            });
            page.onPageError(error -> complaints.add(page.url() + ": " + error));
        }

        public void logIn(String user, String password) {
            page.navigate("/login");
            page.getByLabel("Usuario").fill(user);
            page.getByLabel("Contraseña", new Page.GetByLabelOptions().setExact(true))
                    .fill(password);
            press("Ingresar");
        }

        /** Returns the status of the answer. */
        public int open(String path) {
            return Objects.requireNonNull(page.navigate(path)).status();
        }

        public void press(String button) {
            page.getByRole(
                            com.microsoft.playwright.options.AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName(button).setExact(true))
                    .first()
                    .click();
            page.waitForLoadState();
        }

        public void follow(String link) {
            page.getByRole(com.microsoft.playwright.options.AriaRole.LINK, new Page.GetByRoleOptions().setName(link))
                    .first()
                    .click();
            page.waitForLoadState();
        }

        /** What stands on the page. */
        public String text() {
            return page.locator("body").innerText();
        }

        /** What axe-core finds wrong for people who see, hear or move differently (WCAG 2.2 A and AA, best practice). */
        @SuppressWarnings("unchecked")
        public List<String> barriers(String... onlyRules) {
            if (!(Boolean) page.evaluate("() => 'axe' in window")) {
                page.evaluate(AXE);
            }
            return (List<String>) page.evaluate(BARRIERS, List.of(onlyRules));
        }

        /** From now on the window is so many CSS pixels wide, and the system's colours are those. */
        public void appear(int width, ColorScheme scheme) {
            page.setViewportSize(width, 900);
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        }

        /** How many pixels the page is wider than the window; 0 when it fits. */
        public int overflow() {
            return ((Number) page.evaluate(
                            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                    .intValue();
        }

        /** Errors that pages wrote to the console. */
        public List<String> complaints() {
            return List.copyOf(complaints);
        }

        @Override
        public void close() {
            context.close();
        }
    }
}
