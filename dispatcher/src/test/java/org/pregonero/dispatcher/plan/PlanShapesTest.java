package org.pregonero.dispatcher.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pregonero.dispatcher.account.AuditFixture;
import org.pregonero.dispatcher.tabular.TableReader;
import org.pregonero.dispatcher.tabular.TestDatabase;
import org.pregonero.dispatcher.tabular.UnreadableFileException;
import org.pregonero.dispatcher.tabular.Upload;
import org.pregonero.dispatcher.tabular.UploadedFile;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Plans in the shapes that institutions give them: what is understood, what is asked, and that no word is lost. */
class PlanShapesTest {

    private final JdbcClient jdbc = TestDatabase.jdbc();
    private final PlanImport plans = new PlanImport(
            new TableReader(),
            new PlanRepository(jdbc, new ActionRepository(jdbc), new EventRepository(jdbc)),
            AuditFixture.over(jdbc),
            TestDatabase.transaction());

    static Stream<Arguments> files() {
        return Stream.of("instituto", "infimanizales", "ibal", "municipio", "itagui")
                .flatMap(name -> Stream.of(
                        Arguments.of(name, "csv", SeedPlans.csv(name)),
                        Arguments.of(name, "xlsx", SeedPlans.workbook(name))));
    }

    @ParameterizedTest(name = "{0}.{1}")
    @MethodSource("files")
    void noWordIsLost(String name, String kind, byte[] content) {
        PlanProposal proposal = look(content);

        String kept = squeezed(proposal.name() + " " + proposal.actions() + " " + proposal.audiences() + " "
                + proposal.doubts() + " "
                + proposal.columns().stream().map(PlanProposal.Column::heading).collect(Collectors.joining(" ")));
        for (String cell : cells(SeedPlans.csv(name))) {
            assertThat(kept.split(" ")).containsAll(words(cell));
        }
    }

    @ParameterizedTest(name = "{0}.{1}")
    @MethodSource("files")
    void theWorkbookSaysTheSameAsTheText(String name, String kind, byte[] content) {
        PlanProposal proposal = look(content);
        PlanProposal text = look(SeedPlans.csv(name));

        assertThat(proposal.actions()).isEqualTo(text.actions());
        assertThat(proposal.stages()).isEqualTo(text.stages());
    }

    @Test
    void headingsThatComeAgainAreNoActions() {
        PlanProposal plan = look(SeedPlans.csv("instituto"));

        assertThat(names(plan))
                .containsExactly(
                        "Página Web", "Correo electrónico", "Redes Sociales", "Comunicaciones internas", "Cartelera");
        assertThat(plan.event()).isEqualTo("II Audiencia Pública de Rendición de Cuentas 2023");
        assertThat(reasons(plan, 4)).contains("several-roles");
    }

    @Test
    void linesAcrossTheTableAreStagesAndMonthsAreAsked() {
        PlanProposal plan = look(SeedPlans.workbook("infimanizales"));

        assertThat(plan.name()).isEqualTo("ESTRATEGIA DE COMUNICACIONES. Rendición de Cuentas Infimanizales 2022");
        assertThat(plan.stages())
                .extracting(PlanProposal.Stage::name, PlanProposal.Stage::manual)
                .containsExactly(
                        tuple("Etapa Diseño", ManualStage.DISENO),
                        tuple("Etapa Preparación", ManualStage.PREPARACION),
                        tuple("Etapa Ejecución · Actividades", ManualStage.EJECUCION),
                        tuple("Etapa Ejecución · Audiencia Pública 2023", ManualStage.EJECUCION),
                        tuple("Etapa Ejecución · Informe de Gestión", ManualStage.EJECUCION),
                        tuple("Etapa Seguimiento y Evaluación", ManualStage.SEGUIMIENTO));
        assertThat(plan.actions()).hasSize(44);
        assertThat(plan.actions().get(0).frequency()).isEqualTo("SEPTIEMBRE");
        assertThat(reasons(plan, 5)).containsExactly("frequency-month");
        assertThat(plan.doubts()).anySatisfy(doubt -> {
            assertThat(doubt.value()).isEqualTo("ENERO 2023");
            assertThat(doubt.reason().key()).isEqualTo("frequency-day");
        });
    }

