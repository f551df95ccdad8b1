package org.pregonero.dispatcher.message;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What there is of messages, for people who look for one or for what became of it. */
@Repository
public class MessageShelf {

    private final JdbcClient jdbc;

    MessageShelf(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A message in a list, by its newest version and its latest occurrence.
     *
     * @param channels codes
     * @param occurrence id, or null where no time was set yet
     */
    public record Entry(
            long id,
            String title,
            List<String> channels,
            List<String> audiences,
            String author,
            Instant changedAt,
            @Nullable Long occurrence,
            @Nullable OccurrenceState state,
            @Nullable Instant dueAt) {}

    /** A version and who wrote it. */
    public record Step(long id, int number, String title, String author, Instant at, boolean approved) {}

    /** What somebody asked to be changed. */
    public record Comment(long occurrence, int version, String author, String text, Instant at) {}

    /** An approval that was given. */
    public record GivenApproval(long occurrence, int version, String approver, Instant at, boolean byAuthor) {}

    /** @param before only messages whose number is smaller */
    public List<Entry> page(long before, int limit) {
        return jdbc.sql("""
                        select m.id, v.title, v.created_at, a.display_name as author, o.id as occurrence, o.state, o.due_at,
                               array(select jsonb_object_keys(v.channels) order by 1) as channels,
                               array(select u.name from audience u where u.id = any(v.audience_ids) order by u.name) as audiences
                        from message m
                        join lateral (select * from message_version where message_id = m.id
                                      order by number desc limit 1) v on true
                        join account a on a.id = v.author_id
                        left join lateral (select o.id, o.state, o.due_at
                                           from message_version mine join occurrence o on o.version_id = mine.id
                                           where mine.message_id = m.id order by o.id desc limit 1) o on true
                        where m.id < :before
                        order by m.id desc limit :limit
                        """)
                .param("before", before)
                .param("limit", limit)
                .query(MessageShelf::entry)
                .list();
    }

    private static Entry entry(ResultSet row, int number) throws SQLException {
        var state = row.getString("state");
        return new Entry(
                row.getLong("id"),
                row.getString("title"),
                strings(row, "channels"),
                strings(row, "audiences"),
                row.getString("author"),
                moment(row, "created_at"),
                row.getObject("occurrence", Long.class),
                state == null ? null : OccurrenceState.valueOf(state),
                state == null ? null : moment(row, "due_at"));
    }

    /** The versions of a message, the newest first. */
    public List<Step> history(long message) {
        return jdbc.sql("""
                        select v.id, v.number, v.title, a.display_name as author, v.created_at,
                               exists (select from approval p where p.version_id = v.id) as approved
                        from message_version v join account a on a.id = v.author_id
                        where v.message_id = :message order by v.number desc limit 200
                        """)
                .param("message", message)
                .query((row, number) -> new Step(
                        row.getLong("id"),
                        row.getInt("number"),
                        row.getString("title"),
                        row.getString("author"),
                        moment(row, "created_at"),
                        row.getBoolean("approved")))
                .list();
    }

    /** What approvers asked to be changed, the newest first. */
    public List<Comment> comments(long message) {
        return jdbc.sql("""
                        select c.occurrence_id, v.number, a.display_name as author, c.comment, c.written_at
                        from message_version v join review_comment c on c.version_id = v.id
                        join account a on a.id = c.written_by
                        where v.message_id = :message order by c.id desc limit 50
                        """)
                .param("message", message)
                .query((row, number) -> new Comment(
                        row.getLong("occurrence_id"),
                        row.getInt("number"),
                        row.getString("author"),
                        row.getString("comment"),
                        moment(row, "written_at")))
                .list();
    }

    /** Who approved an occurrence, the newest first. */
    public List<GivenApproval> approvals(long occurrence) {
        return jdbc.sql("""
                        select p.occurrence_id, v.number, a.display_name as approver, p.approved_at, p.by_author
                        from approval p join message_version v on v.id = p.version_id join account a on a.id = p.approved_by
                        where p.occurrence_id = :occurrence order by p.id desc
                        """)
                .param("occurrence", occurrence)
                .query((row, number) -> new GivenApproval(
                        row.getLong("occurrence_id"),
                        row.getInt("number"),
                        row.getString("approver"),
                        moment(row, "approved_at"),
                        row.getBoolean("by_author")))
                .list();
    }

    /** The newest version of a message, older than the given one, that was ever approved. */
    public java.util.Optional<Long> approvedBefore(MessageVersion version) {
        return jdbc.sql("""
                        select v.id from message_version v
                        where v.message_id = :message and v.number < :number
                          and exists (select from approval p where p.version_id = v.id)
                        order by v.number desc limit 1
                        """)
                .param("message", version.messageId())
                .param("number", version.number())
                .query(Long.class)
                .optional();
    }

    /** The name of the account that wrote something. */
    public String author(long account) {
        return jdbc.sql("select display_name from account where id = :id")
                .param("id", account)
                .query(String.class)
                .single();
    }

    private static List<String> strings(ResultSet row, String column) throws SQLException {
        return Arrays.asList((String[]) row.getArray(column).getArray());
    }

    private static Instant moment(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
