package org.pregonero.dispatcher.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pregonero.dispatcher.testing.PlainCookies;
import org.pregonero.dispatcher.testing.RunningApplication;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What a browser sees of sessions and of wrong passwords. */
@RunningApplication
class LoginTest {

    private static final String PASSWORD = "una frase que nadie adivina";

    @LocalServerPort
    int port;

    @Autowired
    Accounts accounts;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private final PlainCookies cookies = new PlainCookies();
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(cookies).build();
    private Actor ana = Actor.SYSTEM;

    @BeforeEach
    void freshAccount() {
        jdbc.sql("delete from login_attempt").update();
        ana = accounts.create("ana" + System.nanoTime(), "Ana", PASSWORD, Set.of(Role.EDITOR));
    }

    @Test
    void keepsTheSessionInTheDatabaseAndOnlyWhoseItIs() throws Exception {
        var first = logIn(ana.username(), PASSWORD);

        assertThat(first.headers().allValues("Set-Cookie"))
                .filteredOn(cookie -> cookie.startsWith("SESSION="))
                .singleElement()
                .asString()
                .contains("HttpOnly", "SameSite=Lax", "Path=/", "Secure");
        assertThat(jdbc.sql("select count(*) from spring_session where principal_name = :id")
                        .param("id", String.valueOf(ana.id()))
                        .query(Integer.class)
                        .single())
                .isOne();
        assertThat(get("/envios").statusCode()).isEqualTo(200);

        var before = session();
        logIn(ana.username(), PASSWORD);
        assertThat(session()).isNotEqualTo(before);
        assertThat(jdbc.sql("select count(*) from spring_session where principal_name = :id")
                        .param("id", String.valueOf(ana.id()))
                        .query(Integer.class)
                        .single())
                .isOne();
    }

