package org.pregonero.dispatcher.message;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectMapper;

/** Messages and their immutable versions. */
@Repository
public class Messages {

    private static final TypeReference<Map<String, ChannelPlan>> CHANNELS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final Clock clock;

    Messages(JdbcClient jdbc, ObjectMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /** Keeps a new message as its version 1. */
    @Transactional
    MessageVersion create(MessageDraft draft, List<Long> audienceIds, long author) {
        var message = jdbc.sql("insert into message (created_at) values (:now) returning id")
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
        return addVersion(message, draft, audienceIds, author);
    }

    /** Keeps a correction as the next version. */
    @Transactional
    MessageVersion revise(long message, MessageDraft draft, List<Long> audienceIds, long author) {
        lock(message);
        return addVersion(message, draft, audienceIds, author);
    }

    /** Corrections come one after the other, so that two get two numbers, and the second can see the first. */
    void lock(long message) {
        jdbc.sql("select id from message where id = :id for update")
                .param("id", message)
                .query(Long.class)
                .optional();
    }

    private MessageVersion addVersion(long message, MessageDraft draft, List<Long> audienceIds, long author) {
        var id = jdbc.sql("""
                        insert into message_version (message_id, number, title, purpose, event_id, audience_ids, channels, cascade,
                                                     author_id, created_at)
                        select :message, coalesce(max(number), 0) + 1, :title, :purpose, :event, :audiences, :channels::jsonb, :cascade::jsonb, :author, :now
                        from message_version where message_id = :message
                        returning id
                        """)
                .param("message", message)
                .param("title", draft.title().strip())
                .param("purpose", draft.purpose())
                .param("event", draft.eventId())
                .param("audiences", audienceIds.toArray(Long[]::new))
                .param("channels", json.writeValueAsString(draft.channels()))
                .param("cascade", draft.cascade() == null ? null : json.writeValueAsString(draft.cascade()))
                .param("author", author)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
        return version(id);
    }

    /** The version of this id, which must exist. */
    public MessageVersion version(long id) {
        return jdbc.sql(SELECT + " where v.id = :id")
                .param("id", id)
                .query(this::read)
                .single();
    }

    /** A version of a message by its number, if there is such. */
    public Optional<MessageVersion> version(long message, int number) {
        return jdbc.sql(SELECT + " where v.message_id = :message and v.number = :number")
                .param("message", message)
                .param("number", number)
                .query(this::read)
                .optional();
    }

    /** The newest version of a message, if there is such a message. */
    public Optional<MessageVersion> latest(long message) {
        return jdbc.sql(SELECT + " where v.message_id = :message order by v.number desc limit 1")
                .param("message", message)
                .query(this::read)
                .optional();
    }

    private static final String SELECT = """
            select v.id, v.message_id, v.number, v.title, v.purpose, v.event_id, v.audience_ids, v.channels::text, v.cascade::text,
                   v.author_id, v.created_at
            from message_version v
            """;

    private MessageVersion read(ResultSet row, int number) throws SQLException {
        var event = row.getLong("event_id");
        var cascade = row.getString("cascade");
        return new MessageVersion(
                row.getLong("id"),
                row.getLong("message_id"),
                row.getInt("number"),
                row.getString("title"),
                row.getString("purpose"),
                event == 0 ? null : event,
                longs(row.getArray("audience_ids")),
                json.readValue(row.getString("channels"), CHANNELS),
                cascade == null ? null : json.readValue(cascade, Cascade.class),
                row.getLong("author_id"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    private static List<Long> longs(Array array) throws SQLException {
        return List.of((Long[]) array.getArray());
    }
}
