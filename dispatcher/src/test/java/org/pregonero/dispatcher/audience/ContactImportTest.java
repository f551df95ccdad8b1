package org.pregonero.dispatcher.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pregonero.dispatcher.audience.web.AudienceWebFixture;
import org.pregonero.dispatcher.institution.DataProtectionNotices;
import org.pregonero.dispatcher.tabular.TableReader;
import org.pregonero.dispatcher.tabular.TestDatabase;
import org.pregonero.dispatcher.tabular.Upload;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMultipartHttpServletRequestBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ContactImportTest {

    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final String HEADING = "Nombre;Correo;Celular;Grupo;Autoriza;Fecha autorización\n";

    private final JsonMapper json = JsonMapper.builder().build();
    private final JdbcClient jdbc = TestDatabase.jdbc();
    private final Clock clock = Clock.fixed(Instant.parse("2026-03-02T15:00:00Z"), ZoneOffset.UTC);
    private final ConsentLedger ledger = new ConsentLedger(
            jdbc, TestDatabase.transaction(), Clock.fixed(Instant.parse("2026-01-10T17:00:00Z"), ZoneOffset.UTC));
    private MockMvc api = mvc();

    @BeforeEach
    void emptyDatabase() {
        jdbc.sql("truncate contact, audience, suppression restart identity cascade")
                .update();
        api = mvc();
    }

    private MockMvc mvc() {
        AudienceRepository audiences = new AudienceRepository(jdbc);
        ContactImport contactImport = new ContactImport(
                new TableReader(),
                new PhoneNumbers(),
                new ContactRepository(jdbc),
                audiences,
                new DataProtectionNotices(jdbc),
                TestDatabase.transaction(),
                clock);
        return AudienceWebFixture.mvc(contactImport, new Audiences(audiences));
    }

    @ParameterizedTest
    @CsvSource({"10/01/2026, 2026-02-01, 0", "10/01/2026, 2025-02-01, 1", "20/01/2026, 2026-02-01, 1"})
    void theAddressOfSomebodyForgottenCountsAsWhenAMessageGoesOut(String saidYes, String known, int contactable) {
        byte[] list = (HEADING + "Ana Gómez;ana@example.org;;;Sí;" + saidYes + "\n").getBytes(StandardCharsets.UTF_8);
        imported(list);
        jdbc.sql("update contact set created_at = ?::timestamptz").param(known).update();
        jdbc.sql(
                        "insert into suppression (kind, address, reason, created_at) values ('EMAIL', 'ana@example.org', 'ERASED', '2026-01-15')")
                .update();

        assertThat(imported(list).get("contactable_email").asInt()).isEqualTo(contactable);
        assertThat(jdbc.sql("""
                                select count(*) from contact c, contactability(c.id, 'EMAIL', 'EMAIL', 'rendicion-de-cuentas')
                                where obstacle is null
                                """).query(Integer.class).single()).isEqualTo(contactable);
        jdbc.sql("truncate contact cascade").update();
        assertThat(previewed(list).get("contactable_email").asInt()).isEqualTo(saidYes.equals("20/01/2026") ? 1 : 0);
    }

    // --- the real list -------------------------------------------------------------------------------------------

    @Test
    void theRealListGivesExactlyTheExpectedCounts() {
        JsonNode answer = imported(Upload.real("contactos.csv"));

        assertThat(countsOf(answer)).isEqualTo(expected());
        assertThat(answer.get("encoding").asString()).isEqualTo("windows-1252");
        assertThat(answer.get("separator").asString()).isEqualTo(";");
        assertThat(answer.get("applied").asBoolean()).isTrue();
        assertThat(answer.get("created").asInt()).isEqualTo(1200);
        assertThat(answer.get("updated").asInt()).isZero();
        assertThat(count("contact")).isEqualTo(1200);
        assertThat(count("audience")).isEqualTo(10);
        assertThat(jdbc.sql("select count(*) from contact where name like '%Ñáñez%'")
                        .query(Integer.class)
                        .single())
                .isPositive();
        assertThat(jdbc.sql("""
                                select count(*) from contact c, contactability(c.id, 'EMAIL', 'EMAIL', 'rendicion-de-cuentas')
                                where obstacle is null
                                """).query(Integer.class).single()).isEqualTo(1000);
    }

    @Test
    void theSameListInOtherClothesGivesTheSameCounts() {
        String text = new String(Upload.real("contactos.csv"), WINDOWS);
        String commas = text.replaceAll("(?<=;)([^;]*,[^;]*)(?=;)", "\"$1\"").replace(';', ',');
        Map<String, Integer> expected = expected();

        assertThat(countsOf(previewed(("\uFEFF" + commas).getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(expected);
        assertThat(countsOf(previewed(text.replace(';', '\t').getBytes(Charset.forName("x-MacRoman")))))
                .isEqualTo(expected);
        assertThat(countsOf(previewed(("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE))))
                .isEqualTo(expected);
        assertThat(countsOf(previewed(text.getBytes(StandardCharsets.UTF_16BE))))
                .isEqualTo(expected);
        assertThat(countsOf(previewed(text.replace(';', '|').getBytes(Charset.forName("IBM850")))))
                .isEqualTo(expected);
        assertThat(count("contact")).as("a preview changes nothing").isZero();
    }

    @Test
    void theSameListAsWorkbookGivesTheSameCounts() {
        JsonNode answer = previewed(Upload.workbook(cells(0)));

        assertThat(countsOf(answer)).isEqualTo(expected());
        assertThat(answer.get("encoding").asString()).isEqualTo("XLSX");
    }

    @Test
    void titlesAboveAndHeadingsInOtherWordsAndOrderChangeNothing() {
        String[][] cells = cells(2);
        cells[0] = new String[] {"ALCALDÍA", "", "", "", "", "", "", "", ""};
        cells[1] = new String[] {"Directorio de grupos de valor 2025", "", "", "", "", "", "", "", ""};
        cells[2] = new String[] {
            "APELLIDOS Y NOMBRES",
            "Rol",
            "Dependencia",
            "E-mail",
            "Teléfono móvil",
            "Población",
            "Habeas Data",
            "Fecha de firma",
            "Medio de contacto"
        };
        for (String[] row : cells) {
            String name = row[0];
            row[0] = row[8];
            row[8] = name;
        }

        assertThat(countsOf(previewed(Upload.workbook(cells)))).isEqualTo(expected());
    }

    @Test
    void importingTheSameListAgainCreatesNobody() {
        imported(Upload.real("contactos.csv"));
        int consents = count("consent");
        int addresses = count("contact_address");
        int memberships = count("audience_member");

        JsonNode again = imported(Upload.real("contactos.csv"));

        assertThat(countsOf(again)).isEqualTo(expected());
        assertThat(again.get("created").asInt()).isZero();
        assertThat(again.get("updated").asInt()).isEqualTo(1200);
        assertThat(count("contact")).isEqualTo(1200);
        assertThat(count("consent")).isEqualTo(consents);
        assertThat(count("contact_address")).isEqualTo(addresses);
        assertThat(count("audience_member")).isEqualTo(memberships);
    }

    // --- problems ------------------------------------------------------------------------------------------------

    @Test
    void aProblemNamesItsRowColumnAndValue() {
        JsonNode answer = previewed(Upload.real("contactos.csv"));

        assertThat(problem(answer, 22).get("column").asString()).isEqualTo("Celular");
        assertThat(problem(answer, 22).get("value").asString()).isEqualTo("+57 999");
        assertThat(problem(answer, 22).get("reason").asString()).contains("10 dígitos");
        assertThat(problem(answer, 32).get("value").asString()).isEqualTo("persona00888@@correo.example.org");
        assertThat(problem(answer, 32).get("column").asString()).isEqualTo("Correo electrónico");
    }

    @ParameterizedTest
    @CsvSource({
        "ana@@x.co, mal escrito",
        "'ana@x.co,', mal escrito",
        "ana arroba x.co, arroba",
        "peña@x.co, tildes",
        "ana@x, mal escrito"
    })
    void aMisspeltAddressIsReportedAndNotRepaired(String email, String reason) {
        JsonNode answer = imported(list("Ana Ruiz;" + email + ";;;si;15/03/2025"));

        assertThat(problem(answer, 2).get("reason").asString()).contains(reason);
        assertThat(answer.get("invalid_email").asInt()).isEqualTo(1);
        assertThat(answer.get("without_any_address").asInt()).isEqualTo(1);
    }

    @Test
    void anAddressThatIsFarTooLongIsOneOfManyProblems() {
        JsonNode answer = imported(list("Ana Ruiz;ana@" + "ñ".repeat(1001) + ".example;;;si;15/03/2025"));

        assertThat(answer.get("invalid_email").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "6068871234, fijo",
        "3.15E+09, redondeó",
        "no tiene, No es un número",
        "606 8, no existe",
        "300123456, no existe"
    })
    void aNumberThatTakesNoMessagesIsReported(String phone, String reason) {
        JsonNode answer = imported(list("Ana Ruiz;;" + phone + ";;si;15/03/2025"));

        assertThat(problem(answer, 2).get("reason").asString()).contains(reason);
        assertThat(answer.get("invalid_phone").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "300 123 4567",
                "(300) 123-4567",
                "573001234567",
                "0057 300 123 4567",
                "+57 300 1234567",
                "033001234567",
                "Cel: 3001234567",
                "'3001234567",
                "3.001234567E9",
                "3,001234567E+09",
                "3001234567.0",
                "300\u00a0123\u200b4567"
            })
    void aMobileIsStoredInE164(String phone) {
        imported(list("Ana Ruiz;;" + phone + ";;si;15/03/2025"));

        assertThat(addresses()).containsExactly("+573001234567");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Ana Ruiz <ana@x.co>; <b@y.co>", "\"Ruiz, Ana <ana@x.co>, b <b@y.co>\"", "ana@x.co ::: b@y.co"})
    void addressesAreReadAsMailProgramsAndAddressBooksWriteThem(String emails) {
        imported(utf8("Nombre,Correo,Celular\nAna Ruiz," + emails + ",300 123 4567 ::: 3017654321\n"));

        assertThat(addresses()).containsExactly("+573001234567", "+573017654321", "ana@x.co", "b@y.co");
    }

    @Test
    void severalAddressesInACellAreAllKept() {
        imported(list("Ana Ruiz;\"Ana@X.co; b@y.co\";3001234567 / 3017654321;;si;15/03/2025"));

        assertThat(addresses()).containsExactly("+573001234567", "+573017654321", "ana@x.co", "b@y.co");
    }

    @Test
    void aFormulaIsReportedAndItsResultNotWrittenTo() {
        byte[] plain = Upload.workbook(new String[][] {{"Nombre", "Correo"}, {"Ana Ruiz", ""}});
        byte[] workbook = Upload.changed(
                plain,
                sheet -> sheet.replaceFirst(
                        "(<c r=\"A2\".*?</c>)", "$1<c r=\"B2\" t=\"str\"><f>LOWER(D2)</f><v>ana@x.co</v></c>"));

        JsonNode answer = imported(workbook);

        assertThat(problem(answer, 2).get("column").asString()).isEqualTo("Correo");
        assertThat(problem(answer, 2).get("reason").asString())
                .contains("fórmula")
                .contains("Pegue el valor");
        assertThat(addresses()).isEmpty();
    }

    @Test
    void numbersAndDatesOfAWorkbookAreReadAsTheyLook() {
        byte[] workbook = Upload.workbook(sheet -> {
            List<String> headings = List.of("Nombre", "Celular", "Autoriza", "Fecha autorización");
            for (int i = 0; i < headings.size(); i++) {
                sheet.value(0, i, headings.get(i));
            }
            sheet.value(1, 0, "Ana Ruiz");
            sheet.value(1, 1, 3152829289d);
            sheet.value(1, 2, "sí");
            sheet.value(1, 3, LocalDate.of(2025, 3, 15));
            sheet.style(1, 3).format("dd/mm/yyyy").set();
        });

        JsonNode answer = imported(workbook);

        assertThat(answer.get("contactable_phone").asInt()).isEqualTo(1);
        assertThat(addresses()).containsExactly("+573152829289");
        assertThat(jdbc.sql(
                                "select to_char(decided_at at time zone 'America/Bogota', 'YYYY-MM-DD HH24:MI') from consent")
                        .query(String.class)
                        .list())
                .containsOnly("2025-03-15 00:00");
    }

    @Test
    void aColumnNobodyKnowsStaysWithThePerson() {
        imported("Nombre;Correo;Vereda\nAna Ruiz;ana@x.co;La Enea\n".getBytes(StandardCharsets.UTF_8));

        assertThat(jdbc.sql("select attributes ->> 'Vereda' from contact")
                        .query(String.class)
                        .single())
                .isEqualTo("La Enea");
    }

    @Test
    void aListWithoutHeadingsIsUnderstoodByItsContent() {
        JsonNode answer = imported(
                "Ana Ruiz;ana@x.co;3001234567\nLuis Paz;luis@x.co;3001234568\n".getBytes(StandardCharsets.UTF_8));

        assertThat(answer.get("rows").asInt()).isEqualTo(2);
        assertThat(answer.get("people").asInt()).isEqualTo(2);
        assertThat(jdbc.sql("select name from contact order by 1")
                        .query(String.class)
                        .list())
                .containsExactly("Ana Ruiz", "Luis Paz");
    }

    @Test
    void inAListWithoutHeadingsARowWithAKnownWordIsStillAPerson() {
        imported(utf8("""
                Ana Ruiz;ana@x.co;3105550101;JAC
                Luis Gil;luis@x.co;3115550102;Asociación de Usuarios
                Eva Paz;;;Empresa
                """));

        assertThat(names()).containsExactly("Ana Ruiz", "Luis Gil", "Eva Paz");
    }

    @Test
    void aRowThatIsTakenForTheHeadingByItsPlaceAloneIsTold() {
        JsonNode answer = imported(utf8("Ana Ruiz;;Vocal\nLuis Gil;luis@x.co;Vocal\nEva Paz;eva@x.co;Vocal\n"));

        assertThat(problem(answer, 1).get("value").asString()).contains("Ana Ruiz");
        assertThat(problem(answer, 1).get("reason").asString()).contains("se tomó como encabezado");
        assertThat(imported(list("Ana Ruiz;ana@x.co;;;;")).get("problems")).isEmpty();
        assertThat(imported(utf8(";;\nAna Ruiz;ana@x.co;\nLuis Gil;luis@x.co;\n"))
                        .get("problems"))
                .isEmpty();
    }

    @Test
    void aTitleThatNamesColumnsIsNoHeading() {
        imported(Upload.workbook(new String[][] {
            {"Correo, celular y nombre de los líderes"},
            {"ana@x.co", "3001234567", "Ana Ruiz"},
            {"luis@x.co", "3017654321", "Luis Gil"}
        }));

        assertThat(names()).containsExactly("Ana Ruiz", "Luis Gil");
        assertThat(addresses()).hasSize(4);
    }

    @Test
    @Timeout(20)
    void cellsMadeToTakeLongDoNot() {
        String[][] rows = new String[30][];
        Arrays.fill(rows, new String[] {"Ana Ruiz", "<" + "@".repeat(32_000), "(" + ";".repeat(32_000)});
        rows[0] = new String[] {"Nombre", "Correo", "Grupo", "acepta ".repeat(4_500)};

        assertThat(imported(Upload.workbook(rows)).get("invalid_email").asInt()).isPositive();
    }

    @Test
    void whatIsMergedDownwardsCountsInAllItsRowsButNamesAndAddresses() {
        byte[] workbook = Upload.workbook(sheet -> {
            String[][] rows = {
                {"Nombre", "Celular", "Correo", "Grupo", "Autoriza", "Fecha", "Comuna"},
                {"Ana Ruiz", "3001234567", "ana@x.co", "Líderes", "Sí", "15/03/2025", "3"},
                {"Luis Paz", "3017654321"},
                {},
                {"Eva Gil", "3027654321"},
                {"Otto Mora", "", "otto@x.co", "Prensa"}
            };
            for (int row = 0; row < rows.length; row++) {
                for (int column = 0; column < rows[row].length; column++) {
                    sheet.value(row, column, rows[row][column]);
                }
            }
            for (int column = 2; column < 7; column++) {
                sheet.range(1, column, 4, column).merge();
            }
        });

        JsonNode answer = imported(workbook);

        assertThat(jdbc.sql("""
                                select c.name || ' ' || a.name from contact c join audience_member m on m.contact_id = c.id
                                join audience a on a.id = m.audience_id order by c.id
                                """).query(String.class).list())
                .containsExactly("Ana Ruiz Líderes", "Luis Paz Líderes", "Eva Gil Líderes", "Otto Mora Prensa");
        assertThat(answer.get("contactable_phone").asInt()).isEqualTo(3);
        assertThat(addresses())
                .containsExactly("+573001234567", "+573017654321", "+573027654321", "ana@x.co", "otto@x.co");
        assertThat(count("contact where attributes ->> 'Comuna' = '3'")).isEqualTo(3);
        assertThat(answer.get("blank_rows").asInt()).isEqualTo(1);
    }

    @Test
    void whoIsNotNamedHasNotGivenTheAnswerOfTheRowAbove() {
        byte[] workbook = Upload.workbook(sheet -> {
            String[][] rows = {
                {"Nombre", "Autoriza", "Fecha", "Grupo", "Celular"},
                {"Ana Ruiz", "Sí", "15/03/2025", "Líderes", "3001234567"},
                {"", "", "", "", "3017654321"}
            };
            for (int row = 0; row < rows.length; row++) {
                for (int column = 0; column < rows[row].length; column++) {
                    sheet.value(row, column, rows[row][column]);
                }
            }
            for (int column = 0; column < 4; column++) {
                sheet.range(1, column, 2, column).merge();
            }
        });

        assertThat(imported(workbook).get("contactable_phone").asInt()).isEqualTo(1);
        assertThat(names()).containsExactly("Ana Ruiz", "");
        assertThat(count("audience_member")).isEqualTo(2);
    }

    @Test
    void rowsThatAreNobodyAreNoPeopleAndNoneOfThemIsLost() {
        JsonNode answer = imported(utf8("""
                No.;Nombre;Correo;Celular;Autoriza
                1;Ana Ruiz;ana@x.co;;
                LÍDERES SOCIALES;;;;
                No.;Nombre;Correo;Celular;Autoriza
                2;Luis Paz;;;
                3;;;;
                TOTAL;;;45;
                ;TOTAL;;45;
                ;Elaboró: Eva Gil;;;Secretaria
                ;;otto@@x.co;;
                """));

        assertThat(names()).containsExactly("Ana Ruiz", "Luis Paz", "");
        assertThat(answer.get("problems"))
                .filteredOn(problem -> problem.get("reason").asString().contains("no se guardó"))
                .extracting(problem -> problem.get("value").asString())
                .containsExactly("LÍDERES SOCIALES", "TOTAL", "TOTAL", "Elaboró: Eva Gil");
        assertThat(answer.get("invalid_phone").asInt()).isZero();
    }

    @Test
    void inAPlainListANameAloneIsAPersonAndIsTold() {
        JsonNode answer = imported(utf8("Nombre;Celular\nLíderes 2025:;\nAna Ruiz;3001234567\nLUIS PAZ;\nTOTAL;\n"));

        assertThat(names()).containsExactly("Ana Ruiz", "LUIS PAZ");
        assertThat(problem(answer, 2).get("reason").asString()).contains("no se guardó");
        assertThat(problem(answer, 4).get("reason").asString()).contains("Se guardó como persona");
        assertThat(problem(answer, 5).get("reason").asString()).contains("no se guardó");
    }

    @Test
    void aListOfNamesAloneIsAListOfPeople() {
        imported(utf8("Nombre;Cargo\nAna Ruiz;\nLuis Paz;Vocal\n"));

        assertThat(names()).containsExactly("Ana Ruiz", "Luis Paz");
    }

    @Test
    void whatSaysThereIsNothingIsNotKept() {
        imported(utf8("""
                Nombre;Correo;Grupo;Cargo;Entidad;Barrio
                Ana Ruiz;ana@x.co;N/A;NO APLICA;--;No registra
                Luis Paz;luis@x.co;Mujeres y/o jóvenes, Prensa (radio, TV) / n.a.;Vocal;JAC;Centro
                Eva Gil;eva@x.co;"1) Líderes; 2) Mujeres";;;
                """));

        assertThat(jdbc.sql("select name from audience order by name")
                        .query(String.class)
                        .list())
                .containsExactly("1) Líderes", "2) Mujeres", "Mujeres y/o jóvenes", "Prensa (radio, TV)");
        assertThat(jdbc.sql(
                                "select concat_ws('|', position, organisation, attributes ->> 'Barrio') from contact order by id")
                        .query(String.class)
                        .list())
                .containsExactly("", "Vocal|JAC|Centro", "");
    }

    @Test
    void columnsOfOneHeadingAreAllKept() {
        imported(utf8("Nombre;Correo;Nota;Nota;Entidad;Entidad;Entidad\nAna Ruiz;ana@x.co;uno;dos;A;B;C\n"));

        assertThat(jdbc.sql(
                                "select concat_ws('|', organisation, attributes ->> 'Nota', attributes ->> 'Entidad') from contact")
                        .query(String.class)
                        .single())
                .isEqualTo("A|uno / dos|B / C");
    }

    @ParameterizedTest
    @CsvSource({
        "NOMBRE DE LA JAC;NOMBRE DEL PRESIDENTE, JAC La Enea;Ana Ruiz, Ana Ruiz",
        "Nombre del presidente de la asociación;Asociación, Ana Ruiz;ASOMA, Ana Ruiz",
        "Tipo de persona;Nombre, Natural;Ana Ruiz, Ana Ruiz",
        "Persona mayor;Nombre completo, No;Ana Ruiz, Ana Ruiz",
        "Primer apellido;Segundo apellido;Primer nombre;Segundo nombre, Gómez;Ruiz;María;Isabel, María Isabel Gómez Ruiz",
        "Razón social;Nombre del representante legal, ASOMA;Ana Ruiz, Ana Ruiz",
        "Contacto;Nombres y apellidos completos, 3001234567;Ana Ruiz, Ana Ruiz",
        "Nombre;Segundo nombre;Apellidos, María;Isabel;Gómez Ruiz, María Isabel Gómez Ruiz"
    })
    void theNameIsThePersons(String headings, String cells, String name) {
        imported(utf8(headings + ";Correo\n" + cells + ";ana@x.co\n"));

        assertThat(names()).containsExactly(name);
    }

    @Test
    void besideTheNameTheContactIsATelephone() {
        imported(utf8("NOMBRE DEL PRESIDENTE;CONTACTO\nAna Ruiz;3001234567\n"));

        assertThat(names()).containsExactly("Ana Ruiz");
        assertThat(addresses()).containsExactly("+573001234567");
    }

    @Test
    void theNameOfAMediumIsNoPerson() {
        imported(utf8("Nombre del medio;Contacto;Correo\nRadio Aurora;Ana Ruiz;ana@x.co\n"));

        assertThat(names()).containsExactly("Ana Ruiz");
    }

    @Test
    void theUserNameOfAFormIsAnAddress() {
        imported(utf8("Marca temporal;Nombre de usuario;Nombre completo\n15/03/2025 10:30:00;ana@x.co;Ana Ruiz\n"));

        assertThat(names()).containsExactly("Ana Ruiz");
        assertThat(addresses()).containsExactly("ana@x.co");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "llamar mañana"})
    void aListInOneColumnOfAWorkbookIsRefusedWithAdvice(String note) {
        MockHttpServletResponse response = post(
                Upload.workbook(new String[][] {
                    {"Nombre,Correo electrónico,Celular", ""},
                    {"Ana Ruiz,ana@x.co,3001234567", note},
                    {"Luis Paz,luis@x.co,3001234568", ""}
                }),
                true);

        assertThat(response.getStatus()).isEqualTo(422);
        assertThat(detail(response)).contains("Texto en columnas");
    }

    @Test
    void headingsNobodyUnderstandsAreNamed() {
        MockHttpServletResponse response = post("Pieza;Precio\nTornillo;20\n".getBytes(StandardCharsets.UTF_8), true);

        assertThat(response.getStatus()).isEqualTo(422);
        assertThat(detail(response)).contains("«Pieza», «Precio»").contains("«Correo electrónico»");
    }

    // --- the same person -----------------------------------------------------------------------------------------

    @Test
    void rowsThatShareAnAddressAndWhoseNamesDoNotDisagreeAreOnePerson() {
        JsonNode answer = imported(list(
                "MARÍA PÉREZ;maria@x.co;;Líderes sociales;si;15/03/2025",
                "María Pérez;MARIA@x.co ;3001234567;Emprendedores;si;15/03/2025",
                "Maria Perez Gil;;300 123 4567;;;"));

        assertThat(answer.get("people").asInt()).isEqualTo(1);
        assertThat(answer.get("merged_rows").asInt()).isEqualTo(2);
        assertThat(jdbc.sql("select name from contact").query(String.class).list())
                .containsExactly("Maria Perez Gil");
        assertThat(count("audience_member")).isEqualTo(2);
    }

    @Test
    void twoPeopleWhoShareATelephoneStayTwo() {
        String[] household = {"Rosa Arias;;3001234567;;si;15/03/2025", "Pedro Mejía;;3001234567;;si;15/03/2025"};
        JsonNode answer = imported(list(household));
        JsonNode again = imported(list(household));

        assertThat(answer.get("people").asInt()).isEqualTo(2);
        assertThat(problem(answer, 3).get("reason").asString()).contains("fila 2 (Rosa Arias)");
        assertThat(again.get("created").asInt()).isZero();
        assertThat(count("contact")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"Ana Gómez, Luis Gómez", "Ana Gómez Pérez, Luis Gómez Pérez", "Ana María Gómez, Ana Lucía Gómez"})
    void aFamilyOnOneTelephoneStaysTwoInOneListToo(String one, String other) {
        JsonNode answer = imported(list(
                one + ";ana@x.co;3001234567;;si;15/03/2025",
                "Gómez;;3001234567;;;",
                other + ";luis@x.co;3001234567;;no;15/03/2025"));

        assertThat(names()).containsExactly(one, other);
        assertThat(problem(answer, 4).get("reason").asString()).contains("fila 2 (" + one + ")");
        assertThat(answer.get("contactable_email").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"Ana Gómez, Luis Gómez", "Ana Gómez Pérez, Luis Gómez Pérez"})
    void theYesOfOneOfAFamilyDoesNotUndoTheOptOutOfTheOther(String one, String other) {
        imported(list(one + ";ana@x.co;3001234567;;si;15/03/2025"));
        long ana = jdbc.sql("select id from contact").query(Long.class).single();
        ledger.revoke(ana, List.of("EMAIL", "WHATSAPP", "SMS"), Audiences.DEFAULT_PURPOSE, "enlace de baja", "prueba");

        JsonNode answer = imported(list(other + ";luis@x.co;3001234567;;si;11/01/2026"));

        assertThat(answer.get("created").asInt()).isEqualTo(1);
        assertThat(problem(answer, 2).get("reason").asString()).contains(one);
        assertThat(names()).containsExactly(one, other);
        assertThat(jdbc.sql("select obstacle from contactability(?, 'EMAIL', 'EMAIL', 'rendicion-de-cuentas')")
                        .param(ana)
                        .query(String.class)
                        .single())
                .isEqualTo("OPTED_OUT");
    }

    @Test
    void theOptOutOfWhoMayBeTheSamePersonOutlivesAnotherWayOfWritingTheName() {
        imported(list("Ana María Gómez;;3001234567;;si;15/03/2025"));
        long ana = jdbc.sql("select id from contact").query(Long.class).single();
        ledger.revoke(ana, List.of("EMAIL", "WHATSAPP", "SMS"), Audiences.DEFAULT_PURPOSE, "enlace de baja", "prueba");

        var otherwise = list("Ana Ma. Gómez;;3001234567;;si;15/03/2025");
        JsonNode first = imported(otherwise);
        JsonNode again = imported(otherwise);
        JsonNode later = imported(list("Ana Ma. Gómez;;3001234567;;si;11/01/2026"));

        assertThat(first.get("created").asInt()).isEqualTo(1);
        assertThat(first.get("problems").toString()).contains("se dio de baja");
        assertThat(List.of(first, again, later))
                .extracting(answer -> answer.get("contactable_phone").asInt())
                .containsExactly(0, 0, 1);
    }

    @Test
    void aBareSurnameOnRecordBecomesOneOfTheFamily() {
        imported(list("Gómez;;3001234567 / 3017654321;;;"));

        imported(list("Ana Gómez;;3001234567;;;", "Luis Gómez;;3017654321;;;"));

        assertThat(names()).containsExactly("Ana Gómez", "Luis Gómez");
    }

    @Test
    void whoseContactWasTakenByAnotherRowIsFoundAgainTheNextTime() {
        imported(list("Ana Gómez Ruiz;ana@x.co,anag@x.co;;;;"));
        var two = list("Ana Gómez Ruiz;ana@x.co;;;;", "Ana Gómez Ruis;anag@x.co;;;;");

        imported(two);
        JsonNode again = imported(two);

        assertThat(names()).containsExactlyInAnyOrder("Ana Gómez Ruis", "Ana Gómez Ruiz");
        assertThat(again.get("created").asInt()).isZero();
    }

    @Test
    void twoWordsInCommonAreOnePersonInAMailbox() {
        imported(list("Ana María Gómez;ana@x.co;;;si;15/03/2025"));

        JsonNode again = imported(list("Ana Gómez Pérez;ana@x.co;;;si;15/03/2025"));

        assertThat(again.get("created").asInt()).isZero();
        assertThat(count("contact")).isEqualTo(1);
    }

    @Test
    void oneAddressSharedByThousandsIsNoTrouble() {
        StringBuilder text = new StringBuilder(HEADING);
        for (int i = 0; i < 20_000; i++) {
            text.append("Nombre").append(i).append(" Apellido").append(i).append(";info@x.co;;;si;15/03/2025\n");
        }

        JsonNode answer = previewed(text.toString().getBytes(StandardCharsets.UTF_8));

        assertThat(answer.get("people").asInt()).isEqualTo(20_000);
        assertThat(answer.get("problems")).hasSize(5_000);
        assertThat(answer.get("problems_total").asInt()).isEqualTo(19_999);
    }

    // --- authorisation -------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"sí", "SI", "s", "x", "X", "✓", "1", "true", "Acepta", "autoriza"})
    void aYesWithADateIsAGrant(String word) {
        assertThat(imported(list("Ana Ruiz;ana@x.co;;;" + word + ";15/03/2025"))
                        .get("contactable_email")
                        .asInt())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pendiente", "tal vez", "?"})
    void silenceIsNoConsent(String word) {
        JsonNode answer = imported(list("Ana Ruiz;ana@x.co;;;" + word + ";15/03/2025"));

        assertThat(answer.get("without_authorization").asInt()).isEqualTo(1);
        assertThat(count("consent")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "15/03/2025",
                "2025-03-15",
                "15 de marzo de 2025",
                "marzo 15 de 2025",
                "Marzo 15, 2025",
                "45731",
                "15-03-25",
                "2025-03-15 10:30"
            })
    void aDayIsReadAsItIsWrittenInColombia(String day) {
        imported(list("Ana Ruiz;ana@x.co;;;si;" + day));

        assertThat(jdbc.sql("select decided_at at time zone 'America/Bogota' = '2025-03-15' from consent")
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"'', no tiene fecha", "03/15/2025, No se entiende la fecha", "15/03/2027, futuro"})
    void aYesNobodyCanProveIsQuarantined(String day, String reason) {
        JsonNode answer = imported(list("Ana Ruiz;ana@x.co;;;si;" + day));

        assertThat(problem(answer, 2).get("reason").asString()).contains(reason);
        assertThat(answer.get("without_authorization").asInt()).isEqualTo(1);
        assertThat(decisions()).containsExactly("EMAIL UNPROVEN");
    }

    @ParameterizedTest
    @CsvSource({
        "3/4/2025, 3/14/2025, EMAIL UNPROVEN",
        "3/3/2025, 3/14/2025, EMAIL GRANTED",
        "3/4/2025, 3/12/2025, EMAIL GRANTED",
        "3/4/2025, 14/3/2025;3/14/2025, EMAIL GRANTED"
    })
    void whereDaysHaveTheMonthFirstADoubtfulOneIsNotGuessed(String day, String others, String decision) {
        JsonNode answer = imported(
                list("Ana Ruiz;ana@x.co;;;si;" + day, "Luis Paz;;;JAC;;" + others.replace(";", "\nEva Gil;;;JAC;;")));

        assertThat(decisions()).containsExactly(decision);
        if (decision.equals("EMAIL UNPROVEN")) {
            assertThat(problem(answer, 2).get("reason").asString()).contains("el mes primero");
        }
    }

    @Test
    void someoneWhoVouchesForTheWholeListProvesIt() throws Exception {
        MockHttpServletResponse response = api.perform(request(list("Ana Ruiz;ana@x.co;;;si;"))
                        .param("evidence", "AZ 12, archivo central")
                        .param("authorized_on", "2025-02-01"))
                .andReturn()
                .getResponse();

        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(decisions()).containsExactly("EMAIL GRANTED");
        assertThat(jdbc.sql("select evidence from consent").query(String.class).single())
                .contains("lista.csv", "SHA-256", "fila 2", "AZ 12, archivo central");
    }

    @Test
    void nobodyCanVouchForADayToCome() throws Exception {
        MockHttpServletResponse response = api.perform(request(list("Ana Ruiz;ana@x.co;;;si;"))
                        .param("evidence", "AZ 12")
                        .param("authorized_on", "2027-02-01"))
                .andReturn()
                .getResponse();

        assertThat(response.getStatus()).isEqualTo(422);
        assertThat(detail(response)).contains("futuro");
    }

    @Test
    void aNoInAnotherRowWins() {
        JsonNode answer = imported(list("Ana Ruiz;ana@x.co;;;si;15/03/2025", "Ana Ruiz;ana@x.co;;;no;"));

        assertThat(answer.get("without_authorization").asInt()).isEqualTo(1);
        assertThat(problem(answer, 3).get("reason").asString()).contains("Vale el no");
        assertThat(decisions()).containsExactly("EMAIL REFUSED");
    }

    @ParameterizedTest
    @CsvSource({
        "Sí autoriza;No autoriza;Fecha, X;;15/03/2025, EMAIL GRANTED 2025-03-15",
        "Sí autoriza;No autoriza;Fecha, ;X;15/03/2025, EMAIL REFUSED 2025-03-15",
        "Autoriza;Revocó autorización;Fecha, Sí;No;15/03/2025, EMAIL GRANTED 2025-03-15",
        "Autoriza;Revocó autorización;Fecha, Sí;N/A;15/03/2025, EMAIL GRANTED 2025-03-15",
        "Autoriza;No autoriza;Fecha, ;No autoriza;15/03/2025, EMAIL REFUSED 2025-03-15",
        "Autoriza;Revocó autorización;Fecha, Sí;Sí;15/03/2025, EMAIL REFUSED",
        "Autoriza;Fecha;Fecha revocatoria, Sí;15/03/2025;01/02/2026, EMAIL REFUSED 2026-02-01",
        "Autoriza;Autoriza uso de imagen;Fecha, Sí;No;15/03/2025, EMAIL GRANTED 2025-03-15",
        "¿Acepta participar en el foro?;Fecha, Sí;15/03/2025, ''",
        "Autoriza;Fecha de nacimiento, Sí;15/03/1985, EMAIL UNPROVEN",
        "Fecha;Autoriza;Fecha autorización, 01/02/2024;Sí;15/03/2025, EMAIL GRANTED 2025-03-15"
    })
    void theHeadingTellsWhatAMarkMeans(String headings, String cells, String decision) {
        imported(utf8("Nombre;Correo;" + headings + "\nAna Ruiz;ana@x.co;" + cells + "\n"));

        assertThat(jdbc.sql("""
                                select concat_ws(' ', channel, decision, (decided_at at time zone 'America/Bogota')::date) from consent
                                """).query(String.class).list())
                .isEqualTo(decision.isEmpty() ? List.of() : List.of(decision));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    No, no autorizo                          ; EMAIL REFUSED
                    No acepto los términos                   ; EMAIL REFUSED
                    No autorizo el tratamiento de mis datos  ; EMAIL REFUSED
                    No, gracias                              ; EMAIL REFUSED
                    No desea                                 ; EMAIL REFUSED
                    No estoy de acuerdo                      ; EMAIL REFUSED
                    Niega                                    ; EMAIL REFUSED
                    Negó                                     ; EMAIL REFUSED
                    Negado                                   ; EMAIL REFUSED
                    Denegado                                 ; EMAIL REFUSED
                    Rechazado                                ; EMAIL REFUSED
                    Revocó el 3 de marzo                     ; EMAIL REFUSED
                    Retirado                                 ; EMAIL REFUSED
                    Retiró                                   ; EMAIL REFUSED
                    No aplica                                ;
                    No sabe                                  ;
                    No registra                              ;
                    Negocio                                  ;
                    """)
    void aNoIsReadHoweverItIsPut(String answer, @Nullable String decision) {
        imported(list("Ana Ruiz;ana@x.co;;;" + answer + ";15/03/2025"));

        assertThat(decisions()).isEqualTo(decision == null ? List.of() : List.of(decision));
    }

    @Test
    void ofAnswersInOneRowThatContradictTheNoHoldsAndIsTold() {
        JsonNode answer = imported(
                utf8("Nombre;Correo;Autoriza datos;Autoriza WhatsApp;Fecha\nAna Ruiz;ana@x.co;Sí;No;15/03/2025\n"));

        assertThat(decisions()).containsExactly("EMAIL REFUSED");
        assertThat(problem(answer, 2).get("column").asString()).isEqualTo("Autoriza WhatsApp");
        assertThat(problem(answer, 2).get("reason").asString()).contains("Vale el no");
    }

    @Test
    void whatARefusalMeansThatNobodyUnderstandsIsAskedAndNoYes() {
        JsonNode answer =
                imported(utf8("Nombre;Correo;Autoriza;Revocó;Fecha\nAna Ruiz;ana@x.co;Sí;por carta;15/03/2025\n"));

        assertThat(decisions()).isEmpty();
        assertThat(problem(answer, 2).get("value").asString()).isEqualTo("por carta");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Acepta",
                "Acepta (Sí/No)",
                "¿Acepta?",
                "Acepta términos y condiciones",
                "Acepta la política",
                "Acepta política de tratamiento",
                "Acepta condiciones",
                "Aceptación",
                "Aceptación de términos y condiciones",
                "Aceptado (Sí/No)",
                "Acepta (X)",
                "¿Acepta o no acepta?"
            })
    void whereNobodyKnowsWhatIsAcceptedANoCountsAndAYesIsAsked(String heading) {
        JsonNode answer = imported(
                utf8("Nombre;Correo;" + heading + ";Fecha\nAna Ruiz;ana@x.co;Sí;15/03/2025\nLuis Paz;luis@x.co;No;\n"));

        assertThat(decisions()).containsExactly("EMAIL REFUSED");
        assertThat(answer.get("contactable_email").asInt()).isZero();
        assertThat(problem(answer, 1).get("column").asString()).isEqualTo(heading);
        assertThat(problem(answer, 1).get("reason").asString()).contains("escoja «Autoriza»");
        assertThat(answer.get("problems")).hasSize(1);
    }

    @Test
    void aQuestionThatDoesNotSayWhatIsAcceptedIsToldWithTheRowOfTheHeading() {
        JsonNode answer = previewed(Upload.workbook(
                new String[][] {{""}, {""}, {"Nombre", "Correo", "Acepta"}, {"Ana Ruiz", "ana@x.co", "Sí"}}));

        assertThat(problem(answer, 3).get("column").asString()).isEqualTo("Acepta");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Acepta", "Acepta (Sí/No)", "¿Acepta usted?", "Usted acepta", "Acepta (S/N)"})
    void aNoBelowAQuestionThatDoesNotSayWhatIsAcceptedCountsToo(String question) {
        JsonNode answer = imported(
                utf8("Nombre;Correo;" + question + ";\n" + ";;SI;NO\nAna Ruiz;ana@x.co;X;\nLuis Paz;luis@x.co;;X\n"));

        assertThat(decisions()).containsExactly("EMAIL REFUSED");
        assertThat(problem(answer, 2).get("column").asString()).isEqualTo("Sí: " + question);
    }

    @ParameterizedTest
    @CsvSource({
        "Nombre;Correo;Autoriza;;Fecha, ;;SI;NO;",
        "Nombre;Correo;Autoriza (SI/NO);;Fecha, ;;SI;NO;",
        "Nombre;Correo;Autoriza;;Fecha, ;;Autoriza;No autoriza;",
        "Nombre;Correo;Tratamiento de datos;;Fecha, ;;Sí autoriza;No autoriza;",
        ";;Habeas data;;, Nombre;Correo;SI;NO;Fecha",
        "Lista;;;;, Nombre;Correo;Autoriza;NO;Fecha"
    })
    void theAnswersMayStandBelowTheQuestion(String first, String second) {
        JsonNode answer = imported(
                utf8(first + "\n" + second + "\nAna Ruiz;ana@x.co;X;;15/03/2025\nLuis Paz;luis@x.co;;X;15/03/2025\n"));

        assertThat(answer.get("rows").asInt()).isEqualTo(2);
        assertThat(names()).containsExactly("Ana Ruiz", "Luis Paz");
        assertThat(decisions()).containsExactly("EMAIL GRANTED", "EMAIL REFUSED");
        assertThat(answer.get("columns").properties())
                .filteredOn(column -> column.getValue().asString().equals("refusal"))
                .as("the rows to mend are read again by these headings")
                .hasSize(1)
                .allMatch(column -> ContactHeadings.field(column.getKey()).equals(Optional.of(ContactField.REFUSAL)));
    }

    @Test
    void theNumberOfARowIsNoRefusal() {
        imported(utf8("""
                AUTORIZACIÓN DE TRATAMIENTO DE DATOS
                No.;Nombre;Correo;Autoriza;Fecha
                1;Ana Ruiz;ana@x.co;Sí;15/03/2025
                """));

        assertThat(decisions()).containsExactly("EMAIL GRANTED");
    }

    @Test
    void anOptOutOutlivesAReImportAndOnlyALaterGrantCounts() {
        imported(list("Ana Ruiz;ana@x.co;3001234567;;si;15/03/2025"));
        long ana = jdbc.sql("select id from contact").query(Long.class).single();
        ledger.revoke(ana, List.of("EMAIL", "WHATSAPP", "SMS"), Audiences.DEFAULT_PURPOSE, "enlace de baja", "prueba");

        JsonNode same = imported(list("Ana Ruiz;ana@x.co;3001234567;;si;15/03/2025"));
        JsonNode sameDay = imported(list("Ana Ruiz;ana@x.co;3001234567;;si;10/01/2026"));

        assertThat(same.get("contactable_email").asInt()).isZero();
        assertThat(same.get("without_authorization").asInt()).isEqualTo(1);
        assertThat(problem(same, 2).get("reason").asString()).contains("se dio de baja");
        assertThat(sameDay.get("contactable_phone").asInt()).isZero();

        JsonNode later = imported(list("Ana Ruiz;ana@x.co;3001234567;;si;11/01/2026"));
        assertThat(later.get("contactable_email").asInt()).isEqualTo(1);
    }

    @Test
    void theAnswerOfStaffOnMailIsOneOnInternalNoticesToo() throws Exception {
        imported(list("Ana Ruiz;ana@x.co;;;si;15/03/2025"));
        assertThat(decisions()).containsExactly("EMAIL GRANTED");

        importedAsStaff("Ana Ruiz;ana@x.co;;;si;15/03/2025");

        assertThat(decisions()).containsExactly("EMAIL GRANTED", "INTERNAL GRANTED");
    }

    @Test
    void whoSaidNoToMailHasNotSaidYesToInternalNotices() throws Exception {
        imported(list("Ana Ruiz;ana@x.co;;;no;15/03/2026"));

        importedAsStaff("Ana Ruiz;ana@x.co;;;si;15/03/2025");

        assertThat(decisions()).containsExactly("EMAIL REFUSED");
    }

    private void importedAsStaff(String row) throws Exception {
        api.perform(request(list(row)).param("staff", "true")).andReturn();
    }

    // --- audiences -----------------------------------------------------------------------------------------------

    @Test
    void audiencesTellHowManyCanBeWrittenTo() throws Exception {
        imported(list(
                "Ana Ruiz;ana@x.co;3001234567;Líderes sociales / Emprendedores;si;15/03/2025",
                "Luis Paz;luis@x.co;;LIDERES SOCIALES;no;"));

        String body = api.perform(get("/api/v1/audiences"))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
        JsonNode audiences = json.readTree(body);

        assertThat(audiences).hasSize(2);
        JsonNode leaders = audiences.get(1);
        assertThat(leaders.get("members").asInt()).isEqualTo(2);
        assertThat(leaders.get("contactable").get("EMAIL").asInt()).isEqualTo(1);
        assertThat(leaders.get("contactable").get("SMS").asInt()).isEqualTo(1);
        assertThat(api.perform(get("/api/v1/audiences/" + leaders.get("id").asLong()))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(200);
        assertThat(api.perform(get("/api/v1/audiences/999"))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(404);
    }

    @Test
    void twentyThousandRowsAreTakenIn() {
        StringBuilder text = new StringBuilder(HEADING);
        for (int i = 0; i < 20_000; i++) {
            text.append("Persona Número")
                    .append(i)
                    .append(";p")
                    .append(i)
                    .append("@x.co;3")
                    .append(100_000_000L + i * 7L)
                    .append(";Grupo ")
                    .append(i % 20)
                    .append(";si;15/03/2025\n");
        }
        byte[] file = text.toString().getBytes(StandardCharsets.UTF_8);

        JsonNode answer = imported(file);

        assertThat(answer.get("created").asInt()).isEqualTo(20_000);
    }

    @Test
    void ofAWorkbooksSheetsTheOneWithPeopleIsTaken() {
        String[][] cover = {{"Alcaldía de Ejemplo"}, {"Contacto", "oficina@alcaldia.example"}, {"Versión", "2"}};
        String[][] people = {{"Nombre", "Correo electrónico"}, {"Ana Ruiz", "ana@correo.example"}};

        JsonNode answer = previewed(Upload.sheets(cover, people));

        assertThat(answer.get("people").asInt()).isEqualTo(1);
        assertThat(answer.get("problems").toString()).contains("Hoja1").doesNotContain("Hoja2");
        String[][] summary = {{"Grupo", "Con correo", "Con celular"}, {"Líderes", "120", "80"}};
        String[][] headless = {{"Ana Ruiz", "ana@correo.example"}, {"Luis Paz", "luis@correo.example"}};
        assertThat(previewed(Upload.sheets(summary, headless)).get("people").asInt())
                .isEqualTo(2);
        assertThat(detail(
                        post(Upload.sheets(new String[][] {{"Portada"}}, new String[][] {{"Notas"}, {"Nada"}}), false)))
                .contains("Hoja2");
    }

    // --- how it is asked -----------------------------------------------------------------------------------------

    private static byte[] list(String... rows) {
        return utf8(HEADING + String.join("\n", rows) + "\n");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String[][] cells(int titles) {
        String[] lines =
                new String(Upload.real("contactos.csv"), WINDOWS).lines().toArray(String[]::new);
        String[][] cells = new String[lines.length + titles][];
        for (int i = 0; i < lines.length; i++) {
            cells[i + titles] = lines[i].split(";", -1);
        }
        return cells;
    }

    private Map<String, Integer> expected() {
        return countsOf(json.readTree(Upload.real("contactos.esperado.json")));
    }

    private static Map<String, Integer> countsOf(JsonNode answer) {
        return Map.of(
                "rows", answer.get("rows").asInt(),
                "blank_rows", answer.get("blank_rows").asInt(),
                "people", answer.get("people").asInt(),
                "merged_rows", answer.get("merged_rows").asInt(),
                "invalid_email", answer.get("invalid_email").asInt(),
                "invalid_phone", answer.get("invalid_phone").asInt(),
                "without_any_address", answer.get("without_any_address").asInt(),
                "without_authorization", answer.get("without_authorization").asInt(),
                "contactable_email", answer.get("contactable_email").asInt(),
                "contactable_phone", answer.get("contactable_phone").asInt());
    }

    private JsonNode imported(byte[] file) {
        return answer(post(file, true));
    }

    private JsonNode previewed(byte[] file) {
        return answer(post(file, false));
    }

    private MockHttpServletResponse post(byte[] file, boolean apply) {
        try {
            return api.perform(request(file).param("apply", String.valueOf(apply)))
                    .andReturn()
                    .getResponse();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static MockMultipartHttpServletRequestBuilder request(byte[] file) {
        return multipart("/api/v1/contacts/imports").file(Upload.of("lista.csv", file));
    }

    private JsonNode answer(MockHttpServletResponse response) {
        String body = body(response);
        assertThat(response.getStatus()).as(body).isEqualTo(200);
        return json.readTree(body);
    }

    private String detail(MockHttpServletResponse response) {
        return json.readTree(body(response)).get("detail").asString();
    }

    private static String body(MockHttpServletResponse response) {
        return new String(response.getContentAsByteArray(), StandardCharsets.UTF_8);
    }

    private static JsonNode problem(JsonNode answer, int row) {
        for (JsonNode problem : answer.get("problems")) {
            if (problem.get("row").asInt() == row) {
                return problem;
            }
        }
        throw new AssertionError("No problem in row " + row + ": " + answer.get("problems"));
    }

    private int count(String table) {
        return jdbc.sql("select count(*) from " + table).query(Integer.class).single();
    }

    private List<String> addresses() {
        return jdbc.sql("select address from contact_address where valid order by address collate \"C\"")
                .query(String.class)
                .list();
    }

    private List<String> names() {
        return jdbc.sql("select name from contact order by id")
                .query(String.class)
                .list();
    }

    private List<String> decisions() {
        return jdbc.sql("select channel || ' ' || decision from consent order by id")
                .query(String.class)
                .list();
    }
}
