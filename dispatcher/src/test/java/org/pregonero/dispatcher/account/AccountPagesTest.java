package org.pregonero.dispatcher.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pregonero.dispatcher.runtime.DataDirectory;
import org.pregonero.dispatcher.testing.HttpApi;
import org.pregonero.dispatcher.testing.HttpApi.Answer;
import org.pregonero.dispatcher.testing.HttpApi.Login;
import org.pregonero.dispatcher.testing.RunningApplication;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Accounts, passwords and keys through their pages. */
@RunningApplication
class AccountPagesTest {

    private static final String PASSWORD = "una frase que nadie adivina";

    @LocalServerPort
    int port;

    @Autowired
    DataDirectory data;

    @Autowired
    Accounts accounts;

    @Autowired
    JdbcClient jdbc;

    private HttpApi admin = new HttpApi(0, Login.NOBODY);

    @BeforeEach
    void logIn() {
        jdbc.sql("delete from login_attempt").update();
        admin = new HttpApi(port, data.resolve(""));
        admin.logIn();
    }

    @Test
    void givesAPasswordThatIsShownOnceAndMustBeChangedAtTheFirstLogIn() {
        var name = "lucia" + System.nanoTime();
        var created = admin.submit(
                "/usuarios", Map.of("username", name, "displayName", "Lucía <b>Paz</b>", "roles", "EVALUATOR"));
        assertThat(created.status()).isEqualTo(200);
        assertThat(created.text()).contains("muestra solo esta vez", name);
        var once = secret("one-time-password", created);
        assertThat(admin.page("/usuarios").text())
                .contains("Lucía &lt;b&gt;Paz&lt;/b&gt;", "falta que elija su contraseña")
                .doesNotContain(once);

        var lucia = person(name, once);
        assertThat(lucia.page("/envios").location()).endsWith("/cuenta/contrasena");
        assertThat(lucia.page("/cuenta").location()).endsWith("/cuenta/contrasena");
        var form = Map.of("current", once, "chosen", PASSWORD, "repeated", PASSWORD);
        assertThat(lucia.submit("/cuenta/contrasena", form).location()).endsWith("/cuenta");

        assertThat(lucia.page("/envios").status()).isEqualTo(200);
        assertThat(person(name, once).page("/envios").status()).isEqualTo(302);
        assertThat(person(name, PASSWORD).page("/envios").status()).isEqualTo(200);
        assertThat(jdbc.sql("select string_agg(action, ' ' order by id) from audit_entry where subject = :subject")
                        .param("subject", "account/" + id(name))
                        .query(String.class)
                        .single())
                .isEqualTo("account.create account.own-password");
        assertThat(jdbc.sql("select count(*) from audit_entry where after::text like '%' || :once || '%'")
                        .param("once", once)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "corta, corta, al menos 12 caracteres",
        "contraseña123, contraseña123, primeras que alguien probaría",
        "aaaaaaaaaaaa, aaaaaaaaaaaa, primeras que alguien probaría",
        "PERSONA-CON-NOMBRE-LARGO, PERSONA-CON-NOMBRE-LARGO, igual a su usuario",
        "una frase que nadie adivina, una frase que nadie adivina, misma que la actual",
        "otra frase que nadie sabe, otra frase que nadie sabía, No es igual a la contraseña nueva"
    })
    void refusesPasswordsThatAreEasyToGuess(String chosen, String repeated, String why) {
        jdbc.sql("update account set username = username || id where username = 'persona-con-nombre-largo'")
                .update();
        var person = accounts.create("persona-con-nombre-largo", "P", PASSWORD, Set.of(Role.STAFF));

        var refused = person(person.username(), PASSWORD)
                .submit("/cuenta/contrasena", Map.of("current", PASSWORD, "chosen", chosen, "repeated", repeated));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains(why).doesNotContain(PASSWORD);
        assertThat(accounts.withPassword(person.username(), PASSWORD)).isPresent();
    }

