package org.pregonero.dispatcher.pages;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.pregonero.dispatcher.testing.HttpApi;

/** An installation in which things have happened: a plan, people, a sending over every channel, one that waits. */
final class Scene {

    private Scene() {}

    static void play(HttpApi api) throws IOException {
        var plan = api.upload(
                        "/api/v1/plans/imports",
                        "plan.xlsx",
                        Files.readAllBytes(Path.of("src/main/resources/demo/plan-de-comunicaciones.xlsx")))
                .at("/plan/id")
                .asLong();
        var event = api.post(
                        "/api/v1/plans/" + plan + "/events",
                        Map.of(
                                "name",
                                "Audiencia pública",
                                "starts",
                                Instant.now().plus(20, ChronoUnit.DAYS).toString(),
                                "ends",
                                Instant.now()
                                        .plus(20, ChronoUnit.DAYS)
                                        .plus(2, ChronoUnit.HOURS)
                                        .toString(),
                                "place",
                                "Auditorio"))
                .path("id")
                .asLong();
        api.upload("/api/v1/contacts/imports?evidence=formulario&staff=true", "lista.csv", """
                Nombre;Correo electrónico;Celular;Grupo de interés;Autoriza tratamiento de datos;Fecha autorización
                Ana Ruiz;ana@correo.example;+573001234567;Líderes;Sí;15/03/2026
                Berta Díaz;;+573001234568;Líderes;Sí;15/03/2026
                Carlos Gil;carlos@correo.example;+573001234569;Líderes;No;
                Diego Paz;diego@;300;Líderes;Sí;
                """.getBytes(
                        StandardCharsets.UTF_8));
        // two files that wait for somebody to confirm what was understood
        api.submitFile(
                "/planes/importar",
                "otro-plan.csv",
                "Actividad;Responsable\nAviso;Prensa\n".getBytes(StandardCharsets.UTF_8));
        api.submitFile("/personas/importar", "otra-lista.csv", """
                Nombre;Correo electrónico;Autoriza
                Elsa Mora;elsa@;Sí
                """.getBytes(StandardCharsets.UTF_8));
        var message = api.post(
                        "/api/v1/messages",
                        Map.of(
                                "title",
                                "Invitación a la audiencia",
                                "eventId",
                                event,
                                "audiences",
                                List.of("Líderes"),
                                "channels",
                                channels()))
                .path("id")
                .asLong();
        var sent = schedule(api, message, Map.of("contactHoursOverride", "prueba automática"));
        api.post("/api/v1/occurrences/" + sent + "/approval", Map.of());
        schedule(
                api,
                message,
                Map.of("at", Instant.now().plus(5, ChronoUnit.DAYS).toString()));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> api.get("/api/v1/occurrences/" + sent)
                                .at("/channels/SMS/DELIVERED")
                                .asInt(0)
                        > 0);
    }

    private static long schedule(HttpApi api, long message, Map<String, ?> when) {
        return api.post("/api/v1/messages/" + message + "/occurrences", when)
                .path("id")
                .asLong();
    }

    private static Map<String, Object> channels() {
        var post = Map.of("text", "Rendimos cuentas. Entrada libre.", "link", "https://entidad.example/rendicion");
        return Map.of(
                "EMAIL", content(Map.of("subject", "Le invitamos", "body", "Hola, {{nombre}}.")),
                "SMS", content(Map.of("text", "Le invitamos a la audiencia. Responda SI o NO.")),
                "WHATSAPP", content(Map.of("text", "Le invitamos a la audiencia.")),
                "INTERNAL",
                        content(Map.of(
                                "subject",
                                "Aviso",
                                "heading",
                                "Prepare las respuestas",
                                "paragraphs",
                                List.of("Lea."))),
                "X", content(post, "@entidad"),
                "FACEBOOK", content(post, "Página"),
                "WEB", content(Map.of("title", "Audiencia", "summary", "Venga", "body", "Pregunte."), "Sitio"),
                "POSTER",
                        content(
                                Map.of("paper", "A4", "layout", "DATE", "headline", "Audiencia", "body", "Venga."),
                                "Cartelera"),
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
    }

    private static Map<String, Object> content(Map<String, ?> content, String... outlets) {
        return Map.of("content", content, "outlets", List.of(outlets));
    }
}
