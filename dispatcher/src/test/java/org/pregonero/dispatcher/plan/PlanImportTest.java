package org.pregonero.dispatcher.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pregonero.dispatcher.account.AuditFixture;
import org.pregonero.dispatcher.account.AuditTrail;
import org.pregonero.dispatcher.plan.web.PlanWebFixture;
import org.pregonero.dispatcher.tabular.TableReader;
import org.pregonero.dispatcher.tabular.TestDatabase;
import org.pregonero.dispatcher.tabular.Upload;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.RequestBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PlanImportTest {

    private final JsonMapper json = JsonMapper.builder().build();
    private final JdbcClient jdbc = TestDatabase.jdbc();
    private final AuditTrail audit = AuditFixture.over(jdbc);
    private final ActionRepository actions = new ActionRepository(jdbc);
    private final EventRepository eventRepository = new EventRepository(jdbc);
    private final PlanRepository repository = new PlanRepository(jdbc, actions, eventRepository);
    private final PlanEvents events = new PlanEvents(
            eventRepository, jdbc, audit, event -> {}, TestDatabase.transaction(), () -> ZoneId.of("America/Bogota"));
    private final MockMvc api = PlanWebFixture.mvc(
            new PlanImport(new TableReader(), repository, audit, TestDatabase.transaction()),
            new Plans(repository, actions, jdbc, audit, TestDatabase.transaction()),
            events);

    @BeforeEach
    void emptyDatabase() {
        jdbc.sql("truncate plan restart identity cascade").update();
    }

    @Test
    void theInstitutesPlanHasFiveActions() {
        JsonNode answer = imported(Upload.real("plan-instituto-2023.xlsx"));

        assertThat(answer.get("plan").get("name").asString())
                .isEqualTo("PLAN DE COMUNICACIONES. "
                        + "ESTRATEGIA DE RENDICIÓN DE CUENTAS PARA EL SEGUNDO SEMESTRE DE 2023");
        JsonNode actions = answer.get("actions");
        assertThat(texts(actions, "name"))
                .containsExactly(
                        "Página Web", "Correo electrónico", "Redes Sociales", "Comunicaciones internas", "Cartelera");
        assertThat(texts(actions, "row")).containsExactly("5", "6", "7", "8", "9");
        JsonNode web = actions.get(0);
        assertThat(web.get("scope").asString()).isEqualTo("Interno y externo");
        assertThat(web.get("frequency").asString()).isEqualTo("Permanente");
        assertThat(list(web.get("audiences"))).containsExactly("Ciudadanía", "Funcionarios");
        assertThat(list(web.get("responsible")))
                .containsExactly(
                        "Jefe de Planeación",
                        "Ingeniero de Sistemas",
                        "Contratista responsable de la rendición de cuentas");
        assertThat(list(actions.get(3).get("audiences"))).containsExactly("Funcionarios");
        assertThat(answer.get("applied").asBoolean()).isTrue();
    }

    @Test
    void whatIsAmbiguousInItIsAsked() {
        JsonNode answer = imported(Upload.real("plan-instituto-2023.xlsx"));

        assertThat(doubts(answer, 5)).isEmpty();
        assertThat(doubts(answer, 6))
                .anySatisfy(doubt -> assertThat(doubt)
                        .startsWith("PÚBLICO | Ciudadanía y funcionarios")
                        .contains("contratistas")
                        .contains("no nombra a: Ciudadanía"))
                .anySatisfy(doubt -> assertThat(doubt).startsWith("FRECUENCIA | Previo a la realización"));
        assertThat(doubts(answer, 7))
                .anySatisfy(
                        doubt -> assertThat(doubt).contains("líderes sociales, asociaciones comunales, emprendedores"))
                .anySatisfy(doubt -> assertThat(doubt).startsWith("RESPONSABLE | Profesional |"));
        assertThat(doubts(answer, 8)).anySatisfy(doubt -> assertThat(doubt).contains("contratistas"));
        assertThat(doubts(answer, 9)).anySatisfy(doubt -> assertThat(doubt).startsWith("ALCANCE | Interno"));
    }

    @Test
    void theSameFileAgainIsTheSamePlan() {
        JsonNode first = imported(Upload.real("plan-instituto-2023.xlsx"));
        JsonNode again = imported(Upload.real("plan-instituto-2023.xlsx"));

        assertThat(again.get("plan").get("id").asLong())
                .isEqualTo(first.get("plan").get("id").asLong());
        JsonNode plans = ok(get("/api/v1/plans"));
        assertThat(plans).hasSize(1);
        assertThat(plans.get(0).get("actions").asInt()).isEqualTo(5);
        JsonNode stored = ok(get("/api/v1/plans/" + first.get("plan").get("id").asLong()));
        assertThat(stored.get("actions")).isEqualTo(first.get("actions"));
    }

    @Test
    void aPreviewStoresNothing() {
        JsonNode answer = answer(send(Upload.real("plan-instituto-2023.xlsx"), false));

        assertThat(answer.get("actions")).hasSize(5);
        assertThat(answer.get("applied").asBoolean()).isFalse();
        assertThat(ok(get("/api/v1/plans"))).isEmpty();
    }

    @Test
    void aStageCellSpansTheActionsBesideIt() {
        byte[] workbook = Upload.workbook(sheet -> {
            String[][] cells = {
                {"Plan de Acción Rendición de Cuentas"},
                {"Subcomponente", "Actividades", "Meta de producto - indicador", "Responsable", "Observaciones"},
                {
                    "Información",
                    "Definir grupos de interés",
                    "Identificación de los actores",
                    "Secretaría de Apoyo a la Gestión - Secretaría de Planeación - todas las dependencias"
                },
                {"", "Diseñar y difundir piezas (afiches, vallas)", "Comunidad informada", "Dirección de\nTIC"},
                {"Subcomponente", "Actividades", "Meta de producto - indicador", "Responsable", "Observaciones"},
                {
                    "",
                    "Realizar comunicados de prensa",
                    "Difusión",
                    "Secretaría de Apoyo a la Gestión/ Dirección de TIC",
                    "Con la oficina y/o emisora"
                },
                {"Incentivos", "Realizar encuestas", "Conocimiento", "Secretaría Administrativa"}
            };
            for (int r = 0; r < cells.length; r++) {
                for (int c = 0; c < cells[r].length; c++) {
                    if (!cells[r][c].isEmpty()) {
                        sheet.value(r, c, cells[r][c]);
                    }
                }
            }
            sheet.range(0, 0, 0, 4).merge();
            sheet.range(2, 0, 3, 0).merge();
        });

        JsonNode answer = imported(workbook);

        assertThat(answer.get("plan").get("name").asString()).isEqualTo("Plan de Acción Rendición de Cuentas");
        JsonNode actions = answer.get("actions");
        assertThat(texts(actions, "stage")).containsExactly("Información", "Información", "Información", "Incentivos");
        assertThat(texts(actions, "row")).containsExactly("3", "4", "6", "7");
        assertThat(actions.get(0).get("indicator").asString()).isEqualTo("Identificación de los actores");
        assertThat(list(actions.get(0).get("responsible")))
                .containsExactly(
                        "Secretaría de Apoyo a la Gestión", "Secretaría de Planeación", "todas las dependencias");
        assertThat(list(actions.get(1).get("responsible"))).containsExactly("Dirección de TIC");
        assertThat(list(actions.get(2).get("responsible")))
                .containsExactly("Secretaría de Apoyo a la Gestión", "Dirección de TIC");
        assertThat(actions.get(2).get("extra").get("Observaciones").asString()).isEqualTo("Con la oficina y/o emisora");
    }

    @Test
    void linesAcrossTheTableAreStagesAndMonthsAreAsked() {
        String table = """
                Acción;Mes;Responsable
                Etapa Preparación;;
                Promoción de la audiencia;FEBRERO;Jefe de Planeación Ingeniero de Sistemas Contratista de prensa
                """;
        JsonNode answer = imported(table.getBytes(StandardCharsets.UTF_8));

        assertThat(texts(answer.get("actions"), "name")).containsExactly("Promoción de la audiencia");
        assertThat(texts(answer.get("actions"), "stage")).containsExactly("Etapa Preparación");
        assertThat(doubts(answer, 2)).anySatisfy(doubt -> assertThat(doubt).contains("Se tomó como etapa"));
        assertThat(doubts(answer, 3))
                .anySatisfy(doubt -> assertThat(doubt).startsWith("Mes | FEBRERO"))
                .anySatisfy(doubt -> assertThat(doubt)
                        .contains("«Jefe de Planeación», «Ingeniero de Sistemas», «Contratista de prensa»"));
    }

    @ParameterizedTest
    @CsvSource({
        "0.8, 0%, 80%",
        "1, 0%, 100%",
        "0.07, 0.00%, 7%",
        "0.125, 0.0%;-0.0%, 12.5%",
        "46082, mmm-yy, marzo 2026",
        "46082, [$-240A]mmmm\\ yyyy;@, marzo 2026",
        "46082, mm/yyyy, marzo 2026",
        "46082, mmmm, marzo",
        "46096, mmm-yy, 15/03/2026",
        "46082, dd/mm/yyyy, 01/03/2026",
        "46082, d-mmm-yy, 01/03/2026",
        "46082.375, dd/mm/yyyy hh:mm, 01/03/2026 09:00",
        "0.375, h:mm, 09:00",
        "0.375, h:mm AM/PM, 09:00",
        "0.375, [h]:mm:ss, 09:00",
        "1.5, [h]:mm, 1.5",
        "0.8, General, 0.8",
        "1500000, '#,##0 \"mm\"', 1500000",
        "0.5, '$ #,##0.00', 0.5"
    })
    void aNumberOfAWorkbookIsReadAsItLooks(double number, String format, String shown) {
        byte[] plain = withMeta(number, format);
        byte[] formula = Upload.changed(plain, sheet -> sheet.replace("<v>" + number, "<f>B9</f><v>" + number));

        for (byte[] workbook : List.of(plain, formula)) {
            assertThat(texts(answer(send(workbook, false)).get("actions"), "indicator"))
                    .containsExactly(shown);
        }
    }

    /** The formats a file need not spell out. */
    @ParameterizedTest
    @CsvSource({"0.8, 9, 80%", "46082, 14, 01/03/2026", "46082, 17, marzo 2026", "0.375, 20, 09:00"})
    void soIsOneInABuiltInFormat(double number, int id, String shown) {
        byte[] builtIn = Upload.changed(
                withMeta(number, "0.0000"), "xl/styles.xml", styles -> styles.replaceAll("<numFmts.*</numFmts>", "")
                        .replaceAll("numFmtId=\"16\\d\"", "numFmtId=\"" + id + "\""));

        assertThat(texts(answer(send(builtIn, false)).get("actions"), "indicator"))
                .containsExactly(shown);
    }

    private static byte[] withMeta(double number, String format) {
        return Upload.workbook(sheet -> {
            sheet.value(0, 0, "Actividad");
            sheet.value(0, 1, "Meta");
            sheet.value(1, 0, "Informe");
            sheet.value(1, 1, number);
            sheet.style(1, 1).format(format).set();
        });
    }

    @Test
    void aTableThatIsNoPlanIsRefusedWithItsHeadings() {
        MockHttpServletResponse response = send("Pieza;Precio\nA;1\n".getBytes(StandardCharsets.UTF_8), true);

        assertThat(response.getStatus()).isEqualTo(422);
        assertThat(body(response)).contains("«Pieza», «Precio»").contains("«Actividad»");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T09:00, 2026-11-20T12:00",
        "2026-11-20T09:00-05:00, 2026-11-20T12:00-05:00",
        "2026-11-20T14:00:00Z, 2026-11-20T17:00:00Z"
    })
    void anEventIsMeantInColombianTime(String starts, String ends) {
        long plan = imported(Upload.real("plan-instituto-2023.xlsx"))
                .get("plan")
                .get("id")
                .asLong();

        MockHttpServletResponse response = send(post("/api/v1/plans/" + plan + "/events")
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"name\":\"II Audiencia Pública\",\"starts\":\"" + starts + "\",\"ends\":\"" + ends
                        + "\",\"place\":\"Auditorio\"}"));

        assertThat(response.getStatus()).as(body(response)).isEqualTo(201);
        JsonNode event = json.readTree(body(response));
        assertThat(event.get("starts").asString()).isEqualTo("2026-11-20T14:00:00Z");
        assertThat(event.get("zone").asString()).isEqualTo("America/Bogota");
        assertThat(events.find(event.get("id").asLong()).orElseThrow().place()).isEqualTo("Auditorio");
        assertThat(ok(get("/api/v1/plans/" + plan)).get("events")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"2026-11-20T09:00, 2026-11-20T08:00", "mañana, 2026-11-20T08:00", "2026-11-20T09:00, "})
    void anEventWithoutSensibleTimesIsRefused(String starts, String ends) {
        long plan = imported(Upload.real("plan-instituto-2023.xlsx"))
                .get("plan")
                .get("id")
                .asLong();

        String content = json.writeValueAsString(new Times("Audiencia", starts, ends));
        MockHttpServletResponse response = send(post("/api/v1/plans/" + plan + "/events")
                .contentType(MediaType.APPLICATION_JSON)
                .content(content));

        assertThat(response.getStatus()).isEqualTo(400);
    }

    record Times(String name, String starts, @Nullable String ends) {}

    private JsonNode imported(byte[] file) {
        return answer(send(file, true));
    }

    private MockHttpServletResponse send(byte[] file, boolean apply) {
        return send(multipart("/api/v1/plans/imports")
                .file(Upload.of("plan.xlsx", file))
                .param("apply", String.valueOf(apply)));
    }

    private MockHttpServletResponse send(RequestBuilder request) {
        try {
            return api.perform(request).andReturn().getResponse();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private JsonNode ok(RequestBuilder request) {
        return answer(send(request));
    }

    private JsonNode answer(MockHttpServletResponse response) {
        assertThat(response.getStatus()).as(body(response)).isEqualTo(200);
        return json.readTree(body(response));
    }

    private static String body(MockHttpServletResponse response) {
        return new String(response.getContentAsByteArray(), StandardCharsets.UTF_8);
    }

    private static List<String> texts(JsonNode nodes, String field) {
        return StreamSupport.stream(nodes.spliterator(), false)
                .map(node -> node.get(field).asString())
                .toList();
    }

    private static List<String> list(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false)
                .map(JsonNode::asString)
                .toList();
    }

    private static List<String> doubts(JsonNode answer, int row) {
        List<String> doubts = new ArrayList<>();
        for (JsonNode doubt : answer.get("doubts")) {
            if (doubt.get("row").asInt() == row) {
                doubts.add(doubt.get("column").asString() + " | "
                        + doubt.get("value").asString() + " | "
                        + doubt.get("reason").asString());
            }
        }
        return doubts;
    }
}
