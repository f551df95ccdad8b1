package org.pregonero.dispatcher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pregonero.dispatcher.runtime.DataDirectory;
import org.pregonero.dispatcher.sandbox.FailureScript;
import org.pregonero.dispatcher.sandbox.FailureScript.Trouble;
import org.pregonero.dispatcher.sandbox.PhoneMessage;
import org.pregonero.dispatcher.sandbox.Post;
import org.pregonero.dispatcher.sandbox.Sandbox;
import org.pregonero.dispatcher.testing.HttpApi;
import org.pregonero.dispatcher.testing.RunningApplication;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** The office's messages over every channel to simulated providers, and what people and providers answer. */
@RunningApplication
class EveryChannelTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Map<String, Object> POST =
            Map.of("text", "Rendimos cuentas. Entrada libre.", "link", "https://entidad.example/rendicion");

    @LocalServerPort
    int port;

    @Autowired
    DataDirectory data;

    @Autowired
    Sandbox sandbox;

    private HttpApi api = new HttpApi(0, java.nio.file.Path.of(""));
    private String audience = "";
    private static int lists;

    /** Each test has people of its own: Ana with everything, Berta with a telephone only, Carlos who authorised nothing. */
    @BeforeEach
    void people() {
        api = new HttpApi(port, data.path());
        lists++;
        audience = "Junta " + lists;
        var list = """
                Nombre;Correo electrónico;Celular;Grupo de interés;Autoriza tratamiento de datos;Fecha autorización
                Ana Ruiz;ana%1$d@correo.example;%2$s;%3$s;Sí;15/03/2026
                Berta Díaz;;%4$s;%3$s;Sí;15/03/2026
                Carlos Gil;carlos%1$d@correo.example;%5$s;%3$s;No;
                """.formatted(lists, ana(), audience, berta(), telephone(3));
        api.upload(
                "/api/v1/contacts/imports?evidence=formulario&staff=true",
                "lista.csv",
                list.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @AfterEach
    void allIsWellAgain() {
        Set.of("WHATSAPP", "X", "FACEBOOK").forEach(channel -> sandbox.scripts().play(channel, FailureScript.NONE));
    }

    @Test
    void everyChannelDeliversAndTellsWhatBecameOfIt() {
        var channels = new HashMap<String, Object>();
        channels.put("EMAIL", content(Map.of("subject", "Le invitamos", "body", "Hola, {{nombre}}.")));
        channels.put("WHATSAPP", content(template()));
        channels.put("SMS", content(Map.of("text", "Le invitamos a la audiencia. Responda SI o NO.")));
        channels.put(
                "INTERNAL",
                content(Map.of(
                        "subject", "Aviso", "heading", "Prepare las respuestas", "paragraphs", List.of("Lea."))));
        channels.put("X", content(POST, "@entidad"));
        channels.put("FACEBOOK", content(POST, "Página"));
        channels.put("WEB", content(Map.of("title", "Audiencia", "summary", "Venga", "body", "Pregunte."), "Sitio"));
        channels.put(
                "POSTER",
                content(
                        Map.of("paper", "A4", "layout", "DATE", "headline", "Audiencia", "body", "Venga."),
                        "Cartelera"));
        channels.put(
                "BY_HAND",
                content(
                        Map.of(
                                "medium",
                                "RADIO",
                                "what",
                                "Cuña",
                                "script",
                                "Venga y pregunte.",
                                "responsible",
                                List.of(Map.of("name", "Prensa", "email", "prensa@correo.example"))),
                        "Emisora"));

        var occurrence = send(channels, null, null);

        awaitStates(
                occurrence,
                Map.of(
                        "BY_HAND", "ACCEPTED",
                        "EMAIL", "ACCEPTED SKIPPED SKIPPED",
                        "FACEBOOK", "DELIVERED",
                        "INTERNAL", "ACCEPTED SKIPPED SKIPPED",
                        "POSTER", "DELIVERED",
                        "SMS", "DELIVERED DELIVERED SKIPPED",
                        "WEB", "DELIVERED",
                        "WHATSAPP", "READ-OR-DELIVERED READ-OR-DELIVERED SKIPPED",
                        "X", "DELIVERED"));
        assertThat(api.page("/anuncios").text()).contains("Audiencia");
    }

    @Test
    void whatCostsMoreIsSaidBeforeAnybodyApprovesIt() {
        var draft = api.post(
                "/api/v1/messages",
                Map.of(
                        "title", "Precios",
                        "audiences", List.of(audience),
                        "channels",
                                Map.of(
                                        "SMS", content(Map.of("text", "Acompáñenos")),
                                        "WHATSAPP", content(Map.of("text", "Gracias por escribirnos.")),
                                        "X", content(POST, "@entidad"))));

        assertThat(draft.at("/problems")).isEmpty();
        assertThat(draft.at("/notes/SMS/1").asString()).contains("á");
        assertThat(draft.at("/notes/WHATSAPP/0").asString()).contains("24 horas");
        assertThat(draft.at("/notes/X/0").asString()).contains("diez veces");
    }

    @Test
    void whoHasNoWhatsAppGetsTheSmsAndNobodyGetsBoth() {
        sandbox.scripts().play("WHATSAPP", new FailureScript(0, 100, Trouble.NONE, 0, 30, false, true, true));

        var occurrence = send(
                Map.of("WHATSAPP", content(template()), "SMS", content(Map.of("text", "Le invitamos."))),
                Map.of("order", List.of("WHATSAPP", "SMS"), "patience", "PT1H"),
                null);

        awaitStates(
                occurrence,
                Map.of("SMS", "DELIVERED DELIVERED SKIPPED", "WHATSAPP", "SKIPPED UNDELIVERED UNDELIVERED"));
        assertThat(received("SMS", berta())).isEqualTo(1);
    }

    @Test
    void whoRepliesBajaGetsNoMoreOnThatChannelAndIsToldOnce() {
        var first = send(Map.of("WHATSAPP", content(template())), null, null);
        awaitStates(first, Map.of("WHATSAPP", "READ-OR-DELIVERED READ-OR-DELIVERED SKIPPED"));
        var next = send(
                Map.of("WHATSAPP", content(template())), null, Instant.now().plus(3, ChronoUnit.SECONDS));

        var told = sandbox.reply("WHATSAPP", ana(), "Baja, por favor");
        var again = sandbox.reply("WHATSAPP", ana(), "BAJA");

        assertThat(told.answers()).isEqualTo(1);
        assertThat(again.taken()).isTrue();
        assertThat(again.answers()).isZero();
        awaitStates(next, Map.of("WHATSAPP", "READ-OR-DELIVERED SKIPPED SKIPPED"));
        assertThat(received("WHATSAPP", ana())).isEqualTo(1);
        assertThat(received("WHATSAPP", berta())).isEqualTo(2);
        var bySms = send(Map.of("SMS", content(Map.of("text", "Le invitamos."))), null, null);
        awaitStates(bySms, Map.of("SMS", "DELIVERED DELIVERED SKIPPED"));
    }

    @Test
    void aNetworkThatTakesAPostAndDoesNotAnswerIsReadBackAndNothingIsPostedTwice() {
        sandbox.scripts().play("X", new FailureScript(0, 0, Trouble.NO_ANSWER, 1, 30, false, false, false));
        sandbox.scripts().play("FACEBOOK", new FailureScript(0, 0, Trouble.NO_ANSWER, 1, 30, false, false, false));
        var text = "Sin respuesta " + lists;

        var occurrence = send(
                Map.of(
                        "X",
                        content(Map.of("text", text), "@entidad"),
                        "FACEBOOK",
                        content(Map.of("text", text), "Página")),
                null,
                null);

        awaitStates(occurrence, Map.of("FACEBOOK", "DELIVERED", "X", "DELIVERED"));
        assertThat(sandbox.outbox().newest(Set.of("X", "FACEBOOK"), Post.class).filter(post -> post.text()
                        .contains(text)))
                .extracting(Post::channel)
                .containsExactlyInAnyOrder("X", "FACEBOOK");
    }

    // --- steps -------------------------------------------------------------------------------------------------------

    private static Map<String, Object> content(Map<String, ?> content, String... outlets) {
        return Map.of("content", content, "outlets", List.of(outlets));
    }

    private static Map<String, Object> template() {
        return Map.of(
                "template",
                Map.of(
                        "contentSid",
                        "HX0123456789abcdef0123456789abcdef",
                        "body",
                        "Hola, {{1}}. Le invitamos. Responda SÍ o NO.",
                        "variables",
                        Map.of("1", "{{nombre}}")));
    }

    private long send(
            Map<String, ?> channels,
            @org.jspecify.annotations.Nullable Object cascade,
            @org.jspecify.annotations.Nullable Instant at) {
        var draft = new HashMap<String, Object>(
                Map.of("title", "Invitación", "audiences", List.of(audience), "channels", channels));
        if (cascade != null) {
            draft.put("cascade", cascade);
        }
        var message = api.post("/api/v1/messages", draft).path("id").asLong();
        var when = new HashMap<String, Object>(Map.of("contactHoursOverride", "prueba automática"));
        if (at != null) {
            when.put("at", at.toString());
        }
        var occurrence = api.post("/api/v1/messages/" + message + "/occurrences", when)
                .path("id")
                .asLong();
        assertThat(api.ask("POST", "/api/v1/occurrences/" + occurrence + "/approval", null)
                        .status())
                .isEqualTo(200);
        return occurrence;
    }

    private void awaitStates(long occurrence, Map<String, String> expected) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(states(occurrence)).isEqualTo(new TreeMap<>(expected)));
    }

    /** Not everybody lets others see that they have read something. */
    private Map<String, String> states(long occurrence) {
        var states = new TreeMap<String, String>();
        for (JsonNode view :
                api.get("/api/v1/deliveries?limit=100&occurrence=" + occurrence).path("deliveries")) {
            var delivery = view.path("delivery");
            var channel = delivery.path("channel").asString();
            var state = delivery.path("state").asString();
            if (channel.equals("WHATSAPP") && Set.of("READ", "DELIVERED").contains(state)) {
                state = "READ-OR-DELIVERED";
            }
            states.merge(channel, state, (one, other) -> one + " " + other);
        }
        states.replaceAll((channel, all) -> String.join(
                " ", java.util.Arrays.stream(all.split(" ", -1)).sorted().toList()));
        return states;
    }

    private long received(String channel, String person) {
        return sandbox.outbox()
                .newest(Set.of(channel), PhoneMessage.class)
                .filter(message ->
                        message.person().equals(person) && message.direction() == PhoneMessage.Direction.OUTBOUND)
                .count();
    }

    private String ana() {
        return telephone(1);
    }

    private String berta() {
        return telephone(2);
    }

    private static String telephone(int person) {
        return "+57300%04d%03d".formatted(lists, person);
    }
}
