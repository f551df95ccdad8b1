package org.pregonero.dispatcher.task;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pregonero.channels.Channel;
import org.pregonero.dispatcher.message.Contents;
import org.pregonero.templates.InvalidTemplateException;
import org.pregonero.templates.MissingValueException;
import org.pregonero.templates.RenderedTask;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tasks, as they follow from approved occurrences. */
@Repository
public class TaskBook {

    static final Channel BY_HAND = new Channel("BY_HAND");

    private final JdbcClient jdbc;
    private final Contents contents;
    private final Clock clock;

    TaskBook(JdbcClient jdbc, Contents contents, Clock clock) {
        this.jdbc = jdbc;
        this.contents = contents;
        this.clock = clock;
    }

    /** Writes down the tasks of occurrences that were approved since the last time. */
    void writeDown() {
        jdbc.sql("""
                        insert into task (occurrence_id, outlet, created_at)
                        select o.id, place.outlet, :now
                        from occurrence o
                        join message_version v on v.id = o.version_id
                        cross join lateral jsonb_array_elements_text(v.channels #> '{BY_HAND,outlets}') as place (outlet)
                        where o.state in ('SCHEDULED', 'HELD', 'RUNNING', 'PAUSED', 'FINISHED')
                          and not exists (select from task t where t.occurrence_id = o.id and t.outlet = place.outlet)
                        order by o.id, place.outlet
                        on conflict do nothing
                        """).param("now", clock.instant().atOffset(ZoneOffset.UTC)).update();
    }

    /** A task as the database knows it, without its text. */
    record Row(
            long id,
            long occurrence,
            long version,
            String title,
            String outlet,
            Instant due,
            Task.State state,
            boolean anyHour,
            @Nullable String deliveryState,
            Task.@Nullable NotDone notDone) {}

    /**
     * Tasks in the order of their ids.
     *
     * @param state null lists all
     * @param after lists from the first id greater than this
     */
    public List<Task> list(Task.@Nullable State state, @Nullable Long occurrence, long after, int limit) {
        return jdbc
                .sql(SELECT + """
                         where id > :after and (:state::text is null or state = :state)
                           and (:occurrence::bigint is null or occurrence_id = :occurrence)
                         order by id limit :limit
                        """)
                .param("after", after)
                .param("state", state == null ? null : state.name())
                .param("occurrence", occurrence)
                .param("limit", limit)
                .query(TaskBook::row)
                .list()
                .stream()
                .map(this::task)
                .toList();
    }

    /** Open tasks, the first to be due first. */
    public List<Task> open(int limit) {
        return jdbc
                .sql(SELECT + " where state = 'OPEN' order by due_at, id limit :limit")
                .param("limit", limit)
                .query(TaskBook::row)
                .list()
                .stream()
                .map(this::task)
                .toList();
    }

    public Optional<Task> find(long id) {
        return row(id).map(this::task);
    }

    Optional<Row> row(long id) {
        return jdbc.sql(SELECT + " where id = :id")
                .param("id", id)
                .query(TaskBook::row)
                .optional();
    }

    /** Keeps others from changing the task until the transaction ends. */
    Optional<Row> lock(long id) {
        jdbc.sql("select id from task where id = :id for no key update")
                .param("id", id)
                .query(Long.class)
                .optional();
        return row(id);
    }

    /** Open tasks that are due before a time and whose responsible people have not been written to. */
    List<Row> toRemind(Instant dueBefore, Instant dueAfter) {
        return jdbc.sql(SELECT + """
                         where state = 'OPEN' and occurrence_state <> 'HELD' and due_at <= :before and due_at > :after
                           and reminded_version is distinct from version_id
                         order by due_at, id
                        """)
                .param("before", dueBefore.atOffset(ZoneOffset.UTC))
                .param("after", dueAfter.atOffset(ZoneOffset.UTC))
                .query(TaskBook::row)
                .list();
    }

    void reminded(Row task) {
        jdbc.sql("update task set reminded_version = :version where id = :id")
                .param("version", task.version())
                .param("id", task.id())
                .update();
    }

