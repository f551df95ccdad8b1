package org.pregonero.dispatcher.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.junit.jupiter.api.Test;
import org.pregonero.dispatcher.testing.PrintedCode;
import tools.jackson.databind.JsonNode;

/** Links that count their visits: from the mail or the poster that carries them to where they lead, and to the figures. */
class CountedLinksTest extends PublicSite {

    private static final Pattern COUNTED = Pattern.compile(Pattern.quote(PUBLIC) + "(/i/[0-9a-f-]{36}/\\d+)");
    private static final String REPORT = "https://www.entidad.example/informe?a=1&b=%C3%B1|2#p";
    private static final String MAP = "http://mapas.example/rendición";

    @Test
    void aLinkLeadsToExactlyWhatWasApproved() {
        var links = mails(1).get(0);

        var report = get(links.get(0), BROWSER);
        assertThat(report.statusCode()).isEqualTo(302);
        assertThat(report.headers().firstValue("Location")).hasValue(REPORT);
        assertThat(report.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(report.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(report.headers().firstValue("X-Robots-Tag")).hasValue("noindex");
        assertThat(report.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(report.body()).isEmpty();
        assertThat(get(links.get(1), BROWSER).headers().firstValue("Location"))
                .hasValue("http://mapas.example/rendici%C3%B3n");
    }

    @Test
    void nothingInTheRequestLeadsElsewhere() {
        var link = mails(1).get(0).get(0);
        var token = link.split("/", -1)[2];

        for (var path : List.of(
                link + "?url=https://evil.example",
                link + "?redirect=//evil.example&next=https://evil.example",
                link + ";url=https://evil.example")) {
            var answer = get(path, BROWSER);
            assertThat(answer.headers().firstValue("Location").orElse(REPORT))
                    .as(path)
                    .isEqualTo(REPORT);
        }
        for (var path : List.of(
                link + "//evil.example",
                "/i//evil.example/0",
                "/i/" + token + "/%2f%2fevil.example",
                "/i/" + token + "/https:%2f%2fevil.example",
                "/i/" + token + "/0/https://evil.example")) {
            var answer = get(path, BROWSER);
            assertThat(answer.statusCode()).as(path).isBetween(400, 499);
            assertThat(answer.headers().firstValue("Location")).as(path).isEmpty();
        }
        assertThat(get(link, "X-Forwarded-Host", "evil.example", "Referer", "https://evil.example/")
                        .headers()
                        .firstValue("Location"))
                .hasValue(REPORT);
    }

    @Test
    void anUnknownLinkIsToldInWords() {
        var token = mails(1).get(0).get(0).split("/", -1)[2];

        for (var path : List.of(
                "/i/" + UUID.randomUUID() + "/0",
                "/i/" + token + "/99",
                "/i/" + token + "/-1",
                "/i/" + token + "/99999999999",
                "/i/" + token.substring(0, 20) + "/0")) {
            var answer = get(path, "Accept", "text/html", "Accept-Language", "es-CO");
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(answer.body()).as(path).contains("No encontrado", "puede estar incompleta");
        }
    }

    @Test
    void peopleAreToldFromPrograms() {
        var mails = mails(4);
        var occurrence = occurrence(mails.get(0).get(0));

        get(mails.get(0).get(0), BROWSER);
        // a person who comes back the next day has followed the link twice
        get(mails.get(0).get(0), BROWSER);
        get(mails.get(1).get(0), BROWSER);
        // both links at once: a mail gateway that passes for a browser
        get(mails.get(2).get(0), BROWSER);
        get(mails.get(2).get(1), BROWSER);
        ask("HEAD", mails.get(3).get(0), BROWSER);
        for (var program : List.of(
                "WhatsApp/2.23.20.0",
                "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
                "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
                "TelegramBot (like TwitterBot)",
                "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
                "Java-http-client/17.0.1",
                "curl/8.5.0")) {
            get(mails.get(3).get(0), "User-Agent", program, "Accept-Language", "es-CO");
        }
        get(mails.get(3).get(0), BROWSER[0], BROWSER[1], BROWSER[2], BROWSER[3], "Sec-Purpose", "prefetch");
        get(mails.get(3).get(0), BROWSER[0], BROWSER[1]);

        var report = followed(occurrence, REPORT);
        assertThat(report.path("clicks").asLong()).isEqualTo(3);
        assertThat(report.path("people").asLong()).isEqualTo(2);
        assertThat(report.path("scanners").asLong()).isEqualTo(1 + 1 + 7 + 2);
        assertThat(followed(occurrence, MAP).path("clicks").asLong()).isZero();
    }

    @Test
    void theCodeOfEachPlaceIsCountedForItself() throws Exception {
        var occurrence = sent(Map.of(
                "title",
                "Afiche",
                "channels",
                Map.of(
                        "POSTER",
                        onPlaces(
                                Map.of(
                                        "paper", "LETTER",
                                        "layout", "HEADLINE",
                                        "headline", "Audiencia pública",
                                        "body", "Venga y pregunte.",
                                        "callToAction", "Más información",
                                        "link", REPORT),
                                "Biblioteca",
                                "Terminal",
                                "Alcaldía"))));
        var codes = new HashMap<String, String>();
        for (var delivery : deliveries(occurrence)) {
            codes.put(
                    delivery.path("recipient").asString(),
                    code(delivery.path("url").asString()).substring(PUBLIC.length()));
        }
        assertThat(codes).hasSize(3);
        assertThat(codes.values()).doesNotHaveDuplicates().allMatch(code -> code.startsWith("/i/"));

        // at a busy place, several people at once
        IntStream.range(0, 3).forEach(i -> get(codes.getOrDefault("Biblioteca", ""), BROWSER));
        assertThat(get(codes.getOrDefault("Terminal", ""), BROWSER).headers().firstValue("Location"))
                .hasValue(REPORT);

        assertThat(api.get("/api/v1/occurrences/" + occurrence + "/clicks")
                        .valueStream()
                        .map(one -> one.path("place").asString() + " "
                                + one.path("clicks").asLong() + " "
                                + one.path("people").asLong()))
                .containsExactlyInAnyOrder("Biblioteca 3 0", "Terminal 1 0");
    }

    // --- steps -------------------------------------------------------------------------------------------------------

    /** The two counted links of each of so many mails. */
    private List<List<String>> mails(int people) {
        var group = "Vecinos " + UUID.randomUUID();
        var list = new StringBuilder("Nombre;Correo;Grupo;Autoriza tratamiento de datos;Fecha autorización\n");
        IntStream.range(0, people)
                .forEach(i -> list.append(
                        "Vecina %d;v%s@correo.example;%s;Sí;15/03/2026\n".formatted(i, UUID.randomUUID(), group)));
        api.upload(
                "/api/v1/contacts/imports?evidence=formulario",
                "vecinos.csv",
                list.toString().getBytes(StandardCharsets.UTF_8));
        sent(Map.of(
                "title",
                "Invitación",
                "audiences",
                List.of(group),
                "channels",
                Map.of(
                        "EMAIL",
                        Map.of(
                                "content",
                                Map.of(
                                        "subject",
                                        "Le invitamos",
                                        "body",
                                        "Hola. [Informe](" + REPORT + ") y [mapa](" + MAP + ").")))));
        assertThat(inbox.received()).hasSize(people);
        return inbox.received().stream()
                .map(mail -> {
                    var text = mail.source().replaceAll("=\r?\n", "");
                    return COUNTED.matcher(text)
                            .results()
                            .map(link -> link.group(1))
                            .distinct()
                            .sorted()
                            .toList();
                })
                .peek(links -> assertThat(links).hasSize(2))
                .toList();
    }

    private long occurrence(String link) {
        return jdbc.sql("select occurrence_id from delivery where token = :token::uuid")
                .param("token", link.split("/", -1)[2])
                .query(Long.class)
                .single();
    }

    private JsonNode followed(long occurrence, String url) {
        return api.get("/api/v1/occurrences/" + occurrence + "/clicks")
                .valueStream()
                .filter(one -> one.path("url").asString().equals(url))
                .findFirst()
                .orElseThrow();
    }

    private String code(String url) throws Exception {
        var file = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + url.substring(PUBLIC.length())))
                                .build(),
                        BodyHandlers.ofByteArray());
        assertThat(file.statusCode()).isEqualTo(200);
        try (var pdf = Loader.loadPDF(file.body())) {
            return PrintedCode.on(pdf, 0);
        }
    }
}