    @Test
    void makesNoSessionForWhoDoesNotLogIn() throws Exception {
        jdbc.sql("delete from spring_session").update();
        for (var path : new String[] {"/login", "/envios", "/anuncios", "/actuator/health", "/no-existe"}) {
            get(path);
        }
        logIn("nadie", "lo que sea, pero largo");

        assertThat(jdbc.sql("select count(*) from spring_session")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void countsAtOnceWhatBecameOfTheAccount() throws Exception {
        logIn(ana.username(), PASSWORD);
        assertThat(get("/sandbox").statusCode()).isEqualTo(200);

        jdbc.sql("update account set roles = '{STAFF}' where id = :id")
                .param("id", ana.id())
                .update();
        assertThat(get("/sandbox").statusCode()).isEqualTo(403);
        jdbc.sql("update account set disabled = true where id = :id")
                .param("id", ana.id())
                .update();
        assertThat(get("/envios").statusCode()).isEqualTo(302);
        assertThat(logIn(ana.username(), PASSWORD).headers().firstValue("Location"))
                .hasValueSatisfying(where -> assertThat(where).endsWith("/login?error"));
    }

    @Test
    void saysThatTheSessionEndedAndLeadsBackToThePageThatWasWanted() throws Exception {
        logIn(ana.username(), PASSWORD);
        jdbc.sql("delete from spring_session where principal_name = :id")
                .param("id", String.valueOf(ana.id()))
                .update();

        var refused = get("/envios?desde=aqui");
        assertThat(refused.headers().firstValue("Location"))
                .hasValueSatisfying(where -> assertThat(where).endsWith("/login?vencida"));
        assertThat(get("/login?vencida").body()).contains("Su sesión terminó");

        assertThat(logIn(ana.username(), PASSWORD).headers().firstValue("Location"))
                .hasValueSatisfying(where -> assertThat(where).endsWith("/envios?desde=aqui"));
    }

    @Test
    void makesAPartOfAPageLoadTheWholeOfItWhenTheSessionEnded() throws Exception {
        var answer = http.send(request("/envios").header("HX-Request", "true").build(), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("HX-Refresh")).hasValue("true");
    }

    @Test
    void leadsNowhereElseWhateverTheCookieSays() throws Exception {
        for (var target : new String[] {
            "https://mala.example/robo",
            "//mala.example/robo",
            "https:///mala.example",
            "javascript:alert(1)",
            "\\\\mala"
        }) {
            var forged = new HttpCookie(
                    "REDIRECT_URI", Base64.getEncoder().encodeToString(target.getBytes(StandardCharsets.UTF_8)));
            forged.setPath("/");
            forged.setVersion(0);
            cookies.getCookieStore().add(URI.create("http://127.0.0.1:" + port + "/"), forged);

            var where = logIn(ana.username(), PASSWORD)
                    .headers()
                    .firstValue("Location")
                    .orElse("");

            assertThat(URI.create("http://127.0.0.1:" + port + "/").resolve(where))
                    .as(target)
                    .hasHost("127.0.0.1")
                    .hasScheme("http");
        }
        assertThat(logIn(ana.username(), PASSWORD).headers().firstValue("Location"))
                .hasValueSatisfying(where -> assertThat(where).doesNotContain("mala"));
    }

    @Test
    void leadsNowhereElseWhateverTheAddressAndTheRefererSay() throws Exception {
        var form = "username=" + encoded(ana.username()) + "&password=" + encoded(PASSWORD) + "&_csrf="
                + encoded(token()) + "&continue=" + encoded("//mala.example");

        var answer = http.send(
                request("/login?continue=//mala.example&redirect=https://mala.example")
                        .header("Referer", "https://mala.example/")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(URI.create("http://127.0.0.1:" + port + "/").resolve(where(answer)))
                .isEqualTo(URI.create("http://127.0.0.1:" + port + "/"));
    }

    @Test
    void makesWhoGuessesWaitLongerAndLonger() throws Exception {
        for (var attempt = 1; attempt < 5; attempt++) {
            assertThat(where(logIn(ana.username(), "equivocada"))).endsWith("/login?error");
        }
        assertThat(where(logIn(ana.username(), "equivocada"))).endsWith("/login?error");

        assertThat(seconds(logIn(ana.username(), PASSWORD))).isBetween(1, 30);
        assertThat(get("/login?espera=30").body()).contains("Espere 30 segundos");
        assertThat(get("/login?espera=90").body()).contains("Espere 2 minutos");
        assertThat(get("/login?espera=60").body()).contains("Espere un minuto");

        timeGoesBy();
        logIn(ana.username(), "equivocada");
        assertThat(seconds(logIn(ana.username(), PASSWORD))).isBetween(31, 60);

        // another account from the same address is not held back
        var luis = accounts.create("luis" + System.nanoTime(), "Luis", PASSWORD, Set.of(Role.STAFF));
        assertThat(where(logIn(luis.username(), PASSWORD))).doesNotContain("login");

        timeGoesBy();
        assertThat(where(logIn(ana.username(), PASSWORD))).doesNotContain("login");
        assertThat(where(logIn(ana.username(), "equivocada"))).endsWith("/login?error");
        assertThat(where(logIn(ana.username(), PASSWORD))).doesNotContain("login");
    }

    @Test
    void aStrangerWhoKnowsTheNameDoesNotLockItsOwnerOut() throws Exception {
        assertThat(where(logIn(ana.username(), PASSWORD))).doesNotContain("login");
        for (var attempt = 0; attempt < 20; attempt++) {
            logInFrom("203.0.113." + attempt, ana.username(), "equivocada");
        }

        assertThat(seconds(logInFrom("198.51.100.1", ana.username(), "equivocada")))
                .as("guesses from everywhere are slowed down")
                .isPositive();
        assertThat(where(logIn(ana.username(), PASSWORD)))
                .as("where she has logged in before")
                .doesNotContain("login");
    }

    @Test
    void countsTheAddressThatTheProxySawWhateverElseIsClaimed() throws Exception {
        for (var attempt = 0; attempt < 5; attempt++) {
            assertThat(where(logInFrom("203.0.113." + attempt + ", 10.0.0.7", ana.username(), "equivocada")))
                    .endsWith("/login?error");
        }

        assertThat(seconds(logInFrom("203.0.113.99, 10.0.0.7", ana.username(), PASSWORD)))
                .as("the same one in the office, who claims to come from elsewhere")
                .isPositive();
        assertThat(where(logInFrom("10.0.0.8", ana.username(), PASSWORD)))
                .as("somebody else in the office")
                .doesNotContain("login");
    }

    @Test
    void tellsWhoCannotBeAttendedToInsteadOfLettingThemWaitWithoutEnd() throws Exception {
        var token = token();

        transaction.executeWithoutResult(status -> {
            // what a password is compared with cannot be read: those that are being looked at do not come to an end
            jdbc.sql("lock table account in access exclusive mode").update();
            var answer = (HttpResponse<?>) CompletableFuture.anyOf(IntStream.range(0, 3)
                            .mapToObj(n ->
                                    http.sendAsync(login(ana.username(), PASSWORD, token), BodyHandlers.ofString()))
                            .toArray(CompletableFuture[]::new))
                    .join();
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
            assertThat(String.valueOf(answer.body())).contains("no alcanza a atender a todos");
        });
    }

    @Test
    void writesDownWhoLoggedInAndForWhomSomebodyTried() throws Exception {
        logIn(ana.username(), "equivocada");
        logIn(ana.username(), PASSWORD);
        for (var attempt = 0; attempt < 7; attempt++) {
            logIn(ana.username(), "equivocada");
        }
        logIn("nadie", "equivocada");

        assertThat(jdbc.sql(
                                "select string_agg(actor || ' ' || action, ', ' order by id) from audit_entry where subject = :it")
                        .param("it", "login/" + ana.id())
                        .query(String.class)
                        .single())
                .isEqualTo("pregonero login.refused, " + ana.username() + " login.succeeded"
                        + ", pregonero login.refused".repeat(4) + ", pregonero login.locked");
        assertThat(jdbc.sql(
                                "select count(*) from audit_entry where subject like 'login/%' and action || actor || subject like '%nadie%'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void makesAnAddressWaitThatTriesManyAccounts() throws Exception {
        for (var attempt = 0; attempt < 20; attempt++) {
            assertThat(where(logIn("nadie" + attempt, "equivocada"))).endsWith("/login?error");
        }

        assertThat(seconds(logIn(ana.username(), PASSWORD))).isBetween(1, 30);
    }

    @Test
    void countsAttemptsThatComeAtOneTime() throws Exception {
        var token = token();
        var answers = IntStream.range(0, 12)
                .mapToObj(
                        attempt -> http.sendAsync(login(ana.username(), "equivocada", token), BodyHandlers.ofString()))
                .toList();

        assertThat(answers.stream().map(answer -> where(answer.join())).filter(where -> where.endsWith("/login?error")))
                .hasSize(5);
    }

    private void timeGoesBy() {
        jdbc.sql("update login_attempt set closed_until = now() where closed_until is not null")
                .update();
    }

    private int seconds(HttpResponse<String> answer) {
        var wait = Pattern.compile("/login\\?espera=(\\d+)$").matcher(where(answer));
        assertThat(wait.find()).as(where(answer)).isTrue();
        return Integer.parseInt(wait.group(1));
    }

    private static String where(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }

    private String session() {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("SESSION"))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElseThrow();
    }

    private HttpResponse<String> logIn(String user, String password) throws Exception {
        return http.send(login(user, password, token()), BodyHandlers.ofString());
    }

    /** As a proxy in front tells it. */
    private HttpResponse<String> logInFrom(String address, String user, String password) throws Exception {
        return http.send(
                HttpRequest.newBuilder(login(user, password, token()), (name, value) -> true)
                        .header("X-Forwarded-For", address)
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpRequest login(String user, String password, String token) {
        return request("/login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(
                        "username=" + encoded(user) + "&password=" + encoded(password) + "&_csrf=" + encoded(token)))
                .build();
    }

    private String token() throws Exception {
        var token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"")
                .matcher(get("/login").body());
        assertThat(token.find()).isTrue();
        return token.group(1);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Accept", "text/html")
                .header("Accept-Language", "es-CO");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
