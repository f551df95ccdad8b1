package org.pregonero.dispatcher.task;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.account.AuditTrail;
import org.pregonero.dispatcher.delivery.HandDeliveries;
import org.pregonero.dispatcher.institution.Institutions;
import org.pregonero.dispatcher.message.NotFoundException;
import org.pregonero.dispatcher.runtime.FileKind;
import org.pregonero.templates.Attachment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes people's word, with proof, on what became of tasks, and carries it over to their deliveries. */
@Service
public class TaskReports {

    /** A photo of a telephone, or some pages of scanned paper. */
    public static final int LARGEST_FILE = 10 * 1024 * 1024;

    private static final int LONGEST_TEXT = 200;

    private static final Set<FileKind> EVIDENCE = EnumSet.of(FileKind.JPEG, FileKind.PNG, FileKind.WEBP, FileKind.PDF);

    private final JdbcClient jdbc;
    private final TaskBook tasks;
    private final HandDeliveries deliveries;
    private final Institutions institutions;
    private final AuditTrail audit;
    private final Clock clock;

    TaskReports(
            JdbcClient jdbc,
            TaskBook tasks,
            HandDeliveries deliveries,
            Institutions institutions,
            AuditTrail audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.tasks = tasks;
        this.deliveries = deliveries;
        this.institutions = institutions;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * What somebody says about a piece of evidence.
     *
     * @param place where it was done
     * @param doneOn the day, in the institution's zone
     * @param declaredReach people reached, as declared, or null
     */
    public record Statement(
            String place, LocalDate doneOn, @Nullable Integer declaredReach) {}

    /**
     * Takes a file as evidence that a task was done. The same file a second time changes nothing.
     *
     * @return the evidence's id
     * @throws NotFoundException when there is no such task
     * @throws TaskRefusedException when the file or the statement cannot be taken, or the task is not open to it
     */
    @Transactional
    public long prove(long id, byte[] file, Statement statement, Actor actor) {
        var task = tasks.lock(id).orElseThrow(TaskReports::unknown);
        var type = check(file, statement);
        var sha256 = DigestUtils.sha256Hex(file);
        var known = jdbc.sql("select id from evidence where task_id = :task and sha256 = :sha256")
                .param("task", id)
                .param("sha256", sha256)
                .query(Long.class)
                .optional();
        if (known.isPresent()) {
            return known.get();
        }
        switch (task.state()) {
            case OPEN, DONE -> {}
            case NOT_DONE -> throw TaskRefusedException.tooLate("notDone");
            case WITHDRAWN -> throw TaskRefusedException.tooLate("withdrawn");
        }
        var evidence = jdbc.sql("""
                        insert into evidence (task_id, sha256, media_type, content, place, done_on, declared_reach, added_by,
                                              added_at)
                        values (:task, :sha256, :type, :content, :place, :day, :reach, :by, :now)
                        returning id
                        """)
                .param("task", id)
                .param("sha256", sha256)
                .param("type", type.mediaType())
                .param("content", file)
                .param("place", statement.place().strip())
                .param("day", statement.doneOn())
                .param("reach", statement.declaredReach())
                .param("by", actor.id())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
        audit.record(
                actor,
                "task.proved",
                "task/" + id,
                null,
                Map.of("evidence", evidence, "sha256", sha256, "statement", statement));
        deliveries.done(task.occurrence(), TaskBook.BY_HAND, task.outlet(), sha256);
        return evidence;
    }

    private FileKind check(byte[] file, Statement statement) {
        if (file.length == 0) {
            throw TaskRefusedException.wrong("emptyFile");
        }
        if (file.length > LARGEST_FILE) {
            throw TaskRefusedException.wrong("tooLarge", LARGEST_FILE >> 20);
        }
        var type = FileKind.of(file)
                .filter(EVIDENCE::contains)
                .orElseThrow(() -> TaskRefusedException.wrong("noEvidence"));
        text("place", statement.place());
        var today = LocalDate.ofInstant(clock.instant(), institutions.zone());
        if (statement.doneOn().isAfter(today)) {
            throw TaskRefusedException.wrong("future");
        }
        if (statement.declaredReach() != null && statement.declaredReach() < 0) {
            throw TaskRefusedException.wrong("reach");
        }
        return type;
    }

    /**
     * Declares that a task was not done and will not be. Repeating it changes nothing.
     *
     * @throws NotFoundException when there is no such task
     * @throws TaskRefusedException when no reason is given, or the task is done or withdrawn
     */
    @Transactional
    public void notDone(long id, String because, Actor actor) {
        var task = tasks.lock(id).orElseThrow(TaskReports::unknown);
        var reason = text("because", because);
        switch (task.state()) {
            case OPEN -> {}
            case NOT_DONE -> {
                return;
            }
            case DONE -> throw TaskRefusedException.tooLate("done");
            case WITHDRAWN -> throw TaskRefusedException.tooLate("withdrawn");
        }
        jdbc.sql("update task set not_done_because = :because, not_done_at = :now, not_done_by = :by where id = :id")
                .param("because", reason)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("by", actor.id())
                .param("id", id)
                .update();
        audit.record(actor, "task.notDone", "task/" + id, null, reason);
        deliveries.notDone(task.occurrence(), TaskBook.BY_HAND, task.outlet());
    }

    private static String text(String field, String text) {
        var clean = text.strip();
        if (clean.isEmpty() || clean.length() > LONGEST_TEXT) {
            throw TaskRefusedException.wrong("text", field, LONGEST_TEXT);
        }
        return clean;
    }

    /** Carries over what people reported before their task's delivery was handed over. */
    void carryOver() {
        jdbc.sql("""
                        select t.id, t.occurrence_id, t.outlet, t.not_done_at is null as done,
                               (select e.sha256 from evidence e where e.task_id = t.id order by e.id limit 1) as sha256
                        from task t
                        join delivery d on d.occurrence_id = t.occurrence_id and d.channel = :channel and d.outlet = t.outlet
                        where d.state in ('ACCEPTED', 'IN_DOUBT')
                          and (t.not_done_at is not null or exists (select from evidence e where e.task_id = t.id))
                        """)
                .param("channel", TaskBook.BY_HAND.code())
                .query(Reported.class)
                .list()
                .forEach(task -> {
                    if (task.done()) {
                        deliveries.done(
                                task.occurrenceId(), TaskBook.BY_HAND, task.outlet(), String.valueOf(task.sha256()));
                    } else {
                        deliveries.notDone(task.occurrenceId(), TaskBook.BY_HAND, task.outlet());
                    }
                });
    }

    private record Reported(
            long id,
            long occurrenceId,
            String outlet,
            boolean done,
            @Nullable String sha256) {}

    /** A file that was taken as evidence, under a name of ours. */
    public Optional<Attachment> file(long task, long evidence) {
        return jdbc.sql("select media_type, content from evidence where task_id = :task and id = :id")
                .param("task", task)
                .param("id", evidence)
                .query((row, number) -> {
                    var type = FileKind.ofMediaType(row.getString("media_type"));
                    return new Attachment(
                            "evidencia-" + evidence + "." + type.extension(),
                            type.mediaType(),
                            row.getBytes("content"));
                })
                .optional();
    }

    private static NotFoundException unknown() {
        return new NotFoundException("Esa tarea no existe.");
    }
}