    /** What is to be done; null where the text cannot be completed, or the installation no longer has the channel. */
    @Nullable
    RenderedTask what(Row task) {
        try {
            var content = contents.of(task.occurrence(), BY_HAND.code());
            return (RenderedTask) content.render(Map.of("lugar", task.outlet()));
        } catch (MissingValueException | InvalidTemplateException | IllegalArgumentException e) {
            return null;
        }
    }

    private Task task(Row row) {
        var evidence = evidence(row.id());
        var reaches = evidence.stream()
                .map(Task.Evidence::declaredReach)
                .filter(Objects::nonNull)
                .toList();
        return new Task(
                row.id(),
                row.occurrence(),
                row.title(),
                row.outlet(),
                row.due(),
                row.state(),
                row.state() == Task.State.OPEN && row.due().isBefore(clock.instant()),
                what(row),
                row.deliveryState(),
                row.notDone(),
                new Task.Declared(
                        reaches.isEmpty()
                                ? null
                                : (Long) reaches.stream()
                                        .mapToLong(Integer::longValue)
                                        .sum()),
                evidence,
                told(row.id()));
    }

    private List<Task.Told> told(long task) {
        return jdbc.sql("select name, state, changed_at from office_mail where task_id = :task order by id")
                .param("task", task)
                .query((row, number) ->
                        new Task.Told(row.getString("name"), row.getString("state"), instant(row, "changed_at")))
                .list();
    }

    private List<Task.Evidence> evidence(long task) {
        return jdbc.sql("""
                        select e.id, e.sha256, e.media_type, length(e.content) as bytes, e.place, e.done_on, e.declared_reach,
                               a.display_name, e.added_at
                        from evidence e join account a on a.id = e.added_by
                        where e.task_id = :task order by e.id
                        """)
                .param("task", task)
                .query((row, number) -> new Task.Evidence(
                        row.getLong("id"),
                        row.getString("sha256"),
                        row.getString("media_type"),
                        row.getInt("bytes"),
                        row.getString("place"),
                        row.getObject("done_on", LocalDate.class),
                        row.getObject("declared_reach", Integer.class),
                        row.getString("display_name"),
                        instant(row, "added_at")))
                .list();
    }

    /** A place that a correction of the message has left out is withdrawn as well. */
    static final String STANDING = """
            select t.*, o.version_id, o.due_at, o.state as occurrence_state, v.title, d.state as delivery_state,
                   o.contact_hours_override is not null as any_hour, a.display_name as not_done_by_name,
                   case when t.not_done_at is not null then 'NOT_DONE'
                        when exists (select from evidence e where e.task_id = t.id) then 'DONE'
                        when o.state in ('AWAITING_APPROVAL', 'CANCELLED')
                             or d.state in ('SKIPPED', 'REJECTED', 'UNDELIVERED', 'EXPIRED', 'CANCELLED')
                             or not coalesce(jsonb_exists(v.channels #> '{BY_HAND,outlets}', t.outlet), false)
                             then 'WITHDRAWN'
                        else 'OPEN' end as state
            from task t
            join occurrence o on o.id = t.occurrence_id
            join message_version v on v.id = o.version_id
            left join account a on a.id = t.not_done_by
            left join delivery d on d.occurrence_id = o.id and d.channel = 'BY_HAND' and d.outlet = t.outlet
            """;

    private static final String SELECT = "select * from (" + STANDING + ") standing";

    private static Row row(ResultSet row, int number) throws SQLException {
        var because = row.getString("not_done_because");
        return new Row(
                row.getLong("id"),
                row.getLong("occurrence_id"),
                row.getLong("version_id"),
                row.getString("title"),
                row.getString("outlet"),
                instant(row, "due_at"),
                Task.State.valueOf(row.getString("state")),
                row.getBoolean("any_hour"),
                row.getString("delivery_state"),
                because == null
                        ? null
                        : new Task.NotDone(because, instant(row, "not_done_at"), row.getString("not_done_by_name")));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
