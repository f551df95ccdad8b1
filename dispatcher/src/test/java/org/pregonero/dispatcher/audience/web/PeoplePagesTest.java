package org.pregonero.dispatcher.audience.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pregonero.dispatcher.account.Accounts;
import org.pregonero.dispatcher.account.Role;
import org.pregonero.dispatcher.audience.AudienceBook;
import org.pregonero.dispatcher.audience.People;
import org.pregonero.dispatcher.institution.DataProtectionNotices;
import org.pregonero.dispatcher.runtime.DataDirectory;
import org.pregonero.dispatcher.tabular.Upload;
import org.pregonero.dispatcher.testing.HttpApi;
import org.pregonero.dispatcher.testing.HttpApi.Answer;
import org.pregonero.dispatcher.testing.HttpApi.Login;
import org.pregonero.dispatcher.testing.PageForms;
import org.pregonero.dispatcher.testing.RunningApplication;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** People in the hands of the office, by the forms of its pages. */
@RunningApplication
class PeoplePagesTest {

    private static final String ATTACK = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";
    private static final String HEADING = "Nombre;Correo;Celular;Entidad;Grupo;Autoriza;Fecha autorización;Barrio\n";
    private static final String LIST = HEADING
            + "Ana Gómez;ana@example.org;3001234567;Junta Comuna 4;Líderes;Sí;15/03/2025;La Estación\n"
            + "Luis Peña;luis@example.org;;Cámara;Líderes;Sí;;Centro\n"
            + "Eva Ruiz;eva(arroba)example.org;=1+1;;Vecinos;No;;\n";

    @LocalServerPort
    int port;

    @Autowired
    DataDirectory data;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    People people;

    @Autowired
    AudienceBook audiences;

    @Autowired
    DataProtectionNotices notices;

    @Autowired
    Accounts accounts;

    @Autowired
    TransactionOperations transaction;

    private HttpApi browser = new HttpApi(0, Path.of(""));

    @BeforeEach
    void logIn() {
        for (String table : List.of("contact", "audience", "suppression", "contact_import", "upload")) {
            jdbc.sql("delete from " + table).update();
        }
        browser = new HttpApi(port, data.path());
        browser.logIn();
    }

    @Test
    void aListBecomesPeopleInThreeSteps() throws IOException {
        String path = upload("contactos.csv", Upload.real("contactos.csv"));
        String review = page(path);
        assertThat(review).contains("Importar 1.200 personas").contains("Descargar en Excel");
        assertThat(review).contains("la única prueba es esta misma lista");
        assertThat(count("contact")).isZero();

        Answer confirmed = browser.submit(path + "/confirmar", PageForms.fields(review));

        assertThat(confirmed.location()).endsWith(path);
        assertThat(page(path)).contains("1.200 personas nuevas");
        assertThat(count("contact")).isEqualTo(1200);
        assertThat(count("upload")).isZero();
        assertThat(browser.submit(path + "/confirmar", Map.of()).status()).isEqualTo(302);
        assertThat(count("contact")).isEqualTo(1200);
        assertThat(jdbc.sql("select count(*) from consent where import_id is not null")
                        .query(Integer.class)
                        .single())
                .isPositive();
        assertThat(jdbc.sql("select distinct decision || coalesce(' ' || wording_version, '') from consent")
                        .query(String.class)
                        .list())
                .contains("GRANTED " + notices.current())
                .doesNotContain("GRANTED")
                .noneMatch(found -> found.matches("(REFUSED|UNPROVEN) .*"));
        assertThat(audiences.all())
                .filteredOn(audience -> audience.name().equals("Líderes sociales"))
                .singleElement()
                .satisfies(audience -> assertThat(audience.members())
                        .isGreaterThan(audience.email())
                        .isPositive());
    }

