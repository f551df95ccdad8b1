package org.pregonero.dispatcher.testing;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
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