    @Test
    void columnsMayStandInAnyOrder() {
        PlanProposal plan = look(SeedPlans.csv("ibal"));

        assertThat(plan.actions())
                .extracting(PlanAction::stage, PlanAction::name, PlanAction::frequency)
                .contains(tuple("Preparación", "Diseño de materiales y mensajes", "1 mes"))
                .hasSize(4);
        assertThat(plan.stages())
                .extracting(PlanProposal.Stage::manual)
                .containsExactly(
                        ManualStage.PREPARACION, ManualStage.EJECUCION, ManualStage.EJECUCION, ManualStage.SEGUIMIENTO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "xlsx"})
    void aRowCutByThePageGoesOn(String kind) {
        PlanProposal plan = look(kind.equals("csv") ? SeedPlans.csv("municipio") : SeedPlans.workbook("municipio"));

        assertThat(plan.actions()).hasSize(19);
        assertThat(names(plan)).anySatisfy(name -> assertThat(name).endsWith("una audiencia pública participativa"));
        assertThat(plan.actions().get(17).indicator())
                .isEqualTo("Documento oficial para informar sobre la evaluación del proceso a la comunidad");
        assertThat(plan.actions().get(18).stage()).isEqualTo("Evaluación y seguimiento");
        assertThat(plan.stages())
                .extracting(PlanProposal.Stage::element)
                .containsExactly(
                        Element.INFORMACION, Element.DIALOGO, Element.RESPONSABILIDAD, Element.RESPONSABILIDAD);
        assertThat(plan.actions().get(0).responsible())
                .containsExactly(
                        "Secretaría de Apoyo a la Gestión", "Secretaría de Planeación", "todas las dependencias");
        assertThat(plan.doubts())
                .extracting(PlanDoubt::readAs)
                .filteredOn(RowKind.CONTINUED::equals)
                .hasSize(2);
        assertThat(plan.notes()).containsExactly("Cronograma de la estrategia de rendición de cuentas");
    }

    @Test
    void titlesWithoutActionsOfTheirOwnStayWithThePlan() {
        PlanProposal plan = look("""
                Etapa;Actividad;Responsable
                Componente 1;;
                Diseño;Logo;Ana
                Componente 10;Volante;Luis
                Nota: las fechas pueden variar;;
                Elaboró: Comunicaciones;;
                -;;
                """.getBytes(StandardCharsets.UTF_8));

        assertThat(plan.notes())
                .containsExactly("Componente 1", "Nota: las fechas pueden variar", "Elaboró: Comunicaciones", "-");
        assertThat(plan.stages()).extracting(PlanProposal.Stage::name).containsExactly("Diseño", "Componente 10");
        assertThat(plan.doubts())
                .extracting(PlanDoubt::row, doubt -> doubt.reason().key(), PlanDoubt::readAs)
                .containsExactly(
                        tuple(2, "section-note", RowKind.STAGE),
                        tuple(5, "section-note", RowKind.STAGE),
                        tuple(6, "section-note", RowKind.STAGE),
                        tuple(7, "section-note", RowKind.STAGE));
    }

    @Test
    void whatAPersonCallsAStageIsSoWithAllItsWords() {
        PlanProposal plan = look(
                "Actividad;Responsable\n1;Diseño\nLogo;Ana\n".getBytes(StandardCharsets.UTF_8),
                Map.of("row-2", "STAGE"));

        assertThat(plan.actions())
                .extracting(PlanAction::stage, PlanAction::name)
                .containsExactly(tuple("1 · Diseño", "Logo"));
    }

    @Test
    void aStageInARowThatGoesOnIsKept() {
        PlanProposal plan = look(
                "Etapa;Actividad\nDiseño;Logo\nCierre;y lema\n".getBytes(StandardCharsets.UTF_8),
                Map.of("row-3", "CONTINUED"));

        assertThat(plan.actions())
                .extracting(PlanAction::name, PlanAction::stage, PlanAction::extra)
                .containsExactly(tuple("Logo y lema", "Diseño", Map.of("Etapa", "Cierre")));
    }

