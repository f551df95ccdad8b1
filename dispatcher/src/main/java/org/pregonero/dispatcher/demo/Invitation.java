package org.pregonero.dispatcher.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.message.Cascade;
import org.pregonero.dispatcher.message.ChannelPlan;
import org.pregonero.dispatcher.message.Drafting;
import org.pregonero.dispatcher.message.MessageDraft;
import org.pregonero.dispatcher.message.OccurrenceRequest;
import org.pregonero.dispatcher.message.Scheduling;
import org.pregonero.templates.AnnouncementContent;
import org.pregonero.templates.ByHandContent;
import org.pregonero.templates.EmailContent;
import org.pregonero.templates.FacebookContent;
import org.pregonero.templates.MessageContent;
import org.pregonero.templates.NoticeContent;
import org.pregonero.templates.Paper;
import org.pregonero.templates.PostPicture;
import org.pregonero.templates.PosterContent;
import org.pregonero.templates.PosterLayout;
import org.pregonero.templates.SmsContent;
import org.pregonero.templates.WhatsAppContent;
import org.pregonero.templates.XContent;
import tools.jackson.databind.ObjectMapper;

/** Invites everybody to the sample's event, over every channel of its plan. */
final class Invitation {

    private static final String STAFF = "Funcionarios y contratistas";
    private static final List<String> PUBLIC = List.of("Líderes sociales", "Asociaciones comunales", "Emprendedores");
    private static final List<String> EVERYBODY = List.of(STAFF, PUBLIC.get(0), PUBLIC.get(1), PUBLIC.get(2));

    private final Drafting drafting;
    private final Scheduling scheduling;
    private final ObjectMapper json;

    Invitation(Drafting drafting, Scheduling scheduling, ObjectMapper json) {
        this.drafting = drafting;
        this.scheduling = scheduling;
        this.json = json;
    }

    /**
     * What begins at once.
     *
     * @param occurrences the ids of those that come to an end by themselves
     * @param notice that of the internal notice, which waits for its readers' acknowledgement
     */
    record Sent(List<Long> occurrences, long notice) {

        List<Long> all() {
            return Stream.concat(occurrences.stream(), Stream.of(notice)).toList();
        }
    }

    Sent send(Intake.Ready ready) throws IOException {
        var occurrences = List.of(
                send(
                        ready,
                        "Invitación a la audiencia pública",
                        EVERYBODY,
                        Map.of(
                                "EMAIL",
                                plan(email()),
                                "POSTER",
                                plan(
                                        poster(Paper.A4, PosterLayout.HEADLINE),
                                        "Cartelera principal, piso 1",
                                        "Cartelera de Atención al Ciudadano",
                                        "Salón comunal La Ceiba")),
                        null),
                send(
                        ready,
                        "Invitación al celular",
                        PUBLIC,
                        Map.of("WHATSAPP", plan(whatsApp()), "SMS", plan(sms())),
                        // who cannot be reached by WhatsApp gets an SMS
                        new Cascade(List.of("WHATSAPP", "SMS"), Duration.ofHours(1))),
                send(
                        ready,
                        "Convocatoria abierta",
                        List.of(),
                        Map.of(
                                "WEB", plan(announcement(), "Sitio web del Instituto"),
                                "X", plan(new XContent(POST, "{{evento.enlace}}", picture()), "@instituto"),
                                "FACEBOOK",
                                        plan(
                                                new FacebookContent(POST, "{{evento.enlace}}", picture()),
                                                "Página del Instituto")),
                        null),
                send(
                        ready,
                        "Volantes para las oficinas",
                        List.of(),
                        Map.of(
                                "POSTER",
                                plan(
                                        poster(Paper.FLYER, PosterLayout.TICKET),
                                        "Ventanilla única",
                                        "Punto de información")),
                        null),
                send(
                        ready,
                        "Cuña de radio",
                        List.of(),
                        Map.of("BY_HAND", plan(radio(), "Emisora La Voz de la Ceiba", "Emisora Comunitaria del Norte")),
                        null));
        return new Sent(
                occurrences,
                send(ready, "Aviso al personal", List.of(STAFF), Map.of("INTERNAL", plan(notice())), null));
    }

