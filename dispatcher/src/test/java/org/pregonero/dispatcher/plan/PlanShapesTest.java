package org.pregonero.dispatcher.plan;

import static org.assertj.core.api.Assertions.assertThat;
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
                """.getBytes(StandardCharsets.UTF_8));

        assertThat(plan.notes())
                .containsExactly("Componente 1", "Nota: las fechas pueden variar", "Elaboró: Comunicaciones");
        assertThat(plan.stages()).extracting(PlanProposal.Stage::name).containsExactly("Diseño", "Componente 10");
        assertThat(plan.doubts())
                .extracting(PlanDoubt::row, doubt -> doubt.reason().key(), PlanDoubt::readAs)
                .containsExactly(
                        tuple(2, "section-note", RowKind.STAGE),
                        tuple(5, "section-note", RowKind.STAGE),
                        tuple(6, "section-note", RowKind.STAGE));
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
    void aCellBesideAMergedNameBelongsToThatAction() {
        byte[] workbook = Upload.workbook(sheet -> {
            String[][] cells = {
                {"Actividad", "Etapa", "Responsable", "Sede"},
                {"Publicar informe", "Diseño", "Jefe de Planeación", "Norte"},
                {"", "", "Contratista de prensa", ""},
                {"", "", "", "Sur"},
                {"", "Cierre", "", ""},
                {"Volante", "", "Ana", ""},
                {"Volante", "", "", ""}
            };
            for (int r = 0; r < cells.length; r++) {
                for (int c = 0; c < cells[r].length; c++) {
                    if (!cells[r][c].isEmpty()) {
                        sheet.value(r, c, cells[r][c]);
                    }
                }
            }
            sheet.range(1, 0, 4, 0).merge();
        });

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
