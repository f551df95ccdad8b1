package org.pregonero.dispatcher.sandbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pregonero.dispatcher.account.Accounts;
import org.pregonero.dispatcher.account.Role;
import org.pregonero.dispatcher.runtime.DataDirectory;
import org.pregonero.dispatcher.sandbox.FailureScript.Trouble;
import org.pregonero.dispatcher.sandbox.Sandbox;
import org.pregonero.dispatcher.testing.HttpApi;
import org.pregonero.dispatcher.testing.RunningApplication;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;

/** The tray in a browser's hands. */
@RunningApplication
class SandboxPagesTest {

    private static final String ANA = "+573001234567";

    @LocalServerPort
    int port;

    @Autowired
    DataDirectory data;

    @Autowired
    Environment environment;

    @Autowired
    Sandbox sandbox;

    @Autowired
    Accounts accounts;

    private HttpApi browser = new HttpApi(0, Path.of(""));

    @BeforeEach
    void logIn() {
        browser = new HttpApi(port, data.path());
        browser.logIn();
    }

    @Test
    void showsAMailWithItsPictureAndNothingOfItRuns() throws Exception {
        Path mails = Files.createDirectories(sandbox.mailbox().directory());
        Files.writeString(mails.resolve("1700000000000-000001.eml"), """
                Return-Path: <rebotes@entidad.example>
                Delivered-To: <ana@example.org>
                From: =?UTF-8?Q?Alcald=C3=ADa?= <a@entidad.example>
                Subject: =?UTF-8?Q?Rendici=C3=B3n?=
                MIME-Version: 1.0
                Content-Type: multipart/related; boundary=b

                --b
                Content-Type: text/html; charset=utf-8

                <html><head></head><body><script>alert(1)</script><img src="cid:logo" alt="Logo"></body></html>
                --b
                Content-Type: image/png
                Content-ID: <logo>
                Content-Transfer-Encoding: base64

                aG9sYQ==
                --b--
                """.replace("\n", "\r\n"));

        String page = browser.page("/sandbox?canal=EMAIL").text();
        assertThat(page).contains("Rendición", "ana@example.org", "Alcaldía").doesNotContain("??", "alert(1)");
        var anonymous = HttpClient.newHttpClient();
        var address = URI.create("http://127.0.0.1:" + port + "/sandbox/correo/1700000000000-000001/html");
        assertThat(anonymous
                        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(302);
        var mail = browser.response("/sandbox/correo/1700000000000-000001/html");
        assertThat(mail.body()).contains("src=\"data:image/png;base64,aG9sYQ==\"");
        assertThat(mail.headers().allValues("Content-Security-Policy"))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("sandbox ")
                .contains("default-src 'none'", "frame-ancestors 'self'");
    }

    @Test
    void showsABubbleAndFindsItsReader() throws Exception {
        text("Los esperamos <mañana>");

        String all = browser.page("/sandbox?canal=SMS").text();
        assertThat(all).contains("Los esperamos &lt;mañana&gt;", ANA).doesNotContain("??");
        browser.submit("/sandbox/buscar", Map.of("direccion", "3001234567", "_csrf", token(all)));
        var key = Pattern.compile("quien=([0-9a-f]{16})").matcher(all);
        assertThat(key.find()).isTrue();
        assertThat(browser.page("/sandbox?quien=" + key.group(1)).text()).contains("Los esperamos");
        assertThat(browser.page("/sandbox?quien=0000000000000000").text()).doesNotContain("Los esperamos");
    }

    @Test
    void takesAReplyAndTellsWhatCameOfIt() throws Exception {
        text("¿Asistirá?");
        var link = Pattern.compile("/sandbox/conversacion/[0-9A-Z-]+")
                .matcher(browser.page("/sandbox?canal=SMS").text());
        assertThat(link.find()).isTrue();
        String conversation = browser.page(link.group()).text();

        browser.submit(link.group(), Map.of("texto", "Sí, iré", "_csrf", token(conversation)));

        assertThat(browser.page(link.group()).text())
                .contains("Sí, iré", "bubble SMS theirs", "Pregonero")
                .doesNotContain("??");
    }

    @Test
    void playsAFailureScriptThatMakesSenseAndRefusesAnother() {
        String page = browser.page("/sandbox/fallas").text();
        assertThat(page).contains("Provocar fallas").doesNotContain("??");

        browser.submit(
                "/sandbox/fallas",
                Map.of(
                        "canal",
                        "X",
                        "problema",
                        "RATE_LIMIT",
                        "solicitudes",
                        "2",
                        "espera",
                        "5",
                        "_csrf",
                        token(page)));
        browser.submit("/sandbox/fallas", Map.of("canal", "EMAIL", "invalidos", "101", "_csrf", token(page)));

        assertThat(sandbox.scripts().of("X").trouble()).isEqualTo(Trouble.RATE_LIMIT);
        assertThat(sandbox.scripts().of("X").retryAfter()).isEqualTo(5);
        assertThat(sandbox.scripts().of("EMAIL").invalid()).isZero();
    }

    @Test
    void letsEverybodyWithAnAccountLookAndOnlyTheOfficeAct() {
        accounts.create("evaluadora", "Evaluadora", "una clave de prueba", Set.of(Role.EVALUATOR));
        var evaluator = new HttpApi(port, new HttpApi.Login("evaluadora", "una clave de prueba", ""));
        evaluator.logIn();
        String page = evaluator.page("/sandbox/fallas").text();

        assertThat(evaluator
                        .submit("/sandbox/buscar", Map.of("direccion", "nadie", "_csrf", token(page)))
                        .status())
                .isEqualTo(302);
        assertThat(evaluator
                        .submit("/sandbox/fallas", Map.of("canal", "SMS", "invalidos", "50", "_csrf", token(page)))
                        .status())
                .isEqualTo(403);
        assertThat(sandbox.scripts().of("SMS").invalid()).isZero();
    }

    @Test
    void saysOnEveryPageThatNothingLeaves() {
        assertThat(new HttpApi(port, data.path()).page("/login").text()).contains("nada sale de esta máquina");
        assertThat(browser.page("/envios").text())
                .containsPattern("<body>\\s*<aside class=\"sandbox-banner\">Modo de prueba: nada sale de esta máquina");
    }

    private void text(String body) throws Exception {
        String prefix = "pregonero.channels.twilio.";
        String account = environment.getRequiredProperty(prefix + "account-sid");
        String login = account + ":" + environment.getRequiredProperty(prefix + "auth-token");
        var form = Map.of(
                "To", ANA, "From", environment.getRequiredProperty("pregonero.channels.sms.sender"), "Body", body);
        var request = HttpRequest.newBuilder(URI.create(environment.getRequiredProperty(prefix + "base-url")
                        + "/2010-04-01/Accounts/" + account + "/Messages.json"))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form.entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"))));
        assertThat(HttpClient.newHttpClient()
                        .send(request.build(), BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(201);
    }

    private static String token(String page) {
        var token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(page);
        assertThat(token.find()).isTrue();
        return token.group(1);
    }
}
