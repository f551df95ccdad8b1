package org.pregonero.dispatcher.task;

import java.time.Clock;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.pregonero.dispatcher.institution.Institutions;
import org.pregonero.templates.ByHandContent.Responsible;
import org.pregonero.templates.RenderedTask;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes to the responsible people of a task before it is due, once to each and again when the task was corrected. */
@Component
class TaskReminders {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("EEEE d 'de' MMMM, h:mm a", Locale.forLanguageTag("es-CO"));
    /** Somebody who is late is still glad to know; later nobody is. */
    private static final Duration STILL_USEFUL = Duration.ofDays(1);

    private final TaskBook tasks;
    private final OfficeMails mails;
    private final Institutions institutions;
    private final TransactionTemplate transaction;
    private final TaskProperties properties;
    private final Clock clock;

    TaskReminders(
            TaskBook tasks,
            OfficeMails mails,
            Institutions institutions,
            TransactionTemplate transaction,
            TaskProperties properties,
            Clock clock) {
        this.tasks = tasks;
        this.mails = mails;
        this.institutions = institutions;
        this.transaction = transaction;
        this.properties = properties;
        this.clock = clock;
    }

    void write() {
        var now = clock.instant();
        for (var task : tasks.toRemind(now.plus(properties.remindBefore()), now.minus(STILL_USEFUL))) {
            var what = tasks.what(task);
            if (what != null) {
                transaction.executeWithoutResult(status -> {
                    mails.withdraw(task.id());
                    what.responsible().forEach(person -> mails.write(mail(task, what, person)));
                    tasks.reminded(task);
                });
            }
        }
    }

    private OfficeMails.Draft mail(TaskBook.Row task, RenderedTask what, Responsible person) {
        return new OfficeMails.Draft(
                "task/" + task.id() + "/v" + task.version() + "/due/"
                        + person.email().toLowerCase(Locale.ROOT),
                task.id(),
                "TASK_DUE",
                values(task, what, person),
                person.email(),
                person.name(),
                task.anyHour(),
                task.due().plus(STILL_USEFUL));
    }

    private Map<String, String> values(TaskBook.Row task, RenderedTask what, Responsible person) {
        var values = new HashMap<String, String>();
        values.put("nombre", person.name());
        values.put("tarea", what.what());
        values.put("mensaje", task.title());
        values.put("lugar", task.outlet());
        values.put("fecha", DAY.format(task.due().atZone(institutions.zone())));
        values.put("guion", what.script() == null ? "" : what.script());
        values.put("segundos", what.seconds() == null ? "" : String.valueOf(what.seconds()));
        values.put("pieza", what.piece() == null ? "" : what.piece());
        values.put("instrucciones", what.instructions() == null ? "" : what.instructions());
        return values;
    }
}
