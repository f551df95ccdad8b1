package org.pregonero.dispatcher.demo;

import java.util.List;
import java.util.Map;
import org.pregonero.dispatcher.message.ChannelPlan;
import org.pregonero.dispatcher.message.Drafting;
import org.pregonero.dispatcher.message.MessageDraft;
import org.pregonero.dispatcher.message.OccurrenceRequest;
import org.pregonero.dispatcher.message.Scheduling;
import org.pregonero.templates.EmailContent;
import org.pregonero.templates.MessageContent;
import org.pregonero.templates.Paper;
import org.pregonero.templates.PosterContent;
import org.pregonero.templates.PosterLayout;
import tools.jackson.databind.ObjectMapper;

/** Invites everybody to the sample's event: a personal mail, and posters on two kinds of paper for several places. */
final class Invitation {

    private static final List<String> AUDIENCES =
            List.of("Líderes sociales", "Funcionarios y contratistas", "Asociaciones comunales", "Emprendedores");

    private final Drafting drafting;
    private final Scheduling scheduling;
    private final ObjectMapper json;

    Invitation(Drafting drafting, Scheduling scheduling, ObjectMapper json) {
        this.drafting = drafting;
        this.scheduling = scheduling;
        this.json = json;
    }

    /** @return the ids of the occurrences, which begin at once */
    List<Long> send(Intake.Ready ready) {
        return List.of(
                send(
                        ready,
                        "Invitación a la audiencia pública",
                        AUDIENCES,
                        Map.of(
                                "EMAIL",
                                plan(email()),
                                "POSTER",
                                plan(
                                        poster(Paper.A4, PosterLayout.HEADLINE),
                                        "Cartelera principal, piso 1",
                                        "Cartelera de Atención al Ciudadano",
                                        "Salón comunal La Ceiba"))),
                send(
                        ready,
                        "Invitación para carteleras de las oficinas",
                        List.of(),
                        Map.of(
                                "POSTER",
                                plan(
                                        poster(Paper.LETTER, PosterLayout.DATE),
                                        "Cartelera de Talento Humano",
                                        "Cartelera de la cafetería"))));
    }

    private long send(Intake.Ready ready, String title, List<String> audiences, Map<String, ChannelPlan> channels) {
        var message =
                drafting.write(new MessageDraft(title, null, audiences, ready.event(), channels, null), ready.author());
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
}