    @Test
    void aCellBesideAMergedNameBelongsToThatAction() {
        String[][] cells = {
            {"Actividad", "Etapa", "Responsable", "Sede"},
            {"Publicar informe", "Diseño", "Jefe de Planeación", "Norte"},
            {"", "", "Contratista de prensa", ""},
            {"", "", "", "Sur"},
            {"", "Cierre", "", ""},
            {"Volante", "", "Ana", ""},
            {"Volante", "", "", ""}
        };
        byte[] workbook =
                Upload.workbook(cells, sheet -> sheet.range(1, 0, 4, 0).merge());

        PlanProposal plan = look(workbook);

        assertThat(plan.actions())
                .extracting(PlanAction::name, PlanAction::stage, PlanAction::responsible, PlanAction::extra)
                .containsExactly(
                        tuple(
                                "Publicar informe",
                                "Diseño",
                                List.of("Jefe de Planeación", "Contratista de prensa"),
                                Map.of("Sede", "Norte\nSur")),
                        tuple("Volante", "Cierre", List.of("Ana"), Map.of()),
                        tuple("Volante", "Cierre", List.of(), Map.of()));
        assertThat(reasons(plan, 3)).containsExactly("continued-beside");
    }

    @Test
    void aListOfSlidesIsAPlanToo() {
        PlanProposal plan = look(SeedPlans.csv("itagui"));

        assertThat(plan.name()).isEqualTo("ESTRATEGIA. Rendición de CUENTAS 2023");
        assertThat(plan.stages())
                .extracting(PlanProposal.Stage::name)
                .containsExactly(
                        "Acciones",
                        "Medios de difusión institucionales",
                        "Mecanismos de difusión e interacción",
                        "Seguimiento y evaluación comunicacional");
        assertThat(names(plan))
                .contains(
                        "Pasacalles",
                        "Cuñas radiales",
                        "Publicación de respuestas a las preguntas e " + "inquietudes de la ciudadanía.")
                .doesNotContain("Adultos mayores");
        assertThat(plan.audiences())
                .hasSize(8)
                .contains("Adultos mayores", "Mujeres y hombres")
                .anyMatch(name -> name.startsWith("Población vulnerable (pueblos indígenas, afrodescendientes"));
        assertThat(plan.doubts())
                .filteredOn(doubt -> doubt.readAs() == RowKind.AUDIENCE)
                .extracting(PlanDoubt::value)
                .containsExactly("Públicos objetivos");
    }

    @Test
    void aPersonSaysWhichRowsAreNoActions() {
        PlanProposal plan = look(SeedPlans.csv("itagui"), Map.of("row-3", "NOTE", "row-19", "STAGE", "row-24", "NOTE"));

        assertThat(plan.notes())
                .hasSize(6)
                .startsWith(
                        "Acciones",
                        "Fomentar la participación e interacción de la población itagüiseña en las decisiones, hechos y noticias de la ciudad.")
                .endsWith("Mujeres y hombres");
        assertThat(plan.audiences()).isEmpty();
        assertThat(names(plan)).contains("Adultos mayores", "Pasacalles").doesNotContain("Mujeres y hombres");

        byte[] table =
                "Actividad;Responsable;Mes\nObjetivo general;;\nInformar a todos;Ana;marzo\nEtapa Diseño;;\nLogo;Ana;marzo\n"
                        .getBytes(StandardCharsets.UTF_8);
        plan = look(table, Map.of("row-2", "NOTE", "row-5", "NOTE"));
        assertThat(plan.notes()).containsExactly("Objetivo general", "Etapa Diseño", "Logo · Ana · marzo");
        assertThat(plan.doubts()).extracting(PlanDoubt::row, PlanDoubt::readAs).contains(tuple(5, RowKind.NOTE));
        assertThat(look(table, Map.of("row-2", "AUDIENCE")).audiences()).containsExactly("Objetivo general");

        plan = look(table, Map.of("row-4", "AUDIENCE"));
        assertThat(plan.audiences()).containsExactly("Etapa Diseño");
        assertThat(names(plan)).contains("Logo");
        plan = look(table, Map.of("row-4", "NOTE"));
        assertThat(plan.notes()).containsExactly("Etapa Diseño", "Logo · Ana · marzo");
    }

