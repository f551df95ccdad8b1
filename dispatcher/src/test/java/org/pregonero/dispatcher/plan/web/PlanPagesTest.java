package org.pregonero.dispatcher.plan.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pregonero.dispatcher.account.Accounts;
import org.pregonero.dispatcher.account.Role;
import org.pregonero.dispatcher.plan.PlanEvent;
import org.pregonero.dispatcher.plan.PlanEventMoved;
import org.pregonero.dispatcher.plan.PlanView;
import org.pregonero.dispatcher.plan.PlannedAction;
import org.pregonero.dispatcher.plan.Plans;
import org.pregonero.dispatcher.plan.SeedPlans;
import org.pregonero.dispatcher.runtime.DataDirectory;
import org.pregonero.dispatcher.tabular.Upload;
import org.pregonero.dispatcher.testing.HttpApi;
import org.pregonero.dispatcher.testing.HttpApi.Answer;
import org.pregonero.dispatcher.testing.HttpApi.Login;
import org.pregonero.dispatcher.testing.PageForms;
import org.pregonero.dispatcher.testing.RunningApplication;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A plan in the hands of the office, by the forms of its pages. */
@RunningApplication
class PlanPagesTest {

    private static final String ATTACK = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";

    @LocalServerPort
    int port;

    @Autowired
    DataDirectory data;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Plans plans;

    @Autowired
    Accounts accounts;

    @Autowired
    ConfigurableApplicationContext application;

    private HttpApi browser = new HttpApi(0, Path.of(""));

    @BeforeEach
    void logIn() {
        jdbc.sql("delete from plan").update();
        jdbc.sql("delete from upload").update();
        browser = new HttpApi(port, data.path());
        browser.logIn();
    }

    @Test
    void aTableBecomesAPlanInThreeSteps() {
        String review = upload("plan.xlsx", Upload.real("plan-instituto-2023.xlsx"));
        String page = page(review);

        assertThat(page).contains("5 acciones").contains("Cartelera").contains("no nombra a: Ciudadanía");
        assertThat(plans.all()).isEmpty();

        Map<String, String> form = PageForms.fields(page);
        form.put("name", "Plan del segundo semestre");
        form.put("event-date", "2026-11-27");
        form.put("event-from", "09:00");
        form.put("event-to", "11:30");
        String doubtful = form.keySet().stream()
                .filter(key -> key.startsWith("cell-6-"))
                .findFirst()
                .orElseThrow();
        form.put(doubtful, "Funcionarios; Contratistas");
        assertThat(browser.submit(review, form).location()).endsWith(review);
        assertThat(page(review)).contains("Plan del segundo semestre").contains("Funcionarios; Contratistas");

        Answer confirmed = browser.submit(review + "/confirmar", form);

        PlanView plan = plans.view(plans.all().get(0).id()).orElseThrow();
        assertThat(confirmed.location()).endsWith("/planes/" + plan.id());
        assertThat(plan.name()).isEqualTo("Plan del segundo semestre");
        assertThat(plan.actions().get(1).says().audiences()).containsExactly("Funcionarios", "Contratistas");
        assertThat(plan.actions().get(1).says().channels()).contains("EMAIL", "INTERNAL");
        assertThat(plan.events()).hasSize(1);
        assertThat(plan.events().get(0).starts()).isEqualTo(Instant.parse("2026-11-27T14:00:00Z"));
        assertThat(page("/planes/" + plan.id())).contains("viernes 27 de noviembre de 2026");
        assertThat(count("upload")).isZero();
        assertThat(browser.page(review).status()).isEqualTo(404);
        assertThat(audited("plan.import", "plan/" + plan.id())).isOne();
    }

