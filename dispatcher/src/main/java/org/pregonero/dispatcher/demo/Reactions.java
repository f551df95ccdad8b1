package org.pregonero.dispatcher.demo;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.pregonero.dispatcher.delivery.Acknowledgements;
import org.pregonero.dispatcher.inbound.Attendances;
import org.pregonero.dispatcher.inbound.OfficeMessages;
import org.pregonero.dispatcher.sandbox.FailureScript;
import org.pregonero.dispatcher.sandbox.PhoneMessage;
import org.pregonero.dispatcher.sandbox.Sandbox;
import org.pregonero.dispatcher.task.TaskBook;
import org.pregonero.dispatcher.task.TaskReports;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Does what people do with the sample's messages: they answer, acknowledge, and bring evidence of what they did by hand. */
final class Reactions {

    private static final List<String> REPLIES = List.of(
            "SÍ, allá estaré",
            "si voy, gracias",
            "No puedo ese día",
            "Confirmo asistencia",
            "¿Hay parqueadero para bicicletas?",
            "BAJA");

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Sandbox sandbox;
    private final Attendances attendances;
    private final OfficeMessages messages;
    private final Acknowledgements acknowledgements;
    private final TaskBook tasks;
    private final TaskReports reports;
    private final JdbcClient jdbc;
    private final Clock clock;

    Reactions(
            Sandbox sandbox,
            Attendances attendances,
            OfficeMessages messages,
            Acknowledgements acknowledgements,
            TaskBook tasks,
            TaskReports reports,
            JdbcClient jdbc,
            Clock clock) {
        this.sandbox = sandbox;
        this.attendances = attendances;
        this.messages = messages;
        this.acknowledgements = acknowledgements;
        this.tasks = tasks;
        this.reports = reports;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Some telephones have no WhatsApp, and its reports come twice and in disorder, as they do in real life. */
    void prepare() {
        sandbox.scripts()
                .play("WHATSAPP", new FailureScript(6, 6, FailureScript.Trouble.NONE, 0, 30, false, true, true));
    }

    /** @return what came of it, a line each */
    List<String> of(Invitation.Sent sent, Intake.Ready ready) throws IOException {
        var refused = reply();
        acknowledge(sent.notice());
        prove(ready);
        var answers = attendances.count(ready.event());
        var read = acknowledgements.figures(sent.notice());
        return List.of(
                "Respondieron a la invitación: %d asisten, %d no".formatted(answers.yes(), answers.no()),
                "Pidieron no recibir más mensajes: %d".formatted(optOuts()),
                "Preguntas para la oficina: %d".formatted(messages.list(0, 100).size()),
                "Avisos internos: %d confirmaron la lectura, %d todavía no"
                        .formatted(read.acknowledged(), read.notYet()),
                "Cuñas de radio: 1 con evidencia, 1 pendiente",
                "Avisos de los proveedores que no se pudieron recibir: %d".formatted(refused));
    }

    /** @return how many replies were not taken */
    private long reply() {
        var people = sandbox.outbox()
                .newest(Set.of("WHATSAPP"), PhoneMessage.class)
                .filter(message -> Set.of("delivered", "read").contains(message.status()))
                .map(PhoneMessage::person)
                .distinct()
                .sorted()
                .limit(REPLIES.size())
                .toList();
        var refused = 0L;
        for (var i = 0; i < people.size(); i++) {
            refused += sandbox.reply("WHATSAPP", people.get(i), REPLIES.get(i)).taken() ? 0 : 1;
        }
        return refused;
    }

    /** Two readers of three press the button. */
    private void acknowledge(long notice) {
        jdbc.sql("""
                        select token from delivery
                        where occurrence_id = :notice and state in ('ACCEPTED', 'DELIVERED') and id % 3 <> 0
                        """).param("notice", notice).query(UUID.class).list().forEach(token -> acknowledgements
                .find(token)
                .ifPresent(acknowledgements::acknowledge));
    }

    private void prove(Intake.Ready ready) throws IOException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (tasks.list(null, null, 0, 1).isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new DemoFailure("La tarea de la cuña de radio no apareció.");
            }
            Progress.await(100);
        }
        var task = tasks.list(null, null, 0, 1).get(0);
        reports.prove(
                task.id(),
                Intake.resource("logo.png"),
                new TaskReports.Statement(task.outlet(), LocalDate.now(clock.withZone(Intake.ZONE)), 1200),
                ready.author());
    }

    private long optOuts() {
        return jdbc.sql("select count(distinct contact_id) from consent where decision = 'REVOKED'")
                .query(Long.class)
                .single();
    }
}
