package org.pregonero.dispatcher.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From the office's message on the channel WEB to what the public reads and does, and to what the office gets of it. */
class AnnouncementTest extends PublicSite {

    private static final String ATOM = "http://www.w3.org/2005/Atom";
    private static final String HOSTILE = "Venga </title><script>alert(\"1\")</script> & <b>pregunte</b> 'ya'";

    private static final Map<String, String> REGISTRATION = Map.of(
            "name", " Ana Ñáñez ",
            "organisation", "Junta <La Ceiba>",
            "reachableAt", "ana@correo.example",
            "accepted", "true");
    private static final Map<String, String> QUESTION = Map.of(
            "text", "¿Cuánto costó el puente?", "name", "Luis", "reachableAt", "310 555 0101", "accepted", "true");

    private long event;
    private String page = "";

    @BeforeEach
    void givenAnEvent() {
        event = event(Instant.now().plus(10, ChronoUnit.DAYS));
    }

    @Test
    void isReadOnItsPageTheListTheFeedsAndTheCalendar() throws Exception {
        publish("Audiencia pública", "Venga y pregunte.");

        var read = get(page);
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.body())
                .contains("<html lang=\"es-CO\"", "Audiencia pública", "Venga y pregunte.", "<strong>recursos</strong>")
                .contains("href=\"https://www.entidad.example/informe?a=1&amp;b=2\"")
                .contains("Auditorio &amp; patio", "Agregar a mi calendario", "Quiero asistir", "Haga una pregunta")
                .doesNotContain("??");
        assertThat(get("/anuncios").body()).contains("href=\"" + page + "\"", "Venga y pregunte.");
        var item = item();
        assertThat(item.path("title").asString()).isEqualTo("Audiencia pública");
        assertThat(item.path("where").asString()).isEqualTo("Auditorio & patio");
        assertThat(Instant.parse(item.path("starts").asString()))
                .isBefore(
                        item.path("ends").asString().isEmpty()
                                ? Instant.MIN
                                : Instant.parse(item.path("ends").asString()));
        assertThat(entry().getElementsByTagNameNS(ATOM, "title").item(0).getTextContent())
                .isEqualTo("Audiencia pública");
        var calendar = get(page + "/evento.ics");
        assertThat(calendar.headers().firstValue("Content-Type").orElse("")).startsWith("text/calendar");
        assertThat(calendar.body()).contains("BEGIN:VEVENT", "METHOD:PUBLISH", "SUMMARY:Audiencia <pública>");
    }

    @Test
    void speaksEnglishToThoseWhoDo() {
        publish("Audiencia pública", "Venga.");

        assertThat(get(page, "Accept-Language", "en").body())
                .contains("<html lang=\"en\"", "Add to my calendar", "I want to come")
                .doesNotContain("??");
    }

    @Test
    void hostileTextStaysText() throws Exception {
        publish(HOSTILE, HOSTILE);

        for (var path : List.of("/anuncios", page)) {
            assertThat(get(path).body())
                    .contains("Venga &lt;/title&gt;&lt;script&gt;", "&lt;b&gt;pregunte&lt;/b&gt;")
                    .doesNotContain("<script", "<b>", "<img");
        }
        assertThat(item().path("title").asString()).isEqualTo(HOSTILE);
        assertThat(get("/anuncios.json").headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/json");
        assertThat(get("/anuncios.json").headers().firstValue("X-Content-Type-Options"))
                .hasValue("nosniff");
        var entry = entry();
        assertThat(entry.getElementsByTagNameNS(ATOM, "title").item(0).getTextContent())
                .isEqualTo(HOSTILE);
        assertThat(entry.getElementsByTagNameNS(ATOM, "content").item(0).getTextContent())
                .contains("&lt;img src=x")
                .doesNotContain("<img");
    }

    @Test
    void theFeedIsWhatAtomDemands() throws Exception {
        publish("Con un control \u0008 y un fin \uFFFE", "Resumen \uD83D\uDCE3");

        var answer = get("/anuncios.atom");
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/atom+xml");
        var feed = feed().getDocumentElement();
        assertThat(feed.getNamespaceURI()).isEqualTo(ATOM);
        for (var demanded : List.of("id", "title", "updated", "author")) {
            assertThat(feed.getElementsByTagNameNS(ATOM, demanded).getLength())
                    .as(demanded)
                    .isPositive();
        }
        var entry = entry();
        assertThat(entry.getElementsByTagNameNS(ATOM, "id").item(0).getTextContent())
                .isEqualTo("urn:uuid:" + page.substring(page.lastIndexOf('/') + 1));
        assertThat(Instant.parse(
                        entry.getElementsByTagNameNS(ATOM, "updated").item(0).getTextContent()))
                .isBeforeOrEqualTo(Instant.now());
        assertThat(entry.getElementsByTagNameNS(ATOM, "summary").item(0).getTextContent())
                .isEqualTo("Resumen \uD83D\uDCE3");
    }

    @Test
    void otherSitesMayFetchTheFeedsAndNobodyGetsACookie() {
        publish("Audiencia", "Venga.");

        for (var path : List.of("/anuncios.json", "/anuncios.atom")) {
            assertThat(get(path, "Origin", "https://www.entidad.example")
                            .headers()
                            .firstValue("Access-Control-Allow-Origin"))
                    .as(path)
                    .hasValue("*");
        }
        for (var path : List.of("/anuncios.json", "/anuncios.atom", "/anuncios", page, "/static/js/banner.js")) {
            var answer = get(path, "Origin", "https://www.entidad.example");
            assertThat(answer.headers().firstValue("Set-Cookie")).as(path).isEmpty();
            assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials"))
                    .as(path)
                    .isEmpty();
        }
        assertThat(get(page, "Origin", "https://www.entidad.example")
                        .headers()
                        .firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    @Test
    void whoWantsToComeIsKeptOnce() {
        publish("Audiencia", "Venga.");

        for (var times = 0; times < 2; times++) {
            var answer = submit(page + "/asistencia", REGISTRATION);
            assertThat(answer.statusCode()).isEqualTo(302);
            var next = answer.headers().firstValue("Location").orElse("");
            assertThat(next).endsWith(page + "?listo=asistencia#listo");
            assertThat(get(page + "?listo=asistencia").body()).contains("Quedó registrada su asistencia.");
        }

        var kept = api.get("/api/v1/events/" + event + "/registrations").path("registrations");
        assertThat(kept).hasSize(1);
        assertThat(kept.at("/0/name").asString()).isEqualTo("Ana Ñáñez");
        assertThat(kept.at("/0/organisation").asString()).isEqualTo("Junta <La Ceiba>");
        assertThat(jdbc.sql("select distinct notice from registration where event_id = :event")
                        .param("event", event)
                        .query(String.class)
                        .single())
                .isEqualTo(api.get("/api/v1/institution")
                        .path("dataProtectionNotice")
                        .asString());
    }

    @Test
    void whatIsWrongInAFormIsSaidAtItsFieldAndKeepsTheRest() {
        publish("Audiencia", "Venga.");

        var answer = submit(
                page + "/asistencia",
                Map.of("name", "  ", "organisation", "Junta \"La Ceiba\" <i>", "reachableAt", "llámeme"));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains(
                        "No se pudo enviar: revise los campos marcados.",
                        "Escriba su nombre.",
                        "Escriba un correo, como ana@correo.co, o un celular, como 310 555 0101.",
                        "Marque la casilla para autorizar el uso de sus datos.",
                        "value=\"Junta &quot;La Ceiba&quot; &lt;i&gt;\"",
                        "value=\"llámeme\"")
                .containsOnlyOnce("Escriba su nombre.")
                .containsOnlyOnce("Escriba un correo")
                .doesNotContain("Escriba su pregunta.", "??", "<i>");
        assertThat(submit(page + "/pregunta", Map.of()).body())
                .contains("Escriba su pregunta.", "Escriba su nombre.", "Escriba un correo", "Marque la casilla");
        var tooLong = new HashMap<>(QUESTION);
        tooLong.put("text", "a".repeat(2001));
        assertThat(submit(page + "/pregunta", tooLong).body())
                .contains("El texto es demasiado largo: escriba a lo sumo 2000 caracteres.");
        assertThat(api.get("/api/v1/events/" + event + "/registrations").path("registrations"))
                .isEmpty();
    }

    @Test
    void whatTheDatabaseCannotKeepIsLeftOut() {
        publish("Audiencia", "Venga.");
        var form = new HashMap<>(REGISTRATION);
        form.put("name", "Ana\u0000Ruiz");

        assertThat(submit(page + "/asistencia", form).statusCode()).isEqualTo(302);

        assertThat(api.get("/api/v1/events/" + event + "/registrations")
                        .at("/registrations/0/name")
                        .asString())
                .isEqualTo("AnaRuiz");
    }

    @Test
    void aQuestionReachesTheOfficeOnce() {
        publish("Audiencia", "Venga.");

        submit(page + "/pregunta", QUESTION);
        assertThat(submit(page + "/pregunta", QUESTION)
                        .headers()
                        .firstValue("Location")
                        .orElse(""))
                .endsWith("?listo=pregunta#listo");

        var delivery = jdbc.sql("select id from delivery where token = :token::uuid")
                .param("token", page.substring(page.lastIndexOf('/') + 1))
                .query(Long.class)
                .single();
        assertThat(api.get("/api/v1/office-messages?limit=1000")
                        .path("messages")
                        .valueStream()
                        .filter(message -> message.path("deliveryId").asLong() == delivery)
                        .map(message -> message.path("channel").asString() + " "
                                + message.path("address").asString() + ": "
                                + message.path("text").asString()))
                .containsExactly("WEB Luis · 310 555 0101: ¿Cuánto costó el puente?");
    }

    @Test
    void onlyTheFormsThatWereAskedForAreThere() {
        publish(Map.of("title", "Aviso", "summary", "Sin formularios.", "body", "Texto."));

        assertThat(get(page).body()).doesNotContain("<form");
        assertThat(submit(page + "/asistencia", REGISTRATION).statusCode()).isEqualTo(404);
        assertThat(submit(page + "/pregunta", QUESTION).statusCode()).isEqualTo(404);
    }

    @Test
    void anEndlessAddressIsRefusedWithoutBeingTakenApart() {
        publish("Audiencia", "Venga.");

        var answer = submit(
                page + "/asistencia", Map.of("name", "Ana", "reachableAt", "@".repeat(500_000), "accepted", "true"));

        assertThat(answer.statusCode()).isEqualTo(422);
    }

    @Test
    void nobodyRegistersForWhatIsOver() {
        event = event(Instant.now().minus(3, ChronoUnit.HOURS));
        publish("Así fue la audiencia", "Gracias por venir.");

        assertThat(get(page).body()).contains("Haga una pregunta").doesNotContain("Quiero asistir");
        assertThat(submit(page + "/asistencia", REGISTRATION).statusCode()).isEqualTo(404);
    }

    @Test
    void whatWasTakenOffSaysSoAndIsNowhereElse() throws Exception {
        var delivery = publish("Lo retirado " + UUID.randomUUID(), "Venga.");
        var title = item().path("title").asString();

        var path = "/api/v1/deliveries/" + delivery + "/withdrawal";
        assertThat(api.ask("POST", path, Map.of("reason", "Cambió la fecha")).status())
                .isEqualTo(204);
        assertThat(api.ask("POST", path, Map.of("reason", "Cambió la fecha")).status())
                .isEqualTo(204);

        var read = get(page);
        assertThat(read.statusCode()).isEqualTo(410);
        assertThat(read.body())
                .contains("Anuncio retirado", "Ver todos los anuncios")
                .doesNotContain(title, "Cambió la fecha");
        for (var list : List.of("/anuncios", "/anuncios.json", "/anuncios.atom")) {
            assertThat(get(list).body()).as(list).doesNotContain(title);
        }
        assertThat(submit(page + "/asistencia", REGISTRATION).body()).contains("Anuncio retirado");
        assertThat(submit(page + "/pregunta", QUESTION).statusCode()).isEqualTo(410);
        assertThat(get(page + "/evento.ics").statusCode()).isEqualTo(404);
        assertThat(jdbc.sql("select count(*) from audit_entry where action = 'announcement.withdrawn' and subject = :s")
                        .param("s", "delivery/" + delivery)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        assertThat(api.ask("POST", "/api/v1/deliveries/0/withdrawal", Map.of("reason", "x"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void whatIsNoAnnouncementIsNotFound() {
        for (var path : List.of("/anuncios/" + UUID.randomUUID(), "/anuncios/no-es", "/anuncios/no-es/evento.ics")) {
            var answer = get(path, "Accept", "text/html");
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(answer.body()).as(path).contains("No encontrado");
        }
    }

    // --- steps -------------------------------------------------------------------------------------------------------

    private long publish(String title, String summary) {
        return publish(Map.of(
                "title",
                title,
                "summary",
                summary,
                "body",
                "Rendimos cuentas de los **recursos**. [Informe](https://www.entidad.example/informe?a=1&b=2)\n\n"
                        + "<img src=x onerror=alert(1)>",
                "registration",
                true,
                "questions",
                true));
    }

    /** Returns the delivery's number. */
    private long publish(Map<String, ?> content) {
        var occurrence = sent(Map.of(
                "title",
                "Anuncio",
                "eventId",
                event,
                "channels",
                Map.of("WEB", onPlaces(content, "Sede electrónica"))));
        var delivery = deliveries(occurrence).get(0);
        assertThat(delivery.path("state").asString()).isEqualTo("DELIVERED");
        var url = delivery.path("url").asString();
        assertThat(url).startsWith(PUBLIC + "/anuncios/");
        page = url.substring(PUBLIC.length());
        return delivery.path("id").asLong();
    }

    private JsonNode item() {
        return JsonMapper.shared()
                .readTree(get("/anuncios.json").body())
                .path("announcements")
                .valueStream()
                .filter(one -> one.path("url").asString().equals(PUBLIC + page))
                .findFirst()
                .orElseThrow();
    }

    private Document feed() throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(get("/anuncios.atom").body().getBytes(StandardCharsets.UTF_8)));
    }

    private Element entry() throws Exception {
        var entries = feed().getElementsByTagNameNS(ATOM, "entry");
        for (var i = 0; i < entries.getLength(); i++) {
            var entry = (Element) entries.item(i);
            var link = (Element) entry.getElementsByTagNameNS(ATOM, "link").item(0);
            if (link.getAttribute("href").equals(PUBLIC + page)) {
                return entry;
            }
        }
        throw new AssertionError("not in the feed: " + page);
    }
}