    @Test
    void whatIsNoActionStaysWithThePlan() {
        String review = upload("plan.csv", SeedPlans.csv("itagui"));
        assertThat(page(review)).contains("Públicos del plan", "Tareas a mano");
        Map<String, String> form = PageForms.fields(page(review));
        form.put("row-3", "NOTE");

        browser.submit(review + "/confirmar", form);

        PlanView plan = plans.view(plans.all().get(0).id()).orElseThrow();
        assertThat(plan.audiences()).hasSize(8).contains("Adultos mayores");
        assertThat(plan.notes()).hasSize(5);
        assertThat(page("/planes/" + plan.id()))
                .contains("Públicos del plan", "Adultos mayores", "Además dice el plan", "Garantizar la transparencia");
    }

    @Test
    void anEventWithoutItsTimesLosesNothingThatWasTyped() {
        String review = upload("plan.csv", SeedPlans.csv("ibal"));
        Map<String, String> form = PageForms.fields(page(review));
        form.put("name", "Mi nombre");
        form.put("event-name", "Audiencia");
        form.put("event-date", "2026-11-27");

        Answer answer = browser.submit(review + "/confirmar", form);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text()).contains("value=\"Mi nombre\"").contains("value=\"2026-11-27\"");
        assertThat(plans.all()).isEmpty();
    }

    static Stream<Arguments> wrongFiles() {
        return Stream.of(
                Arguments.of("nothing", new byte[0], "Elija el archivo"),
                Arguments.of("PDF", "%PDF-1.7".getBytes(StandardCharsets.US_ASCII), "parece PDF"),
                Arguments.of("page", "<html>x".getBytes(StandardCharsets.US_ASCII), "página web"),
                Arguments.of("no plan", "Pieza;Precio\nA;1\n".getBytes(StandardCharsets.UTF_8), "No se reconoció"),
                Arguments.of(
                        "hostile XML",
                        Upload.changed(
                                Upload.workbook(new String[][] {{"Acción", "Mes"}, {"Ana", "x"}}),
                                sheet -> sheet.replace(
                                        "<worksheet",
                                        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><worksheet")),
                        "DTD"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongFiles")
    void aWrongFileIsAnsweredOnThePage(String what, byte[] content, String says) {
        Answer answer = browser.submitFile("/planes/importar", "plan.xlsx", content);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text()).contains(says).contains("id=\"file-error\"");
        assertThat(count("upload")).isZero();
    }

    @Test
    void somebodyElsesUploadDoesNotExist() {
        String review = upload("plan.csv", SeedPlans.csv("ibal"));
        Login other = new Login("otra", "una clave larga y ajena", "");
        accounts.create("otra", "Otra Persona", other.password(), Set.of(Role.EDITOR));
        HttpApi stranger = new HttpApi(port, other);
        stranger.logIn();

        assertThat(stranger.page(review).status()).isEqualTo(404);
        assertThat(stranger.submit(review, Map.of("name", "Suyo")).status()).isEqualTo(404);
        assertThat(stranger.submit(review + "/confirmar", Map.of()).status()).isEqualTo(404);
        stranger.submit(review + "/descartar", Map.of());
        assertThat(page(review)).doesNotContain("Suyo");
    }

    @Test
    void anActionIsEditedByOnePersonAtATime() {
        PlannedAction action = imported().actions().get(0);
        String path = "/planes/" + action.planId() + "/acciones/" + action.id();
        Map<String, String> mine = PageForms.fields(page(path));
        Map<String, String> theirs = new HashMap<>(mine);
        theirs.put("name", "De la otra persona");
        mine.put("name", "Lo que yo escribí");
        mine.put("responsible", "Ana\n\n Luis ");

        assertThat(browser.submit(path, theirs).status()).isEqualTo(302);
        Answer refused = browser.submit(path, mine);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text()).contains("De la otra persona").contains("cambió esto mientras");
        assertThat(PageForms.fields(refused.text())).containsEntry("name", "Lo que yo escribí");
        assertThat(plans.action(action.id()).orElseThrow().says().name()).isEqualTo("De la otra persona");

        mine.put("version", PageForms.fields(refused.text()).get("version"));
        assertThat(browser.submit(path, mine).status()).isEqualTo(302);
        assertThat(plans.action(action.id()).orElseThrow().says().responsible()).containsExactly("Ana", "Luis");
        assertThat(audited("action.change", "action/" + action.id())).isEqualTo(2);
    }

    @Test
    void anActionCanBeAddedAndTakenAway() {
        PlanView plan = imported();
        String path = "/planes/" + plan.id() + "/acciones";

        Answer invalid = browser.submit(path, Map.of("name", " ", "description", "Se conserva", "version", "0"));
        assertThat(invalid.status()).isEqualTo(422);
        assertThat(invalid.text()).contains("Escriba el nombre de la acción").contains("Se conserva");

        Answer added = browser.submit(path, Map.of("name", "Perifoneo", "version", "0"));
        long id = Long.parseLong(added.location().replaceAll(".*/", ""));
        assertThat(plans.action(id).orElseThrow().says().channels()).containsExactly("BY_HAND");
        assertThat(page("/planes/" + plan.id())).contains("Perifoneo");

        browser.submit(path + "/" + id + "/quitar", Map.of("version", "0"));
        assertThat(plans.action(id)).isEmpty();
    }

    @Test
    void anEventThatMovesIsAnnounced() {
        List<PlanEventMoved> heard = new ArrayList<>();
        application.addApplicationListener((PayloadApplicationEvent<?> event) -> {
            if (event.getPayload() instanceof PlanEventMoved moved) {
                heard.add(moved);
            }
        });
        PlanView plan = imported();
        String path = "/planes/" + plan.id() + "/eventos";
        Map<String, String> form = new HashMap<>(
                Map.of("name", "Audiencia", "date", "2026-11-27", "from", "09:00", "to", "08:00", "version", "0"));
        assertThat(browser.submit(path, form).text()).contains("terminar después de empezar");
        form.put("to", "11:00");
        form.put("link", "javascript:alert(1)");
        assertThat(browser.submit(path, form).status()).isEqualTo(422);
        form.remove("link");
        assertThat(browser.submit(path, form).status()).isEqualTo(302);
        long event = plans.view(plan.id()).orElseThrow().events().get(0).id();

        form.put("place", "Auditorio");
        browser.submit(path + "/" + event, form);
        assertThat(heard).isEmpty();
        form.put("date", "2026-12-04");
        form.put("version", "1");
        browser.submit(path + "/" + event, form);

        assertThat(heard)
                .containsExactly(new PlanEventMoved(
                        event, Instant.parse("2026-11-27T14:00:00Z"), Instant.parse("2026-12-04T14:00:00Z")));
        browser.submit(path + "/" + event + "/quitar", Map.of());
        assertThat(plans.view(plan.id()).orElseThrow().events()).isEmpty();
    }

    @Test
    void anEventsHoursAreTheInstitutions() {
        PlanView plan = imported();
        jdbc.sql("update institution set zone = 'America/Caracas'").update();
        try {
            browser.submit(
                    "/planes/" + plan.id() + "/eventos",
                    Map.of("name", "Audiencia", "date", "2026-11-27", "from", "09:00", "to", "10:00", "version", "0"));
        } finally {
            jdbc.sql("update institution set zone = null").update();
        }

        assertThat(plans.view(plan.id()).orElseThrow().events())
                .extracting(PlanEvent::starts)
                .containsExactly(Instant.parse("2026-11-27T13:00:00Z"));
    }

    @Test
    void stagesAreTheInstitutionsOwn() {
        PlanView plan = imported("infimanizales");
        String path = "/planes/" + plan.id() + "/etapas";
        Map<String, String> form = PageForms.fields(page(path));
        form.put("stages[0].name", "Arranque");
        form.put("stages[0].manual", "APRESTAMIENTO");
        form.put("stages[6].name", "Cierre");
        form.put("stages[6].element", "RESPONSABILIDAD");

        assertThat(browser.submit(path, form).status()).isEqualTo(302);

        PlanView after = plans.view(plan.id()).orElseThrow();
        assertThat(after.stages()).hasSize(7);
        assertThat(after.stages().get(0).name()).isEqualTo("Arranque");
        assertThat(after.stages().get(0).actions()).isEqualTo(5);
        assertThat(after.stages().get(6).name()).isEqualTo("Cierre");
        assertThat(browser.submit(path, form).status()).isEqualTo(409);
    }

    @Test
    void nothingThatIsImportedOrTypedRuns() {
        byte[] file = ("Etapa;Acción;Público;Responsable;Frecuencia;Meta;Otro\n" + (quoted() + ";").repeat(6) + quoted()
                        + "\n")
                .getBytes(StandardCharsets.UTF_8);
        String review = upload("<b>" + ATTACK.replace("\"", "") + ".csv", file);
        assertHarmless(page(review));
        Map<String, String> form = PageForms.fields(page(review));
        form.put("name", ATTACK);
        form.put("event-name", ATTACK);
        form.put("event-place", ATTACK);
        form.put("event-date", ATTACK);
        assertHarmless(browser.submit(review + "/confirmar", form).text());
        form.put("event-date", "2026-11-27");
        form.put("event-from", "09:00");
        form.put("event-to", "10:00");
        browser.submit(review + "/confirmar", form);

        PlanView plan = plans.view(plans.all().get(0).id()).orElseThrow();
        String path = "/planes/" + plan.id();
        assertHarmless(page("/planes"));
        assertHarmless(page(path));
        assertHarmless(page(path + "/etapas"));
        assertHarmless(page(path + "/acciones/" + plan.actions().get(0).id()));
        assertHarmless(page(path + "/eventos/" + plan.events().get(0).id()));
    }

    @Test
    void aFormChangesNothingButItsFields() {
        PlanView plan = imported();
        PlanView other = imported("ibal");
        PlannedAction action = plan.actions().get(0);
        String path = "/planes/" + plan.id() + "/acciones/" + action.id();
        Map<String, String> form = PageForms.fields(page(path));
        form.put("id", "999");
        form.put("planId", String.valueOf(other.id()));
        form.put("stage", String.valueOf(other.stages().get(0).id()));

        browser.submit(path, form);

        PlannedAction after = plans.action(action.id()).orElseThrow();
        assertThat(after.planId()).isEqualTo(plan.id());
        assertThat(after.stageId()).isNull();
        String foreign = "/planes/" + other.id() + "/acciones/" + action.id();
        assertThat(browser.page(foreign).status()).isEqualTo(404);
        assertThat(browser.submit(foreign, form).status()).isEqualTo(404);
    }

    private static String quoted() {
        return "\"" + ATTACK.replace("\"", "\"\"") + "\"";
    }

    private static void assertHarmless(String page) {
        assertThat(page)
                .contains("&lt;img src=x onerror=alert(2)&gt;")
                .doesNotContain("<script>alert")
                .doesNotContain("<img src=x");
    }

    private PlanView imported() {
        return imported("instituto");
    }

    private PlanView imported(String seed) {
        String review = upload(seed + ".csv", SeedPlans.csv(seed));
        String location = browser.submit(review + "/confirmar", PageForms.fields(page(review)))
                .location();
        return plans.view(Long.parseLong(location.replaceAll(".*/", ""))).orElseThrow();
    }

    private String upload(String name, byte[] file) {
        Answer answer = browser.submitFile("/planes/importar", name, file);
        assertThat(answer.status()).as(answer.text()).isEqualTo(302);
        return answer.location().replaceFirst("^https?://[^/]+", "");
    }

    private String page(String path) {
        Answer answer = browser.page(path);
        assertThat(answer.status()).as(path).isEqualTo(200);
        return answer.text();
    }

    private int count(String table) {
        return jdbc.sql("select count(*) from " + table).query(Integer.class).single();
    }

    private int audited(String action, String subject) {
        return jdbc.sql("select count(*) from audit_entry where action = ? and subject = ?")
                .param(action)
                .param(subject)
                .query(Integer.class)
                .single();
    }
}