    @Test
    void whatAPersonCorrectsCounts() {
        byte[] content = "Etapa;Qué;Quién\nDiseño;Logo;Ana\nLanzar;Volante;Luis\n".getBytes(StandardCharsets.UTF_8);
        Map<String, String> form = Map.of(
                "name", "Mi plan",
                "column-0", "STAGE",
                "column-1", "NAME",
                "column-2", "RESPONSIBLE",
                "cell-3-1", "Volante de mano",
                "id", "7");

        PlanProposal plan = plans.look(new UploadedFile("plan.csv", content), PlanCorrections.of(form));

        assertThat(plan.name()).isEqualTo("Mi plan");
        assertThat(plan.actions())
                .extracting(PlanAction::name, action -> action.responsible().get(0))
                .containsExactly(tuple("Logo", "Ana"), tuple("Volante de mano", "Luis"));
        assertThat(PlanCorrections.known(form)).doesNotContainKey("id");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Ciudadanía y/o grupos de interés | Ciudadanía y/o grupos de interés",
                "Medios (radio, prensa y TV), gremios | Medios (radio, prensa y TV)+Gremios",
                "a) Ciudadanía; b) Funcionarios/Contratistas | A) Ciudadanía+B) Funcionarios+Contratistas",
                "Ciudadanía y funcionarios | Ciudadanía+Funcionarios",
                "Medios (radio, Ciudadanía | Medios (radio+Ciudadanía",
                "N/A |",
                "n.a. |",
                "No aplica |",
                "- |",
                "Ciudadanía, N/A | Ciudadanía"
            })
    void aCellNamesAudiences(String cell, @Nullable String audiences) {
        PlanProposal plan = look(("Actividad;Público\nLogo;\"" + cell + "\"\n").getBytes(StandardCharsets.UTF_8));

        assertThat(String.join("+", plan.actions().get(0).audiences())).isEqualTo(audiences == null ? "" : audiences);
        assertThat(reasons(plan, 2).contains("no-audience")).isEqualTo(audiences == null);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aScheduleOverSeveralColumnsSaysWhen(boolean merged) {
        String[][] cells = {
            {"Plan 2026"},
            {"Actividad", "Responsable", "CRONOGRAMA", "", "", "PÚBLICO", ""},
            {"", "", "Ene", "Feb", "Mar", "Ciudadanía", "Gremios"},
            {"Logo", "Ana", "", "", "X", "x", ""},
            {"Volante", "Luis", "X", "", "15", "X", "X"},
            {"Informe", "Ana", "", "", "", "Todos", ""},
            {"Actividad", "Responsable", "CRONOGRAMA", "", "", "PÚBLICO", ""},
            {"", "", "Ene", "Feb", "Mar", "Ciudadanía", "Gremios"},
            {"Radio", "Ana", "X", "X", "X", "", "x"}
        };
        byte[] workbook = Upload.workbook(cells, sheet -> {
            if (merged) {
                sheet.range(1, 0, 2, 0).merge();
                sheet.range(1, 1, 2, 1).merge();
                sheet.range(1, 2, 1, 4).merge();
                sheet.range(1, 5, 1, 6).merge();
                sheet.range(8, 2, 8, 4).merge();
            }
        });

        PlanProposal plan = look(workbook);

        assertThat(plan.actions())
                .extracting(PlanAction::name, PlanAction::frequency, PlanAction::audiences)
                .containsExactly(
                        tuple("Logo", "marzo", List.of("Ciudadanía")),
                        tuple("Volante", "enero, marzo: 15", List.of("Ciudadanía", "Gremios")),
                        tuple("Informe", null, List.of("Todos")),
                        tuple("Radio", "enero, febrero, marzo", List.of("Gremios")));
        assertThat(plan.columns().get(4).heading()).isEqualTo("CRONOGRAMA, Mar");
        assertThat(plan.columns().get(4).samples()).containsExactly("X", "15");
        assertThat(reasons(plan, 4)).containsExactly("frequency-month");
        assertThat(reasons(plan, 6)).containsExactly("no-frequency");
        assertThat(look(workbook, columnsOf(plan)).actions()).isEqualTo(plan.actions());
    }

    static Stream<Arguments> schedules() {
        return Stream.of(
                Arguments.of(
                        "Actividad;Responsable;I Trim;II Trim\nLogo;Ana;;X\nVolante;Ana;x;X\n", "II Trim", Map.of()),
                Arguments.of("Actividad;Responsable;Mes 1;Mes 2\nLogo;Ana;;✓\n", "Mes 2", Map.of()),
                Arguments.of("Actividad;Responsable;Ene-26;Sept. 2026\nLogo;Ana;;X\n", "septiembre 2026", Map.of()),
                Arguments.of("Actividad;Responsable;Semana;;\n;;1;2;3\nLogo;Ana;;X;\n", "Semana 2", Map.of()),
                Arguments.of(
                        "Actividad;Responsable;Trimestre;;;\n;;I;II;III;IV\nLogo;Ana;;;X;\n",
                        "Trimestre III",
                        Map.of()),
                Arguments.of("Actividad;Responsable;I Trim;II Trim\nLogo;Ana;;25%\n", null, Map.of("II Trim", "25%")),
                Arguments.of("Actividad;Frecuencia;Ene;Feb\nLogo;Mensual;X;\n", "Mensual", Map.of("Ene", "X")),
                Arguments.of("Actividad;Fecha;Responsable\nLogo;X;Ana\n", "X", Map.of()));
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void aMarkSaysWhatStandsAboveIt(String table, @Nullable String frequency, Map<String, String> extra) {
        PlanAction logo = look(table.getBytes(StandardCharsets.UTF_8)).actions().get(0);

        assertThat(logo.frequency()).isEqualTo(frequency);
        assertThat(logo.extra()).isEqualTo(extra);
    }

    @ParameterizedTest
    @CsvSource({"X, no-frequency", "'', no-frequency", "marzo, frequency-month", "Permanente, "})
    void whatDoesNotSayWhenIsAsked(String date, @Nullable String asked) {
        PlanProposal plan = look(("Actividad;Fecha\nLogo;" + date + "\n").getBytes(StandardCharsets.UTF_8));

        assertThat(reasons(plan, 2)).isEqualTo(asked == null ? List.of() : List.of(asked));
    }

    @Test
    void aHeadingOverSeveralColumnsIsThatOfAll() {
        String[][] cells = {
            {"Subcomponente", "Actividades", "", "Meta"},
            {"Información", "1.1", "Publicar el informe", "Un informe"},
            {"", "1.2", "Publicar la encuesta", "Una encuesta"},
            {"", "Cerrar", "", "Un acta"}
        };
        byte[] workbook = Upload.workbook(cells, sheet -> {
            sheet.range(0, 1, 0, 2).merge();
            sheet.range(3, 1, 3, 2).merge();
        });

        assertThat(names(look(workbook)))
                .containsExactly("1.1 Publicar el informe", "1.2 Publicar la encuesta", "Cerrar");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Componente;Estrategia;Actividad | Diseño;Difundir;Publicar informe | Publicar informe | Difundir",
                "Medio;Acción de comunicación | Correo;Invitar | Invitar | Correo",
                "Medio;Nombre;Descripción | Correo;Invitar;A todos | Invitar | A todos",
                "Medio;Descripción | Correo;A todos | Correo | A todos",
                "Estrategia;Pieza;Meta | Difundir;Afiche;3 | Difundir | Afiche",
                "Actividad;Medio de verificación | Invitar;Acta | Invitar | "
            })
    void anActionIsNamedByWhatIsDone(String headings, String row, String name, @Nullable String description) {
        byte[] table = (headings + "\n" + row + "\n").getBytes(StandardCharsets.UTF_8);

        PlanProposal plan = look(table);

        assertThat(plan.actions())
                .extracting(PlanAction::name, PlanAction::description)
                .containsExactly(tuple(name, description));
        assertThat(look(table, columnsOf(plan)).actions()).isEqualTo(plan.actions());
    }

    @Test
    void theSheetWithTheActionsIsThePlan() {
        String[][] cover = {{"Alcaldía"}, {"Plan de comunicaciones 2026"}};
        String[][] changes = {{"Versión", "Fecha", "Descripción", "Responsable"}, {"1", "01/02/2026", "Nueva", "Ana"}};
        String[][] actions = {{"Actividad", "Responsable"}, {"Invitar", "Ana"}};
        String[][] more = {{"Actividad", "Responsable"}, {"Otra", "Ana"}};

        PlanProposal plan = look(Upload.sheets(cover, changes, actions, more));

        assertThat(names(plan)).containsExactly("Invitar");
        assertThat(plan.doubts())
                .filteredOn(doubt -> doubt.reason().key().equals("unread-sheet"))
                .extracting(PlanDoubt::value)
                .containsExactly("Hoja1", "Hoja2", "Hoja4");
        assertThatThrownBy(() -> look(Upload.sheets(cover, changes)))
                .isInstanceOfSatisfying(
                        UnreadableFileException.class, refused -> assertThat(refused.say(Locale.forLanguageTag("es")))
                                .contains("«Alcaldía»", "Las otras hojas: «Hoja2»", "archivo aparte"));
        assertThat(names(look(Upload.sheets(changes)))).containsExactly("Nueva");
    }

    @Test
    void theMediumBesideAnActionProposesItsChannels() {
        byte[] table =
                "Actividad;Descripción;Medio\nInvitar;A todos;Correo, WhatsApp\n".getBytes(StandardCharsets.UTF_8);

        assertThat(look(table).actions().get(0).channels()).containsExactly("EMAIL", "WHATSAPP");
        byte[] proof = "Actividad;Descripción;Evidencias\nReunirse;Con todos;Publicación en Facebook\n"
                .getBytes(StandardCharsets.UTF_8);
        assertThat(look(proof).actions().get(0).channels()).isEmpty();
    }

    @Test
    void wordsOfAnActionProposeItsChannels() {
        assertThat(ChannelWording.channels("Invitar por correo electrónico y WhatsApp a líderes"))
                .containsExactly("EMAIL", "WHATSAPP");
        assertThat(ChannelWording.channels("Redes Sociales")).containsExactly("FACEBOOK", "X");
        assertThat(ChannelWording.channels("Cartelera, pendones y cuñas radiales"))
                .containsExactly("POSTER", "BY_HAND");
        assertThat(ChannelWording.channels("Fondos de pantalla")).containsExactly("POSTER");
        assertThat(ChannelWording.channels("Página web")).containsExactly("WEB");
        assertThat(ChannelWording.channels("Elaborar informe de gestión")).isEmpty();
    }

    private PlanProposal look(byte[] content) {
        return look(content, Map.of());
    }

    private PlanProposal look(byte[] content, Map<String, String> said) {
        return plans.look(new UploadedFile("plan.xlsx", content), PlanCorrections.of(said));
    }

    /** What the page sends of the columns when nobody touches them. */
    private static Map<String, String> columnsOf(PlanProposal plan) {
        return plan.columns().stream()
                .collect(Collectors.toMap(
                        column -> "column-" + column.index(),
                        column -> column.field() == null
                                ? "EXTRA"
                                : column.field().name()));
    }

    private static List<String> names(PlanProposal plan) {
        return plan.actions().stream().map(PlanAction::name).toList();
    }

    private static List<String> reasons(PlanProposal plan, int row) {
        return plan.doubts().stream()
                .filter(doubt -> doubt.row() == row)
                .map(doubt -> doubt.reason().key())
                .toList();
    }

    private static List<String> cells(byte[] csv) {
        List<String> cells = new ArrayList<>();
        try (CsvReader<CsvRecord> reader =
                CsvReader.builder().fieldSeparator(';').ofCsvRecord(new String(csv, StandardCharsets.UTF_8))) {
            reader.forEach(row -> cells.addAll(row.getFields()));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return cells;
    }

    /** Every word of a cell, in whatever separators a list of people is written. */
    private static List<String> words(String cell) {
        return Stream.of(squeezed(cell).split(" "))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static String squeezed(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
    }
}
