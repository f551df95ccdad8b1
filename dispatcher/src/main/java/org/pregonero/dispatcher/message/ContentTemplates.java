package org.pregonero.dispatcher.message;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.account.AuditTrail;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectMapper;

/** Texts to begin messages with, in versions that never change. A message that was begun with one is its own from then on. */
@Service
public class ContentTemplates {

    private static final TypeReference<Map<String, ChannelPlan>> CHANNELS = new TypeReference<>() {};
    private static final int LONGEST_NAME = 200;

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final AuditTrail audit;
    private final Clock clock;

    ContentTemplates(JdbcClient jdbc, ObjectMapper json, AuditTrail audit, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * The newest state of a template.
     *
     * @param author null for what came with Pregonero
     */
    public record ContentTemplate(
            long id,
            int number,
            String name,
            String description,
            Map<String, ChannelPlan> channels,
            @Nullable String author,
            Instant at) {}

    public List<ContentTemplate> all() {
        return jdbc.sql(SELECT + " order by v.name, t.id").query(this::read).list();
    }

    public Optional<ContentTemplate> find(long id) {
        return jdbc.sql(SELECT + " and t.id = :id")
                .param("id", id)
                .query(this::read)
                .optional();
    }

    /** The states of a template, the newest first. */
    public List<ContentTemplate> history(long id) {
        return jdbc.sql("""
                        select v.*, a.display_name as author
                        from content_template_version v left join account a on a.id = v.author_id
                        where v.template_id = :id order by v.number desc
                        """).param("id", id).query(this::read).list();
    }

    /** @throws RefusedException when it has no name or no text */
    @Transactional
    public long write(String name, String description, Map<String, ChannelPlan> channels, Actor author) {
        var id = jdbc.sql("insert into content_template (created_at) values (:now) returning id")
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
        add(id, name, description, channels, author);
        audit.record(author, "template.created", "template/" + id, null, find(id).orElseThrow());
        return id;
    }

    /**
     * Keeps a correction as the next version.
     *
     * @param seen number of the version that the correction was made from
     * @throws RefusedException when somebody else has changed it meanwhile, or it has no name or no text
     */
    @Transactional
    public void revise(
            long id, int seen, String name, String description, Map<String, ChannelPlan> channels, Actor author) {
        jdbc.sql("select id from content_template where id = :id for update")
                .param("id", id)
                .query(Long.class)
                .optional();
        var before = find(id).orElseThrow(() -> new NotFoundException("Esa plantilla no existe."));
        if (before.number() != seen) {
            throw new RefusedException(Refusal.TEMPLATE_CHANGED, before.number());
        }
        add(id, name, description, channels, author);
        audit.record(author, "template.revised", "template/" + id, before, find(id).orElseThrow());
    }

    /** Takes a template out of the list. */
    @Transactional
    public void retire(long id, Actor actor) {
        var before = find(id).orElseThrow(() -> new NotFoundException("Esa plantilla no existe."));
        jdbc.sql("update content_template set retired_at = :now where id = :id")
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("id", id)
                .update();
        audit.record(actor, "template.retired", "template/" + id, before, null);
    }

    private void add(long id, String name, String description, Map<String, ChannelPlan> channels, Actor author) {
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new RefusedException(Refusal.TEMPLATE_NAME);
        }
        if (channels.isEmpty()) {
            throw new RefusedException(Refusal.TEMPLATE_EMPTY);
        }
        jdbc.sql("""
                        insert into content_template_version (template_id, number, name, description, channels, author_id, created_at)
                        select :id, coalesce(max(number), 0) + 1, :name, :description, :channels::jsonb, :author, :now
                        from content_template_version where template_id = :id
                        """)
                .param("id", id)
                .param("name", name.strip())
                .param("description", description.strip())
                .param("channels", json.writeValueAsString(channels))
                .param("author", author.id())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    private static final String SELECT = """
            select v.*, a.display_name as author
            from content_template t
            join lateral (select * from content_template_version where template_id = t.id order by number desc limit 1) v on true
            left join account a on a.id = v.author_id
            where t.retired_at is null
            """;

    private ContentTemplate read(ResultSet row, int number) throws SQLException {
        return new ContentTemplate(
                row.getLong("template_id"),
                row.getInt("number"),
                row.getString("name"),
                row.getString("description"),
                json.readValue(row.getString("channels"), CHANNELS),
                row.getString("author"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