    @Test
    void countsAWrongCurrentPasswordLikeOneAtTheLogIn() {
        var person = accounts.create("ruth" + System.nanoTime(), "Ruth", PASSWORD, Set.of(Role.STAFF));
        var browser = person(person.username(), PASSWORD);
        var form = Map.of("current", "equivocada", "chosen", "otra frase larga", "repeated", "otra frase larga");
        for (var attempt = 0; attempt < 5; attempt++) {
            assertThat(browser.submit("/cuenta/contrasena", form).text()).contains("No es su contraseña actual");
        }

        assertThat(browser.submit("/cuenta/contrasena", form).text()).contains("demasiados intentos");
    }

    @Test
    void endsOtherSessionsWhenThePasswordIsChanged() {
        var person = accounts.create("eva" + System.nanoTime(), "Eva", PASSWORD, Set.of(Role.STAFF));
        var here = person(person.username(), PASSWORD);
        var elsewhere = person(person.username(), PASSWORD);
        var fresh = "otra frase que nadie sabe";

        here.submit("/cuenta/contrasena", Map.of("current", PASSWORD, "chosen", fresh, "repeated", fresh));

        assertThat(here.page("/envios").status()).isEqualTo(200);
        assertThat(elsewhere.page("/envios").location()).endsWith("/login?vencida");
    }

    @Test
    void shutsOutAtOnceWhomAnAdministratorShutsOut() {
        var person = accounts.create("raul" + System.nanoTime(), "Raúl", PASSWORD, Set.of(Role.EDITOR));
        var key = accounts.createApiKey(person.id(), "tablero");
        var path = "/usuarios/" + person.id();
        var browser = person(person.username(), PASSWORD);

        admin.submit(path + "/sesiones", Map.of());
        assertThat(browser.page("/envios").location()).endsWith("/login?vencida");

        var again = person(person.username(), PASSWORD);
        admin.submit(path + "/deshabilitar", Map.of());
        assertThat(again.page("/envios").location()).endsWith("/login?vencida");
        assertThat(person(person.username(), PASSWORD).page("/envios").location())
                .endsWith("/login");
        var program = new HttpApi(port, new Login(person.username(), "", key));
        assertThat(program.ask("GET", "/api/v1/plans", null).status()).isEqualTo(401);

        admin.submit(path + "/habilitar", Map.of());
        assertThat(person(person.username(), PASSWORD).page("/envios").status()).isEqualTo(200);
        assertThat(program.ask("GET", "/api/v1/plans", null).status()).isEqualTo(200);
        var once = secret("one-time-password", admin.submit(path + "/contrasena", Map.of()));
        assertThat(person(person.username(), PASSWORD).page("/envios").location())
                .endsWith("/login");
        assertThat(person(person.username(), once).page("/envios").location()).endsWith("/cuenta/contrasena");
    }

    @Test
    void keepsTheLastAdministrator() {
        var id = id("admin");
        var form =
                new LinkedHashMap<>(Map.of("version", version(id), "displayName", "Administración", "roles", "EDITOR"));

        var refused = admin.submit("/usuarios/" + id, form);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("último administrador");
        admin.submit("/usuarios/" + id + "/deshabilitar", Map.of());
        assertThat(admin.page("/usuarios/" + id).text()).contains("último administrador");
        assertThat(accounts.find(id).orElseThrow())
                .satisfies(account -> assertThat(account.disabled()).isFalse())
                .satisfies(account -> assertThat(account.roles()).containsExactly(Role.ADMIN));

        var second = accounts.create("segunda" + System.nanoTime(), "Segunda", PASSWORD, Set.of(Role.ADMIN));
        assertThat(admin.submit("/usuarios/" + id, form).status()).isEqualTo(302);
        assertThat(admin.page("/usuarios").status()).isEqualTo(403);
        jdbc.sql("update account set roles = '{ADMIN}' where id = :id")
                .param("id", id)
                .update();
        jdbc.sql("update account set disabled = true where id = :id")
                .param("id", second.id())
                .update();
    }

