package org.pregonero.dispatcher.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pregonero.dispatcher.account.Accounts;
import org.pregonero.dispatcher.account.Role;
import org.pregonero.dispatcher.runtime.DataDirectory;
import org.pregonero.dispatcher.testing.HttpApi;
import org.pregonero.dispatcher.testing.PrintedCode;
import org.pregonero.dispatcher.testing.RunningApplication;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Personal invitations on paper, as the office fetches them. */
@RunningApplication
class InvitationsTest {

    @LocalServerPort
    int port;

    @Autowired
    DataDirectory data;

    @Autowired
    Accounts accounts;

    @Autowired
    JdbcClient jdbc;

    private final HttpClient http = HttpClient.newHttpClient();
    private HttpApi api = new HttpApi(0, java.nio.file.Path.of(""));
    private long audience;
    private long message;

    @BeforeEach
    void givenAnAudienceAndAnInvitation() {
        api = new HttpApi(port, data.path());
        given(
                "Zoila Ñáñez;Gremio;zoila@example.org",
                "Ana Pérez;Junta La Ceiba;ana@example.org",
                "Berta Ruiz;;berta@example.org");
    }

    /** @param people name, institution and address of each */
    private void given(String... people) {
        var group = "Invitados " + UUID.randomUUID();
        api.upload(
                "/api/v1/contacts/imports?evidence=formulario",
                "invitados.csv",
                Arrays.stream(people)
                        .map(person -> person + ";" + group + "\n")
                        .collect(Collectors.joining("", "Nombre;Entidad;Correo;Grupo\n", ""))
                        .getBytes(StandardCharsets.UTF_8));
        audience = jdbc.sql("select id from audience where name = :name")
                .param("name", group)
                .query(Long.class)
                .single();
        message = api.post(
                        "/api/v1/messages",
                        Map.of(
                                "title",
                                "Invitación personal",
                                "audiences",
                                List.of(group),
                                "channels",
                                Map.of(
                                        "POSTER",
                                        Map.of(
                                                "content",
                                                Map.of(
                                                        "paper", "INVITATION",
                                                        "layout", "HEADLINE",
                                                        "headline", "{{nombre}}",
                                                        "body", "Le invitamos en nombre de {{entidad}}.",
                                                        "link",
                                                                "https://www.instituto.example/audiencia?junta={{entidad}}"),
                                                "outlets",
                                                List.of("Recepción")))))
                .path("id")
                .asLong();
    }

    private String path(String more) {
        return "/api/v1/messages/" + message + "/invitations.pdf?audience=" + audience + more;
    }

    @Test
    void namesThoseWhoLackAValue() {
        var answer = api.ask("GET", path(""), null);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("problems")).hasSize(1);
        assertThat(answer.json().at("/problems/0/explanation").asString()).isEqualTo("A Berta Ruiz le falta: entidad.");
    }

    @Test
    void isAPagePerPersonSortedByNameForThoseWhoWrite() throws Exception {
        var editor = accounts.create("e" + UUID.randomUUID(), "Editora", "irrelevant", Set.of(Role.EDITOR));

        var answer = fetch(accounts.createApiKey(editor.id(), "prueba"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/pdf");
        assertThat(answer.headers().firstValue("Content-Disposition").orElse(""))
                .contains("invitaciones-invitacion-personal.pdf");
        try (PDDocument pdf = Loader.loadPDF(answer.body())) {
            assertThat(pdf.getNumberOfPages()).isEqualTo(2);
            assertThat(new PDFTextStripper().getText(pdf).replaceAll("\\s+", " "))
                    .containsSubsequence("Ana Pérez", "Junta La Ceiba", "Zoila Ñáñez", "Gremio")
                    .doesNotContain("Berta");
        }
        assertThat(jdbc.sql(
                                "select count(*) from audit_entry where action = 'invitations.printed' and subject = :subject")
                        .param("subject", "message/" + message)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void sixtyPeopleGetAPageEachWithTheirOwnNameAndCode() throws Exception {
        given(IntStream.range(0, 60)
                .mapToObj(i -> "Persona %03d Ñandú;Junta %03d;p%03d@example.org".formatted(i, i, i))
                .toArray(String[]::new));

        var editor = accounts.create("e" + UUID.randomUUID(), "Editora", "irrelevant", Set.of(Role.EDITOR));

        var answer = fetch(accounts.createApiKey(editor.id(), "prueba"));

        assertThat(answer.statusCode()).isEqualTo(200);
        try (PDDocument pdf = Loader.loadPDF(answer.body())) {
            assertThat(pdf.getNumberOfPages()).isEqualTo(60);
            var text = new PDFTextStripper();
            for (int page = 0; page < 60; page++) {
                text.setStartPage(page + 1);
                text.setEndPage(page + 1);
                assertThat(text.getText(pdf).replaceAll("\\s+", " "))
                        .containsOnlyOnce("Persona ")
                        .contains("Persona %03d Ñandú".formatted(page), "Junta %03d".formatted(page));
            }
            for (int page : List.of(0, 29, 59)) {
                assertThat(PrintedCode.on(pdf, page))
                        .startsWith("https://www.instituto.example/audiencia?junta=Junta")
                        .endsWith("%03d".formatted(page));
            }
        }
    }

    @Test
    void isNotForThoseWhoOnlyRead() throws Exception {
        var evaluator = accounts.create("c" + UUID.randomUUID(), "Control", "irrelevant", Set.of(Role.EVALUATOR));

        assertThat(fetch(accounts.createApiKey(evaluator.id(), "prueba")).statusCode())
                .isEqualTo(403);
    }

    @Test
    void knowsNoAudienceOfThatNumber() {
        assertThat(api.ask("GET", "/api/v1/messages/" + message + "/invitations.pdf?audience=0", null)
                        .status())
                .isEqualTo(404);
    }

    private HttpResponse<byte[]> fetch(String key) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path("&skipIncomplete=true")))
                        .header("Authorization", "Bearer " + key)
                        .build(),
                BodyHandlers.ofByteArray());
    }
}