    @Test
    void aFileThatIsTooLargeIsRefusedWithThePageThatSaysSo() {
        Answer refused = browser.submitFile("/personas/importar", "lista.csv", new byte[30_000_000]);

        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.text()).contains("<h1>El archivo es demasiado grande</h1>", "hasta 20 MB");
        assertThat(count("upload")).isZero();
    }

    @Test
    void whatIsWrongComesBackAsAFileToMend() throws IOException {
        String path = upload("lista.csv", LIST.getBytes(StandardCharsets.UTF_8));

        String csv = browser.page(path + "/corregir.csv").text();
        assertThat(csv).startsWith("\uFEFFNombre;Correo;").contains("Motivo (qué corregir)");
        assertThat(csv.lines()).hasSize(3);
        assertThat(csv).contains("eva(arroba)example.org;'=1+1;").doesNotContain("Ana Gómez");
        List<Row> rows = workbook(path + "/corregir.xlsx");
        assertThat(rows.get(2).getCellText(2)).isEqualTo("=1+1");
        assertThat(rows.get(2).getCell(2).getFormula()).isNull();

        // mended and taken in again, the added column says nothing about anybody
        String again = upload(
                "filas.csv",
                csv.replace("eva(arroba)", "eva@").replace("'=1+1", "").getBytes(StandardCharsets.UTF_8));
        browser.submit(again + "/confirmar", PageForms.fields(page(again)));
        assertThat(people.find(idOf("Luis Peña")).orElseThrow().attributes()).containsOnlyKeys("Barrio");
        assertThat(people.find(idOf("Eva Ruiz")).orElseThrow().valid("EMAIL")).containsExactly("eva@example.org");
    }

    @Test
    void aColumnMeansWhatThePersonSays() {
        String path = upload("lista.csv", LIST.getBytes(StandardCharsets.UTF_8));
        Map<String, String> form = PageForms.fields(page(path));
        form.put("column-3", "IGNORED");
        form.put("column-7", "ORGANISATION");
        form.put("evidence", "Archivo central, caja 3");
        form.put("authorised-on", "2025-03-10");

        browser.submit(path, form);
        assertThat(PageForms.fields(page(path))).containsEntry("column-7", "ORGANISATION");
        browser.submit(path + "/confirmar", form);

        People.Person ana = people.find(idOf("Ana Gómez")).orElseThrow();
        assertThat(ana.organisation()).isEqualTo("La Estación");
        assertThat(ana.attributes()).isEmpty();
        assertThat(people.find(idOf("Luis Peña")).orElseThrow().ledger().get(0).decision())
                .isEqualTo("GRANTED");
    }

    @Test
    void aLongListIsTakenInWhileNobodyWaits() {
        String rows = IntStream.range(0, 6_000)
                .mapToObj(i -> "Persona Número " + i + ";persona" + i + "@example.org;300"
                        + String.format("%07d", i) + ";Entidad de prueba con nombre largo;Todos;Sí;15/03/2025;Barrio "
                        + i
                        + "\n")
                .collect(Collectors.joining());
        String path = upload("larga.csv", (HEADING + rows).getBytes(StandardCharsets.UTF_8));
        assertThat(page(path)).containsAnyOf("id=\"progress\"", "id=\"review\"");
        await().atMost(Duration.ofSeconds(60)).until(() -> page(path).contains("id=\"review\""));

        browser.submit(path + "/confirmar", PageForms.fields(page(path)));

        await().atMost(Duration.ofSeconds(60)).until(() -> page(path).contains("6.000 personas nuevas"));
        assertThat(browser.page(path + "/avance").status()).isEqualTo(200);
        assertThat(count("contact")).isEqualTo(6_000);
    }

    @ParameterizedTest
    @CsvSource({"'', Elija la lista", "%PDF-1.7, parece PDF", "Pieza;Precio, No se reconoció"})
    void aWrongFileIsAnsweredOnThePage(String content, String says) {
        Answer answer = browser.submitFile("/personas/importar", "lista.csv", content.getBytes(StandardCharsets.UTF_8));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text()).contains(says).contains("id=\"file-error\"");
        assertThat(count("upload")).isZero();
    }

    @Test
    void somebodyElsesListDoesNotExist() {
        String path = upload("lista.csv", LIST.getBytes(StandardCharsets.UTF_8));
        Login other = new Login("ajena", "una clave larga y ajena", "");
        accounts.create("ajena", "Otra Persona", other.password(), Set.of(Role.EDITOR));
        HttpApi stranger = new HttpApi(port, other);
        stranger.logIn();

        for (String part : List.of("", "/avance", "/corregir.csv", "/corregir.xlsx")) {
            assertThat(stranger.page(path + part).status()).as(part).isEqualTo(404);
        }
        for (String part : List.of("", "/confirmar", "/descartar")) {
            assertThat(stranger.submit(path + part, Map.of()).status()).as(part).isEqualTo(404);
        }
        assertThat(count("contact")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "gom, Ana Gómez",
        "GÓMEZ an, Ana Gómez",
        "comuna, Ana Gómez",
        "luis@ex, Luis Peña",
        "300 123, Ana Gómez",
        "+57300123, Ana Gómez"
    })
    void peopleAreFoundByWhatTheirWordsBeginWith(String text, String found) {
        taken();

        String page = browser.submit("/personas", Map.of("texto", text, "publico", ""))
                .text();

        assertThat(page).contains(found);
        assertThat(page.split("href=\"/personas/\\d+\"")).hasSize(2);
    }

    @Test
    void searchNeverBreaksAndNeverFindsAll() {
        taken();

        for (String text : List.of("%", "_", "a' or '1'='1", "!&|():*", "\\", "nadie así")) {
            Answer answer = browser.submit("/personas", Map.of("texto", text));
            assertThat(answer.status()).as(text).isEqualTo(200);
        }
        assertThat(browser.submit("/personas", Map.of("texto", "%")).text()).doesNotContain("Ana Gómez");
        String lideres = String.valueOf(audience("Líderes"));
        assertThat(page("/personas?publico=" + lideres)).contains("Ana Gómez").doesNotContain("Eva Ruiz");
    }

    @Test
    void pagesGoOnWhereTheLastOneEnded() {
        jdbc.sql("insert into contact (name) select 'Persona ' || lpad(n::text, 3, '0') from generate_series(1, 150) n")
                .update();

        String first = page("/personas");
        assertThat(first).contains("Persona 100").doesNotContain("Persona 101");
        String second = browser.submit(
                        "/personas",
                        Map.of(
                                "texto",
                                "",
                                "publico",
                                "",
                                "despues",
                                PageForms.fields(first).get("despues")))
                .text();
        assertThat(second).contains("Persona 101").contains("Persona 150").doesNotContain("Persona 100");
    }

    @Test
    void aPersonIsCorrectedByOneAtATime() {
        taken();
        String path = "/personas/" + idOf("Ana Gómez");
        Map<String, String> mine = person(path);
        Map<String, String> theirs = new HashMap<>(mine);
        theirs.put("position", "Presidenta");
        mine.put("emails", "ANA.GOMEZ@Example.org\nsin arroba");

        assertThat(browser.submit(path, theirs).status()).isEqualTo(302);
        assertThat(browser.submit(path, mine).text()).contains("sin arroba: ");
        mine.put("emails", "ANA.GOMEZ@Example.org");
        Answer refused = browser.submit(path, mine);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text()).contains("Presidenta");
        mine.put("version", PageForms.fields(refused.text()).get("version"));
        assertThat(browser.submit(path, mine).status()).isEqualTo(302);

        assertThat(people.find(idOf("Ana Gómez")).orElseThrow().valid("EMAIL"))
                .containsExactly("ana.gomez@example.org");
        assertThat(auditedAbout("person/" + idOf("Ana Gómez"))).noneMatch(entry -> entry.contains("example.org"));
    }

    @Test
    void decisionsAreWrittenDownAndNeverChanged() {
        taken();
        String path = "/personas/" + idOf("Eva Ruiz");

        assertThat(browser.submit(
                                path + "/autorizacion",
                                Map.of("channels", "EMAIL", "day", "2030-01-01", "evidence", ""))
                        .text())
                .contains("no puede estar en el futuro")
                .contains("Diga dónde está la prueba");
        browser.submit(
                path + "/autorizacion",
                Map.of("channels", "EMAIL", "day", "2026-03-01", "evidence", "Formulario 12", "wording", "3"));
        assertThat(page(path))
                .contains("Formulario 12")
                .contains("aviso, versión 3")
                .contains("autorizó");

        browser.submit(
                path + "/autorizacion",
                Map.of("channels", "SMS", "day", "2026-03-01", "evidence", "Formulario 13", "wording", ""));
        assertThat(people.find(idOf("Eva Ruiz")).orElseThrow().ledger())
                .filteredOn(entry -> entry.channel().equals("SMS"))
                .extracting(People.Entry::wordingVersion)
                .startsWith(String.valueOf(notices.current()));

        browser.submit(path + "/revocacion", Map.of("channels", "EMAIL", "means", "Llamó por teléfono"));

        List<People.Entry> ledger = people.find(idOf("Eva Ruiz")).orElseThrow().ledger();
        assertThat(ledger).extracting(People.Entry::decision).startsWith("REVOKED", "GRANTED");
        assertThat(ledger.get(0).latest()).isTrue();
        assertThat(page("/bajas")).contains("Eva Ruiz").contains("Llamó por teléfono");
    }

    @Test
    void whoSaidYesWithoutProofIsKeptApartUntilSomebodyShowsIt() {
        taken();
        assertThat(page("/personas")).contains("sin prueba de autorización");
        String page = page("/personas/sin-prueba");
        String list = jdbc.sql("select max(id)::text from contact_import")
                .query(String.class)
                .single();
        assertThat(page).contains("lista.csv").contains("Luis Peña").doesNotContain("Ana Gómez");
        Map<String, String> form = new HashMap<>(Map.of("list", list, "audience", "", "day", "", "evidence", "Caja 3"));
        assertThat(browser.submit("/personas/sin-prueba", form).status()).isEqualTo(422);
        form.put("day", "2025-03-10");

        assertThat(browser.submit("/personas/sin-prueba", form).status()).isEqualTo(302);

        assertThat(people.find(idOf("Luis Peña")).orElseThrow().ledger())
                .extracting(People.Entry::decision)
                .containsExactly("GRANTED", "UNPROVEN");
        assertThat(page("/personas/sin-prueba")).contains("Nadie está sin prueba");
    }

    @Test
    void aPersonIsForgottenAndAnOldListDoesNotBringThemBack() {
        taken();
        long ana = idOf("Ana Gómez");
        assertThat(browser.page("/personas/" + ana + "/datos.json").text())
                .contains("ana@example.org")
                .contains("GRANTED");

        browser.submit("/personas/" + ana + "/supresion", Map.of("excluir", "true"));

        String page = page("/personas/" + ana);
        assertThat(page).contains("Persona suprimida").doesNotContain("Gómez").doesNotContain("ana@example.org");
        assertThat(people.find(ana).orElseThrow().ledger()).isNotEmpty();
        assertThat(browser.submit("/personas", Map.of("texto", "ana")).text()).doesNotContain("Gómez");
        assertThat(browser.submit("/personas/" + ana, Map.of("name", "Ana", "version", "1"))
                        .status())
                .isEqualTo(404);
        taken();
        assertThat(jdbc.sql("""
                                select obstacle from contact c, contactability(c.id, 'EMAIL', 'EMAIL', 'rendicion-de-cuentas')
                                where c.name = 'Ana Gómez'
                                """).query(String.class).single()).isEqualTo("SUPPRESSED");
        assertThat(page("/bajas/direcciones")).contains("ana@example.org");
        assertThat(people.find(idOf("Ana Gómez")).orElseThrow().addresses()).allMatch(People.PersonAddress::suppressed);

        // she comes back by herself
        jdbc.sql("update suppression set created_at = '2026-01-15'").update();
        browser.submit(
                "/personas/" + idOf("Ana Gómez") + "/autorizacion",
                Map.of("channels", "EMAIL", "day", "2026-03-01", "evidence", "Formulario 12"));
        assertThat(people.find(idOf("Ana Gómez")).orElseThrow().addresses())
                .filteredOn(address -> !address.suppressed())
                .extracting(People.PersonAddress::address)
                .containsExactly("ana@example.org");
    }

    @ParameterizedTest
    @CsvSource({"true, BOUNCED ERASED", "false, ''"})
    void excludedAddressesAreThePersonsToReadAndStayOrGoAsTheOfficeSays(boolean keep, String stay) {
        taken();
        String path = "/personas/" + idOf("Luis Peña");
        jdbc.sql(
                        "insert into suppression (kind, address, channel, reason) values ('EMAIL', 'luis@example.org', 'EMAIL', 'BOUNCED')")
                .update();
        assertThat(browser.page(path + "/datos.json").text()).contains("\"excluded\"", "\"BOUNCED\"");

        browser.submit(path + "/supresion", keep ? Map.of("excluir", "true") : Map.of());

        assertThat(jdbc.sql("select coalesce(string_agg(reason, ' ' order by reason), '') from suppression")
                        .query(String.class)
                        .single())
                .isEqualTo(stay);
    }

    @Test
    void aFilterThatIsChangedWhileItsPeopleAreLookedForIsTheNewOne() {
        taken();
        browser.submit(
                "/publicos",
                Map.of(
                        "name", "Comuna cuatro",
                        "version", "0",
                        "filtered", "true",
                        "conditions[0].field", "ORGANISATION",
                        "conditions[0].test", "CONTAINS",
                        "conditions[0].text", "comuna"));
        long id = audience("Comuna cuatro");
        assertThat(members(id)).containsExactly("Ana Gómez");

        CompletableFuture<Void> looking = Objects.requireNonNull(transaction.execute(status -> {
            jdbc.sql("update audience set filter = replace(filter::text, 'comuna', 'cámara')::jsonb where id = ?")
                    .param(id)
                    .update();
            CompletableFuture<Void> refresh = CompletableFuture.runAsync(() -> audiences.refresh(List.of(id)));
            awaitSomebodyWaiting();
            return refresh;
        }));

        looking.join();
        assertThat(members(id)).containsExactly("Luis Peña");
    }

    @Test
    void whoWaitsForOneAudienceDoesNotHoldAnother() {
        taken();
        long person = idOf("Ana Gómez");
        long first = audience("Líderes");
        long second = audience("Vecinos");
        jdbc.sql(
                        "insert into audience_member (audience_id, contact_id) select a, ? from unnest(array[?, ?]) a on conflict do nothing")
                .params(person, first, second)
                .update();
        // lies behind the second one
        jdbc.sql("update audience set target_size = 9 where id = ?")
                .param(first)
                .update();
        Map<String, String> form = person("/personas/" + person);

        CompletableFuture<Answer> saving = Objects.requireNonNull(transaction.execute(status -> {
            jdbc.sql("select id from audience where id = ? for update")
                    .param(first)
                    .query(rs -> {});
            CompletableFuture<Answer> saved =
                    CompletableFuture.supplyAsync(() -> browser.submit("/personas/" + person, form));
            awaitSomebodyWaiting();
            jdbc.sql("select id from audience where id = ? for update nowait")
                    .param(second)
                    .query(rs -> {});
            return saved;
        }));

        assertThat(saving.join().status()).isEqualTo(302);
    }

    private void awaitSomebodyWaiting() {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> jdbc.sql("""
                        select exists (select from pg_stat_activity
                                       where datname = current_database() and wait_event_type = 'Lock')
                        """).query(Boolean.class).single());
    }

    @Test
    void whoIsForgottenIsNotInTheRowsOfAnImportedListEither() {
        taken();
        String rows = "select mend || report::text from contact_import";
        assertThat(jdbc.sql(rows).query(String.class).single())
                .contains("Eva Ruiz", "eva(arroba)example.org", "Luis Peña");
        long eva = idOf("Eva Ruiz");
        assertThat(browser.page("/personas/" + eva + "/datos.json").text())
                .contains("\"rowsToMend\" : [ [ \"Eva Ruiz\"");

        browser.submit("/personas/" + eva + "/supresion", Map.of());

        assertThat(jdbc.sql(rows).query(String.class).single())
                .contains("Luis Peña")
                .doesNotContain("Eva Ruiz", "eva(arroba)example.org");
    }

    @Test
    void theRowOfSomebodyWithALongerNameOrAnotherAddressIsNotAPersons() {
        String path = upload(
                "lista.csv",
                (HEADING
                                + "Ana Gómez;ana@example.org;;;;Sí;;\n"
                                + "Ana María Gómez Pérez;maria@example.org;;;;Sí;;\n"
                                + "Ana Ruiz;ruiz@example.org;;Gómez y Cía;;Sí;;\n"
                                + "Ana Gómez;otra@example.org;;;;Sí;;\n"
                                + "Luis Peña;ana@example.org;;;;Sí;;\n")
                        .getBytes(StandardCharsets.UTF_8));
        browser.submit(path + "/confirmar", PageForms.fields(page(path)));
        long ana = jdbc.sql("""
                        select contact_id from contact_address join contact c on c.id = contact_id
                        where address = 'ana@example.org' and c.name = 'Ana Gómez'
                        """).query(Long.class).single();
        List<String> others = List.of("maria@example.org", "ruiz@example.org", "otra@example.org", "Luis Peña");

        assertThat(browser.page("/personas/" + ana + "/datos.json").text())
                .contains("\"rowsToMend\" : [ [ \"Ana Gómez\", \"ana@example.org\"")
                .doesNotContain(others);
        browser.submit("/personas/" + ana + "/supresion", Map.of());

        String mend =
                jdbc.sql("select mend from contact_import").query(String.class).single();
        assertThat(mend).contains(others).contains("Ana Gómez,otra@example.org");
        assertThat(mend.lines()).noneMatch(line -> line.startsWith("Ana Gómez,ana@"));
        // what was wrong with Luis' row named her
        assertThat(mend.lines().filter(line -> line.startsWith("Luis Peña")))
                .singleElement()
                .asString()
                .doesNotContain("Ana Gómez");
    }

    @Test
    void whoSharesATelephoneWithSomebodyForgottenIsStillWrittenTo() {
        taken();
        long luis = idOf("Luis Peña");
        jdbc.sql(
                        "insert into contact_address (contact_id, kind, address, valid) values (?, 'PHONE', '+573001234567', true)")
                .param(luis)
                .update();
        browser.submit(
                "/personas/" + luis + "/autorizacion",
                Map.of("channels", "SMS", "day", "2026-03-01", "evidence", "Formulario 12"));

        browser.submit("/personas/" + idOf("Ana Gómez") + "/supresion", Map.of("excluir", "true"));

        assertThat(jdbc.sql("""
                                select coalesce(obstacle, address)
                                from contactability(:luis, 'SMS', 'PHONE', 'rendicion-de-cuentas')
                                """).param("luis", luis).query(String.class).single())
                .isEqualTo("+573001234567");
        assertThat(people.find(luis).orElseThrow().addresses()).noneMatch(People.PersonAddress::suppressed);
        assertThat(page("/bajas/direcciones")).contains("pidió suprimir sus datos");
    }

    @Test
    void aSavedFilterFindsItsPeopleAgain() {
        taken();
        Map<String, String> form = new HashMap<>(Map.of("name", "Comuna cuatro", "target", "50", "version", "0"));
        form.put("filtered", "true");
        assertThat(browser.submit("/publicos", form).text()).contains("al menos una condición");
        form.put("conditions[0].field", "ORGANISATION");
        form.put("conditions[0].test", "CONTAINS");
        form.put("conditions[0].text", "COMUNA");
        form.put("conditions[1].field", "ATTRIBUTE");
        form.put("conditions[1].attribute", "Barrio");
        form.put("conditions[1].test", "EQUALS");
        form.put("conditions[1].text", "la estacion");
        form.put("conditions[2].field", "AUDIENCE");
        form.put("conditions[2].test", "CONTAINS");
        form.put("conditions[2].audience", String.valueOf(audience("Líderes")));

        Answer created = browser.submit("/publicos", form);
        assertThat(created.status()).isEqualTo(302);
        long id = audience("Comuna cuatro");
        assertThat(members(id)).containsExactly("Ana Gómez");
        assertThat(page("/publicos/" + id)).contains("value=\"50\"").contains("COMUNA");

        jdbc.sql("update contact set organisation = 'Junta comuna 5', attributes = '{\"Barrio\": \"La Estación\"}'")
                .update();
        audiences.refresh(List.of(id));
        assertThat(members(id)).containsExactlyInAnyOrder("Ana Gómez", "Luis Peña");

        // a list that a filter looks at is not taken away from under it
        assertThat(browser.submit("/publicos/" + audience("Líderes") + "/quitar", Map.of())
                        .status())
                .isEqualTo(409);
        browser.submit("/publicos/" + id + "/quitar", Map.of());
        assertThat(browser.page("/publicos/" + id).status()).isEqualTo(404);
        assertThat(people.find(idOf("Ana Gómez"))).isPresent();
    }

    @Test
    void anAudienceIsRenamedByOneAtATimeAndNamesAreNotTaken() {
        taken();
        String path = "/publicos/" + audience("Líderes");
        Map<String, String> form = PageForms.fields(page(path));
        form.keySet().removeIf(key -> key.startsWith("conditions") || key.startsWith("_"));
        form.put("name", "vecinos");
        assertThat(browser.submit(path, form).text()).contains("Ya hay un público con ese nombre");
        form.put("name", "Líderes y lideresas");
        form.put("target", "-1");
        assertThat(browser.submit(path, form).status()).isEqualTo(422);
        form.put("target", "860");
        assertThat(browser.submit(path, form).status()).isEqualTo(302);
        assertThat(browser.submit(path, form).status()).isEqualTo(409);
        assertThat(page("/publicos")).contains("Líderes y lideresas").contains("860");
    }

    @Test
    void nothingThatIsImportedOrTypedRuns() {
        String cell = "\"" + ATTACK.replace("\"", "\"\"") + "\"";
        String group = "\"" + ATTACK.replace("\"", "\"\"").replace("/", "") + "\"";
        String list = "Nombre;Correo;Celular;Entidad;Cargo;Grupo;Autoriza;Otro" + cell.replace("\"", "") + "\n"
                + String.join(";", cell, "mala@example.org", cell, cell, cell, group, "Sí", cell)
                + "\nAna Gómez;" + cell + ";;;;;;\n";
        String path = upload("<img src=x onerror=alert(2)>.csv", list.getBytes(StandardCharsets.UTF_8));
        assertHarmless(page(path));
        browser.submit(path + "/confirmar", PageForms.fields(page(path)));
        assertHarmless(page(path));
        assertHarmless(page("/personas/importar"));
        assertHarmless(page("/personas/sin-prueba"));

        long id = jdbc.sql("select min(id) from contact where name like '%script%'")
                .query(Long.class)
                .single();
        Map<String, String> form = person("/personas/" + id);
        form.put("emails", ATTACK);
        assertHarmless(browser.submit("/personas/" + id, form).text());
        browser.submit(
                "/personas/" + id + "/autorizacion",
                Map.of("channels", "EMAIL", "day", "2026-03-01", "evidence", ATTACK, "wording", "1"));
        browser.submit("/personas/" + id + "/revocacion", Map.of("channels", "EMAIL", "means", ATTACK));
        browser.submit("/publicos", Map.of("name", ATTACK, "version", "0"));
        assertHarmless(page("/personas"));
        assertHarmless(browser.submit("/personas", Map.of("texto", ATTACK)).text());
        assertHarmless(page("/personas/" + id));
        assertHarmless(page("/publicos"));
        assertHarmless(page("/publicos/"
                + jdbc.sql("select max(id) from audience").query(Long.class).single()));
        assertHarmless(page("/publicos/nuevo"));
        assertHarmless(page("/bajas"));
        jdbc.sql("insert into suppression (kind, address, reason) values ('EMAIL', ?, 'BOUNCED')")
                .param(ATTACK)
                .update();
        assertHarmless(page("/bajas/direcciones"));
    }

    private static void assertHarmless(String page) {
        assertThat(page)
                .contains("&lt;img src=x onerror=alert(2)&gt;")
                .doesNotContain("<script>alert")
                .doesNotContain("<img src=x");
    }

    private void taken() {
        String path = upload("lista.csv", LIST.getBytes(StandardCharsets.UTF_8));
        browser.submit(path + "/confirmar", PageForms.fields(page(path)));
    }

    /** The form of a person's data among the others of the page. */
    private Map<String, String> person(String path) {
        String page = page(path);
        Map<String, String> form = PageForms.fields(page.substring(page.indexOf("<form id=\"person\"")));
        form.remove("excluir");
        return form;
    }

    private String upload(String name, byte[] file) {
        Answer answer = browser.submitFile("/personas/importar", name, file);
        assertThat(answer.status()).as(answer.text()).isEqualTo(302);
        return answer.location().replaceFirst("^https?://[^/]+", "");
    }

    private List<Row> workbook(String path) throws IOException {
        try (ReadableWorkbook workbook = new ReadableWorkbook(new ByteArrayInputStream(browser.bytes(path)))) {
            return workbook.getFirstSheet().read();
        }
    }

    private String page(String path) {
        Answer answer = browser.page(path);
        assertThat(answer.status()).as(path).isEqualTo(200);
        return answer.text();
    }

    private long idOf(String name) {
        return jdbc.sql("select min(id) from contact where name = ?")
                .param(name)
                .query(Long.class)
                .single();
    }

    private long audience(String name) {
        return jdbc.sql("select id from audience where name = ?")
                .param(name)
                .query(Long.class)
                .single();
    }

    private List<String> members(long audience) {
        return jdbc.sql(
                        "select c.name from audience_member m join contact c on c.id = m.contact_id where m.audience_id = ?")
                .param(audience)
                .query(String.class)
                .list();
    }

    private List<String> auditedAbout(String subject) {
        return jdbc.sql(
                        "select coalesce(before::text, '') || coalesce(after::text, '') from audit_entry where subject = ?")
                .param(subject)
                .query(String.class)
                .list();
    }

    private int count(String table) {
        return jdbc.sql("select count(*) from " + table).query(Integer.class).single();
    }
}