    @Test
    void doesNotOverwriteWhatSomebodyElseChangedMeanwhile() {
        var person = accounts.create("ines" + System.nanoTime(), "Inés", PASSWORD, Set.of(Role.STAFF));
        var path = "/usuarios/" + person.id();
        var version = version(person.id());
        admin.submit(path, Map.of("version", version, "displayName", "Ines Gil", "roles", "EDITOR"));

        var late = admin.submit(path, Map.of("version", version, "displayName", "Ines Gomez", "roles", "STAFF"));

        assertThat(late.status()).isEqualTo(409);
        assertThat(late.text())
                .contains("Alguien más lo cambió", "admin guardó un cambio", "Ines Gil", "value=\"Ines Gomez\"");
        assertThat(accounts.find(person.id()).orElseThrow().displayName()).isEqualTo("Ines Gil");
        var next = Pattern.compile("name=\"version\" value=\"(\\d+)\"").matcher(late.text());
        assertThat(next.find()).isTrue();
        admin.submit(path, Map.of("version", next.group(1), "displayName", "Ines Gomez", "roles", "STAFF"));
        assertThat(accounts.find(person.id()).orElseThrow().displayName()).isEqualTo("Ines Gomez");
    }

    @Test
    void takesNothingButWhatTheFormsOffer() {
        var person = accounts.create("omar" + System.nanoTime(), "Omar", PASSWORD, Set.of(Role.STAFF));
        var browser = person(person.username(), PASSWORD);
        var before = accounts.find(person.id()).orElseThrow();

        browser.submit(
                "/cuenta/contrasena",
                Map.of("current", "equivocada", "chosen", "x", "repeated", "x", "roles", "ADMIN", "id", "1"));
        assertThat(browser.submit(
                                "/usuarios/" + person.id(),
                                Map.of("version", "0", "displayName", "X", "roles", "ADMIN"))
                        .status())
                .isEqualTo(403);
        assertThat(accounts.find(person.id()).orElseThrow()).isEqualTo(before);
        assertThat(admin.submit("/usuarios", Map.of("username", "a b", "displayName", " "))
                        .text())
                .contains("solo puede tener letras", "Escriba el nombre", "Elija al menos un rol");
        assertThat(admin.submit(
                                "/usuarios",
                                Map.of("username", person.username(), "displayName", "Otro", "roles", "STAFF"))
                        .text())
                .contains("Ya hay un usuario con ese nombre", "value=\"Otro\"");
    }

    @Test
    void makesKeysForWhatIsChosenAndRevokesOnlyOnesOwn() {
        var person = accounts.create("sara" + System.nanoTime(), "Sara", PASSWORD, Set.of(Role.EDITOR));
        var browser = person(person.username(), PASSWORD);

        var made = browser.submit("/cuenta/claves", Map.of("name", "Tablero <i>", "scopes", "READ"));
        var key = secret("api-key", made);
        assertThat(browser.page("/cuenta").text())
                .contains("Tablero &lt;i&gt;", "nunca")
                .doesNotContain(key);
        var program = new HttpApi(port, new Login(person.username(), "", key));
        assertThat(program.ask("GET", "/api/v1/plans", null).status()).isEqualTo(200);
        assertThat(program.ask("POST", "/api/v1/occurrences/0/pause", null).text())
                .contains("no sirve para cambiar algo");

        var id = accounts.keys(person.id()).get(0).id();
        var other = accounts.create("otro" + System.nanoTime(), "Otro", PASSWORD, Set.of(Role.EDITOR));
        assertThat(person(other.username(), PASSWORD)
                        .submit("/cuenta/claves/" + id + "/revocar", Map.of())
                        .status())
                .isEqualTo(404);
        assertThat(program.ask("GET", "/api/v1/plans", null).status()).isEqualTo(200);
        browser.submit("/cuenta/claves/" + id + "/revocar", Map.of());
        assertThat(program.ask("GET", "/api/v1/plans", null).status()).isEqualTo(401);
        assertThat(browser.submit("/cuenta/claves", Map.of("name", "Sin nada")).text())
                .contains("Elija para qué sirve la clave", "value=\"Sin nada\"");
    }

    private HttpApi person(String username, String password) {
        var browser = new HttpApi(port, new Login(username, password, ""));
        browser.logIn();
        return browser;
    }

    private long id(String username) {
        return jdbc.sql("select id from account where username = :username")
                .param("username", username)
                .query(Long.class)
                .single();
    }

    private String version(long id) {
        return String.valueOf(accounts.find(id).orElseThrow().version());
    }

    private static String secret(String id, Answer page) {
        var secret = Pattern.compile("id=\"" + id + "\">([^<]+)<").matcher(page.text());
        assertThat(secret.find()).as(page.text()).isTrue();
        return secret.group(1);
    }
}