    private long send(
            Intake.Ready ready,
            String title,
            List<String> audiences,
            Map<String, ChannelPlan> channels,
            @Nullable Cascade cascade) {
        var message = drafting.write(
                new MessageDraft(title, null, audiences, ready.event(), channels, cascade), ready.author());
        var occurrence = scheduling.schedule(
                message.messageId(),
                new OccurrenceRequest(null, null, "Demostración en el buzón de pruebas", true),
                ready.author());
        return scheduling
                .approve(occurrence.id(), message.id(), ready.approver())
                .id();
    }

    private ChannelPlan plan(MessageContent content, String... outlets) {
        return new ChannelPlan(json.valueToTree(content), List.of(outlets));
    }

    private static EmailContent email() {
        return new EmailContent(
                "{{nombre}}, le invitamos a la rendición de cuentas",
                """
                        Cordial saludo, {{nombre}}{{#entidad}} ({{entidad}}){{/entidad}}:

                        El {{institucion.nombre}} le invita a la **{{evento.nombre}}**, donde presentaremos los resultados \
                        de la gestión y responderemos sus preguntas.

                        Puede enviarnos sus preguntas desde ahora a {{institucion.correo}}; las responderemos en la audiencia.
                        """,
                "{{evento.fecha}}, {{evento.lugar}}",
                new EmailContent.Button("Ver el informe de gestión", "{{evento.enlace}}"),
                true,
                List.of());
    }

    private static PosterContent poster(Paper paper, PosterLayout layout) {
        return new PosterContent(
                paper,
                layout,
                "Rendimos cuentas: usted pregunta, nosotros respondemos",
                """
                Le invitamos a la **{{evento.nombre}}**.

                Conozca los resultados de la gestión y haga sus preguntas. Entrada libre.
                """,
                "Conozca el informe y envíe su pregunta",
                "{{evento.enlace}}");
    }

    private static final String POST = """
            Rendimos cuentas: usted pregunta, nosotros respondemos. {{evento.fecha}}, {{evento.lugar}}. Entrada libre.""";

    private static WhatsAppContent whatsApp() {
        return new WhatsAppContent(
                new WhatsAppContent.Template(
                        "HX0123456789abcdef0123456789abcdef",
                        "Hola, {{1}}. El {{2}} le invita a la {{3}}: {{4}}, {{5}}. Responda SÍ o NO para confirmar, o BAJA si no"
                                + " desea más mensajes.",
                        Map.of(
                                "1", "{{nombre}}",
                                "2", "{{institucion.nombre}}",
                                "3", "{{evento.nombre}}",
                                "4", "{{evento.fecha}}",
                                "5", "{{evento.lugar}}")),
                null);
    }

    private static SmsContent sms() {
        return new SmsContent(
                "{{institucion.nombre}}: le invitamos a la {{evento.nombre}}, {{evento.fecha}}. Responda SI o NO."
                        + " Para no recibir mas: BAJA");
    }

    private static AnnouncementContent announcement() {
        return new AnnouncementContent(
                "{{evento.nombre}}", "Conozca los resultados de la gestión y haga sus preguntas.", """
                El {{institucion.nombre}} presenta los resultados de su gestión y responde las preguntas de la ciudadanía.

                La entrada es libre. Si desea que preparemos la respuesta, envíe su pregunta desde esta página.
                """, true, true);
    }

    private static NoticeContent notice() {
        return new NoticeContent(
                "Audiencia pública: su dependencia responde preguntas",
                "Prepare las respuestas de su dependencia",
                List.of(
                        "{{nombre}}, la {{evento.nombre}} es el {{evento.fecha}}.",
                        "Cada dependencia tendrá una persona que responda las preguntas de la ciudadanía."),
                true,
                Duration.ofDays(2));
    }

    private static ByHandContent radio() {
        return new ByHandContent(
                ByHandContent.Medium.RADIO,
                "Cuña para la audiencia pública",
                """
                Este {{evento.fecha}}, el {{institucion.nombre}} rinde cuentas. Venga a {{evento.lugar}}, conozca los resultados \
                y haga sus preguntas. La entrada es libre. Lo esperamos.
                """,
                null,
                "Tres pases al día durante la semana anterior.",
                List.of(new ByHandContent.Responsible("Prensa", "prensa@instituto.example")));
    }

    private static PostPicture picture() throws IOException {
        return new PostPicture(
                "image/png", Intake.resource("logo.png"), "Logo del Instituto de Desarrollo Empresarial");
    }
}
