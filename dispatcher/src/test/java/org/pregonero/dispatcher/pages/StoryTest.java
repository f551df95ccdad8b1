package org.pregonero.dispatcher.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.pregonero.dispatcher.runtime.DataDirectory;
import org.pregonero.dispatcher.testing.Browser;
import org.pregonero.dispatcher.testing.Browser.Visitor;
import org.pregonero.dispatcher.testing.HttpApi;
import org.pregonero.dispatcher.testing.RunningApplication;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The office's whole story, in a browser: from the plan's table to "whom did we reach". Beatriz writes, Luis approves, Eva
 * evaluates. One chapter after the other: each begins where the one before ended.
 */
@RunningApplication
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("once")
class StoryTest {

    private static final String PASSWORD = "cuatro palabras sin relación";
    private static final LocatorAssertions.ContainsTextOptions PATIENTLY =
            new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);

    @LocalServerPort
    int port;

    @Autowired
    DataDirectory data;

    @Autowired
    JdbcClient jdbc;

    private final Map<String, Visitor> windows = new LinkedHashMap<>();
    private String message = "";
    private String sending = "";

    @BeforeAll
    void openWindows() {
        for (var who : new String[] {"admin", "beatriz", "luis", "eva"}) {
            windows.put(who, Browser.visit(port));
        }
    }

    @AfterAll
    void closeWindows() {
        windows.values().forEach(Visitor::close);
    }

    @Test
    @Order(1)
    void theAdministratorNamesTheInstitutionAndGivesAccounts() throws IOException {
        var admin = window("admin");
        var login = HttpApi.firstLogin(data.path());
        admin.open("/");
        admin.page.locator("#username").fill(login.user());
        admin.page.locator("#password").fill(login.password());
        admin.press("Ingresar");
        assertThat(admin.page.locator("h1")).containsText("Hola");

        admin.follow("Ajustes");
        var form = admin.page.locator("#institution");
        form.locator("#name").fill("Instituto de Fomento <i>Prueba</i>");
        form.locator("button.primary").click();
        assertThat(admin.page.locator(".notices")).containsText("guard");

        account("beatriz", "Beatriz Gómez", "EDITOR", "APPROVER");
        account("luis", "Luis Rojas", "APPROVER");
        account("eva", "Eva Cárdenas", "EVALUATOR");
    }

    @Test
    @Order(2)
    void thePlanComesInAndAWrongFileIsRefused() throws IOException {
        var beatriz = window("beatriz");
        beatriz.follow("Plan");
        beatriz.follow("Importar un plan");
        beatriz.page
                .locator("#file")
                .setInputFiles(new FilePayload(
                        "plan.xlsx", "application/octet-stream", "esto no es Excel".getBytes(StandardCharsets.UTF_8)));
        beatriz.press("Subir y revisar");
        assertThat(beatriz.page.locator("[role=alert]")).isVisible();

        beatriz.page.locator("#file").setInputFiles(Path.of("src/main/resources/demo/plan-de-comunicaciones.xlsx"));
        beatriz.press("Subir y revisar");
        assertThat(beatriz.page.locator("[aria-current=step]")).containsText("Revisar");
        beatriz.press("Confirmar e importar");
        assertThat(beatriz.page.locator("main")).containsText("Correo");

        beatriz.follow("Agregar un evento");
        beatriz.page.locator("#name").fill("Audiencia pública");
        beatriz.page
                .locator("#date")
                .fill(LocalDate.now(ZoneId.of("America/Bogota")).plusDays(30).toString());
        beatriz.page.locator("#from").fill("08:00");
        beatriz.page.locator("#to").fill("11:00");
        beatriz.page.locator("#place").fill("Auditorio");
        beatriz.press("Guardar");
        assertThat(beatriz.page.locator("main")).containsText("Audiencia pública");
    }

    @Test
    @Order(3)
    void peopleComeInWithTheirProblemsShown() {
        var beatriz = window("beatriz");
        beatriz.open("/personas/importar");
        beatriz.page.locator("#file").setInputFiles(new FilePayload("lideres.csv", "text/csv", """
                Nombre;Correo electrónico;Celular;Grupo de interés;Autoriza tratamiento de datos;Fecha autorización
                Ana <script>alert(1)</script> Ruiz;ana@correo.example;3001234567;Líderes;Sí;15/03/2026
                Berta Díaz;berta@correo.example;3001234568;Líderes;Sí;15/03/2026
                Carlos Gil;carlos@correo.example;;Líderes;No;
                Diego Paz;diego@;300;Líderes;Sí;15/03/2026
                """.getBytes(
                        StandardCharsets.UTF_8)));
        beatriz.press("Subir y revisar");
        assertThat(beatriz.page.locator("#review")).isVisible();
        assertThat(beatriz.page.locator("main")).containsText("diego@");
        beatriz.page.locator("#evidence").fill("Formatos firmados, carpeta 12");
        beatriz.page.locator("#review button.primary").click();
        assertThat(beatriz.page.locator("main .success")).isVisible();

        beatriz.open("/publicos");
        assertThat(beatriz.page.locator("main")).containsText("Líderes");
    }

    @Test
    @Order(4)
    void anInvitationIsWrittenAndScheduled() {
        var beatriz = window("beatriz");
        beatriz.open("/mensajes/nuevo");
        beatriz.page.locator("#title").fill("Invitación a la audiencia");
        beatriz.page.getByLabel("Líderes").check();
        beatriz.press("Correo electrónico");
        beatriz.page.locator("[id='EMAIL.subject']").fill("Le invitamos, {{nombre}}");
        beatriz.page.locator("[id='EMAIL.body']").fill("Hola, {{nombre}}. Rendimos cuentas.");
        beatriz.press("Ver cómo queda");
        var look = beatriz.page.frameLocator("iframe[name='vista-EMAIL']");
        assertThat(look.locator("body")).containsText("Le invitamos, Ana");
        beatriz.page.locator("#mensaje button.primary").click();
        assertThat(beatriz.page.locator("h1")).containsText("Invitación a la audiencia");
        message = path(beatriz.page);

        beatriz.open(message + "/programar");
        beatriz.page.locator("input[name=when][value=NOW]").check();
        beatriz.page.locator("input[name=override]").check();
        beatriz.page.locator("#reason").fill("Ensayo general con la oficina");
        beatriz.press("Programar y pedir aprobación");
        assertThat(beatriz.page.locator("main")).containsText("espera aprobación");
        sending = jdbc.sql("select '/envios/' || max(id) from occurrence")
                .query(String.class)
                .single();
    }

    @Test
    @Order(5)
    void nobodyApprovesTheirOwnMessage() {
        var beatriz = window("beatriz");
        beatriz.open(sending + "/aprobacion");
        assertThat(beatriz.page.locator("#respuesta")).containsText("lo aprueba otra persona");
        assertThat(beatriz.page.locator("#aprobar")).hasCount(0);
        // not by asking all the same either
        beatriz.page.evaluate(
                "path => { const form = document.createElement('form'); form.method = 'post'; form.action = path;"
                        + " form.append(document.querySelector('input[name=_csrf]').cloneNode()); document.body.append(form);"
                        + " form.submit(); }",
                sending + "/aprobacion");
        assertThat(beatriz.page.locator("main")).containsText("otra persona");
        assertThat(state()).isEqualTo("AWAITING_APPROVAL");
    }

    @Test
    @Order(6)
    void twoPeopleEditAtOnceAndNothingIsLost() {
        var beatriz = window("beatriz");
        var luis = window("luis");
        beatriz.open(message + "/editar");
        luis.open(message + "/editar");
        luis.page.locator("[id='EMAIL.subject']").fill("Audiencia: le invitamos, {{nombre}}");
        luis.page.locator("#mensaje button.primary").click();
        assertThat(luis.page.locator("h1")).containsText("Invitación a la audiencia");

        beatriz.page.locator("[id='EMAIL.subject']").fill("Venga, {{nombre}}");
        beatriz.page.locator("#mensaje button.primary").click();
        assertThat(beatriz.page.locator("main [role=alert]").first()).containsText("Luis Rojas");
        assertThat(beatriz.page.locator("[id='EMAIL.subject']")).hasValue("Venga, {{nombre}}");
        beatriz.page.locator("#mensaje button.primary").click();
        assertThat(beatriz.page.locator("h1")).containsText("Invitación a la audiencia");
    }

    @Test
    @Order(7)
    void anEditVoidsAnApproval() {
        // at a later time, so that it does not leave at once; Luis wrote a version of the first one
        var beatriz = window("beatriz");
        beatriz.open("/mensajes/nuevo");
        beatriz.page.locator("#title").fill("Recordatorio");
        beatriz.page.getByLabel("Líderes").check();
        beatriz.press("Correo electrónico");
        beatriz.page.locator("[id='EMAIL.subject']").fill("Recuerde la audiencia");
        beatriz.page.locator("[id='EMAIL.body']").fill("Hola, {{nombre}}.");
        beatriz.page.locator("#mensaje button.primary").click();
        assertThat(beatriz.page.locator("h1")).containsText("Recordatorio");
        message = path(beatriz.page);
        beatriz.open(message + "/programar");
        beatriz.page.locator("input[name=when][value=AT]").check();
        beatriz.page
                .locator("#at")
                .fill(LocalDate.now(ZoneId.of("America/Bogota")).plusDays(3) + "T10:00");
        beatriz.press("Programar y pedir aprobación");
        sending = jdbc.sql("select '/envios/' || max(id) from occurrence")
                .query(String.class)
                .single();

        approve("luis");
        assertThat(state()).isEqualTo("SCHEDULED");
        beatriz.open(message + "/editar");
        beatriz.page.locator("[id='EMAIL.subject']").fill("Recuerde la audiencia.");
        beatriz.page.locator("#mensaje button.primary").click();
        assertThat(beatriz.page.locator("h1")).containsText("Recordatorio");
        assertThat(state()).isEqualTo("AWAITING_APPROVAL");
        beatriz.open(sending + "/aprobacion");
        assertThat(beatriz.page.locator("main")).containsText("se anuló porque el mensaje cambió");
    }

    @Test
    @Order(8)
    void whatIsApprovedGoesOutAndIsWatchedToItsEnd() {
        var beatriz = window("beatriz");
        beatriz.open(sending + "/reprogramar");
        beatriz.page.locator("input[name=when][value=NOW]").check();
        beatriz.page.locator("input[name=override]").check();
        beatriz.page.locator("#reason").fill("Ensayo general con la oficina");
        beatriz.page.locator("#cuando-form button.primary").click();
        beatriz.page.waitForLoadState();
        approve("luis");

        var luis = window("luis");
        luis.open(sending);
        // changes by itself
        assertThat(luis.page.locator("main")).containsText("terminado", PATIENTLY);
        assertThat(luis.page.locator("main")).containsText("aceptado");
        luis.open("/sandbox?canal=EMAIL");
        assertThat(luis.page.locator("main")).containsText("Recuerde la audiencia.");
        assertThat(luis.page.locator("main")).containsText("berta@correo.example");
        assertThat(luis.text()).doesNotContain("carlos@correo.example");
    }

    @Test
    @Order(9)
    void theEvaluatorReadsEverythingAndChangesNothing() {
        var eva = window("eva");
        eva.open(sending.replace("/envios/", "/alcance/"));
        assertThat(eva.page.locator("main")).containsText("Líderes");
        eva.open(sending + "/entregas");
        assertThat(eva.page.locator("main")).containsText("Berta Díaz");
        for (var path :
                new String[] {"/", "/planes", "/personas", "/mensajes", message, sending, "/canales", "/ajustes"}) {
            assertThat(eva.open(path)).as(path).isEqualTo(200);
            assertThat(eva.page
                            .locator("main form[method=post]:not([role=search]) button")
                            .all())
                    .extracting(button -> path + " " + button.innerText())
                    .isEmpty();
        }
        assertThat(eva.open("/mensajes/nuevo")).isEqualTo(403);
        assertThat(eva.page.locator("h1")).containsText("Sin permiso");
        assertThat(eva.open("/usuarios")).isEqualTo(403);
    }

    @Test
    @Order(10)
    void aSessionThatEndedLeadsBackToWhereOneWas() {
        var beatriz = window("beatriz");
        jdbc.sql("delete from spring_session").update();
        beatriz.open("/alcance");
        assertThat(beatriz.page.locator("main")).containsText("Su sesión terminó");
        beatriz.page.locator("#username").fill("beatriz");
        beatriz.page.locator("#password").fill(PASSWORD);
        beatriz.press("Ingresar");
        assertThat(beatriz.page).hasURL(Pattern.compile("/alcance(\\?.*)?$"));
    }

    @Test
    @Order(11)
    void whatWasSentAfterTheSessionEndedCanBeSentAgain() {
        var beatriz = window("beatriz");
        beatriz.open("/mensajes/nuevo");
        beatriz.page.locator("#title").fill("Lo que escribí un rato");
        sendWithoutSessionAndAgain(beatriz, "#mensaje");
        assertThat(beatriz.page.locator("#title")).hasValue("Lo que escribí un rato");
        assertThat(beatriz.page.locator("#borrador")).isHidden();

        // a form with a field called as a property of forms is
        beatriz.open("/publicos/nuevo");
        beatriz.page.locator("#name").fill("Un público con meta");
        beatriz.page.locator("#target").fill("20");
        sendWithoutSessionAndAgain(beatriz, "#audience");
        assertThat(beatriz.page.locator("main")).containsText("Un público con meta");
    }

    @Test
    @Order(12)
    void noPageComplained() {
        windows.forEach((who, window) -> assertThat(window.complaints()).as(who).isEmpty());
    }

    // --- steps -------------------------------------------------------------------------------------------------------

    private Visitor window(String who) {
        return java.util.Objects.requireNonNull(windows.get(who));
    }

    private void account(String user, String name, String... roles) {
        var admin = window("admin");
        admin.open("/usuarios");
        admin.page.locator("#username").fill(user);
        admin.page.locator("#displayName").fill(name);
        for (var role : roles) {
            admin.page.locator("#role-" + role).check();
        }
        admin.press("Crear usuario");
        var once = admin.page.locator("#one-time-password").innerText();

        var own = window(user);
        own.logIn(user, once);
        own.page.locator("#current").fill(once);
        own.page.locator("#chosen").fill(PASSWORD);
        own.page.locator("#repeated").fill(PASSWORD);
        own.press("Cambiar la contraseña");
        own.open("/");
        assertThat(own.page.locator("h1")).containsText(name);
    }

    private void sendWithoutSessionAndAgain(Visitor visitor, String form) {
        jdbc.sql("delete from spring_session").update();
        visitor.page.locator(form + " button.primary").click();
        assertThat(visitor.page.locator("main")).containsText("Su sesión terminó");
        visitor.page.locator("#username").fill("beatriz");
        visitor.page.locator("#password").fill(PASSWORD);
        visitor.press("Ingresar");
        visitor.press("Enviarlo otra vez");
    }

    private void approve(String who) {
        var approver = window(who);
        approver.open(sending + "/aprobacion");
        approver.page.locator("#aprobar").click();
        assertThat(approver.page.locator(".notices")).containsText("Aprobado");
    }

    private String state() {
        return jdbc.sql("select state from occurrence where id = :id")
                .param("id", Long.parseLong(sending.replace("/envios/", "")))
                .query(String.class)
                .single();
    }

    private static String path(Page page) {
        return page.url().replaceFirst("^https?://[^/]+", "").replaceFirst("[?#].*", "");
    }
}
