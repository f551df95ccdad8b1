package org.pregonero.dispatcher.audience;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.account.AuditTrail;
import org.pregonero.dispatcher.account.ChangedMeanwhileException;
import org.pregonero.dispatcher.tabular.Words;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/** Audiences as the office keeps them: lists, and saved filters whose members are found again before each sending. */
@Service
public class AudienceBook {

    private final JdbcClient jdbc;
    private final AudienceFigures figures;
    private final AuditTrail audit;
    private final TransactionOperations transaction;
    private final ObjectProvider<AudienceUse> uses;
    private final ApplicationEventPublisher publisher;
    private final JsonMapper json = JsonMapper.builder().build();

    AudienceBook(
            JdbcClient jdbc,
            AudienceFigures figures,
            AuditTrail audit,
            TransactionOperations transaction,
            ObjectProvider<AudienceUse> uses,
            ApplicationEventPublisher publisher) {
        this.uses = uses;
        this.publisher = publisher;
        this.jdbc = jdbc;
        this.figures = figures;
        this.audit = audit;
        this.transaction = transaction;
    }

    /**
     * An audience with the figures that were counted last.
     *
     * @param filter null for a list
     * @param refreshed when its members were last found by the filter
     * @param counted when the figures were counted; null where they never were
     */
    public record Entry(
            long id,
            String name,
            @Nullable Integer targetSize,
            @Nullable SavedFilter filter,
            @Nullable Instant refreshed,
            int version,
            long members,
            long email,
            long whatsapp,
            long sms,
            @Nullable Instant counted) {}

    private static final String ENTRY = """
            select a.id, a.name, a.target_size, a.filter, a.refreshed_at, a.version,
                   coalesce(f.members, 0) as members, coalesce(f.email, 0) as email,
                   coalesce(f.whatsapp, 0) as whatsapp, coalesce(f.sms, 0) as sms, f.counted_at
            from audience a left join audience_figure f on f.audience_id = a.id
            """;

    /** By name. */
    public List<Entry> all() {
        figures.countSmall();
        return jdbc.sql(ENTRY + "order by a.name_key")
                .query((rs, n) -> entry(rs))
                .list();
    }

    /** What audiences are called, without counting anybody. */
    public List<People.Membership> names() {
        return jdbc.sql("select id, name, filter is not null as by_filter from audience order by name_key")
                .query(People.Membership.class)
                .list();
    }

    /** Headings under which something is kept of people, as far as a few thousand of them tell. */
    public List<String> attributes() {
        return jdbc.sql("""
                        select distinct heading.name
                        from (select attributes from contact where attributes <> '{}' order by id desc limit 2000) as latest
                        cross join lateral jsonb_object_keys(latest.attributes) as heading (name)
                        order by heading.name limit 100
                        """).query(String.class).list();
    }

    public Optional<Entry> find(long id) {
        figures.countSmall();
        return jdbc.sql(ENTRY + "where a.id = :id")
                .param("id", id)
                .query((rs, n) -> entry(rs))
                .optional();
    }

    /**
     * Adds an audience.
     *
     * @return its number, or nothing where the name is taken
     */
    public Optional<Long> create(String name, @Nullable Integer targetSize, @Nullable SavedFilter filter, Actor actor) {
        try {
            return Optional.of(Objects.requireNonNull(transaction.execute(status -> {
                long id = jdbc.sql("""
                                insert into audience (name, name_key, target_size, filter, changed_by, changed_at)
                                values (:name, :key, :target, :filter::jsonb, :who, now()) returning id
                                """)
                        .param("name", name)
                        .param("key", Words.fold(name))
                        .param("target", targetSize)
                        .param("filter", filter == null ? null : json.writeValueAsString(filter))
                        .param("who", actor.displayName())
                        .query(Long.class)
                        .single();
                refresh(List.of(id));
                audit.record(actor, "audience.create", "audience/" + id, null, change(name, targetSize, filter));
                return id;
            })));
        } catch (DuplicateKeyException taken) {
            return Optional.empty();
        }
    }

    /**
     * Changes an audience.
     *
     * @return false where the name is taken
     * @throws ChangedMeanwhileException if it is no longer at that version
     */
    public boolean change(
            Entry before,
            int version,
            String name,
            @Nullable Integer targetSize,
            @Nullable SavedFilter filter,
            Actor actor) {
        try {
            transaction.executeWithoutResult(status -> {
                int changed = jdbc.sql("""
                                update audience
                                set name = :name, name_key = :key, target_size = :target, filter = :filter::jsonb,
                                    version = version + 1, changed_by = :who, changed_at = now()
                                where id = :id and version = :version
                                """)
                        .param("name", name)
                        .param("key", Words.fold(name))
                        .param("target", targetSize)
                        .param("filter", filter == null ? null : json.writeValueAsString(filter))
                        .param("who", actor.displayName())
                        .param("id", before.id())
                        .param("version", version)
                        .update();
                if (changed == 0) {
                    throw ChangedMeanwhileException.of(jdbc, "audience", "changed_at", before.id());
                }
                refresh(List.of(before.id()));
                audit.record(
                        actor,
                        "audience.change",
                        "audience/" + before.id(),
                        change(before.name(), before.targetSize(), before.filter()),
                        change(name, targetSize, filter));
                publisher.publishEvent(new AudienceChanged(before.id()));
            });
            return true;
        } catch (DuplicateKeyException taken) {
            return false;
        }
    }

    /** Whether something would miss an audience: a message, or another audience that is a filter over it. */
    public boolean inUse(long audience) {
        boolean filtered = jdbc.sql("select exists (select from audience where filter @> :part::jsonb)")
                .param("part", "{\"all\": [{\"field\": \"AUDIENCE\", \"text\": \"" + audience + "\"}]}")
                .query(Boolean.class)
                .single();
        return filtered || uses.stream().anyMatch(use -> use.uses(audience));
    }

    /**
     * Deletes an audience; its people stay.
     *
     * @return whether it is gone; not while it is in use
     */
    public boolean remove(Entry audience, Actor actor) {
        if (inUse(audience.id())) {
            return false;
        }
        transaction.executeWithoutResult(status -> {
            jdbc.sql("delete from audience where id = :id")
                    .param("id", audience.id())
                    .update();
            audit.record(
                    actor,
                    "audience.remove",
                    "audience/" + audience.id(),
                    change(audience.name(), audience.targetSize(), audience.filter()),
                    null);
        });
        return true;
    }

    /**
     * How the members of those of these audiences that are filters are found, and of the audiences that they look at. The
     * same while nobody changes a filter, whoever comes to meet it or no longer does.
     */
    public Map<Long, String> filters(Collection<Long> audiences) {
        Map<Long, String> filters = new TreeMap<>();
        jdbc.sql("""
                        with recursive looked_at (id) as (
                            select unnest(:ids::bigint[])
                            union
                            select (condition ->> 'text')::bigint
                            from looked_at
                            join audience a on a.id = looked_at.id
                            cross join lateral jsonb_array_elements(a.filter -> 'all') as condition
                            where condition ->> 'field' = 'AUDIENCE'
                        )
                        select a.id, a.filter::text from audience a join looked_at on looked_at.id = a.id
                        where a.filter is not null
                        """).param("ids", audiences.toArray(Long[]::new)).query(rs -> {
            filters.put(rs.getLong(1), rs.getString(2));
        });
        return filters;
    }

    /** The filters of those of these audiences that have one, as they are now. */
    public Map<Long, SavedFilter> savedFilters(Collection<Long> audiences) {
        Map<Long, SavedFilter> filters = new TreeMap<>();
        jdbc.sql("select id, filter from audience where id = any (:ids) and filter is not null")
                .param("ids", audiences.toArray(Long[]::new))
                .query(rs -> {
                    filters.put(rs.getLong(1), Objects.requireNonNull(filter(rs.getString(2))));
                });
        return filters;
    }

    /**
     * Finds the members of those of these audiences that are filters, as of now. To be called before a message goes out
     * to them, or anybody counts whom it reaches; lists stay as they are. In a transaction nobody changes these filters until its end.
     */
    public void refresh(Collection<Long> audiences) {
        transaction.executeWithoutResult(status -> locked(audiences).forEach(this::refresh));
    }

    /** All of them before the first one changes, and in one order, so that two who want the same ones never wait for each other. */
    private Map<Long, SavedFilter> locked(Collection<Long> audiences) {
        Map<Long, SavedFilter> filters = new TreeMap<>();
        jdbc.sql("select id, filter from audience where id = any (:ids) and filter is not null order by id for update")
                .param("ids", audiences.toArray(Long[]::new))
                .query(rs -> {
                    filters.put(rs.getLong(1), Objects.requireNonNull(filter(rs.getString(2))));
                });
        return filters;
    }

    private void refresh(long audience, SavedFilter filter) {
        List<String> values = new ArrayList<>();
        String where = filter.where(values);
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("audience", audience);
        for (int i = 0; i < values.size(); i++) {
            parameters.put("p" + i, values.get(i));
        }
        int gone = jdbc.sql(
                        "delete from audience_member m using contact c where m.audience_id = :audience and c.id = m.contact_id"
                                + " and not (c.erased_at is null and " + where + ")")
                .params(parameters)
                .update();
        int come = jdbc.sql(
                        "insert into audience_member (audience_id, contact_id) select :audience, c.id from contact c"
                                + " where c.erased_at is null and " + where
                                + " and not exists (select from audience_member m where m.audience_id = :audience and m.contact_id = c.id)"
                                + " on conflict do nothing")
                .params(parameters)
                .update();
        jdbc.sql("update audience set refreshed_at = now(), touches = touches + :touched where id = :audience")
                .param("touched", gone + come > 0 ? 1 : 0)
                .param("audience", audience)
                .update();
    }

    private Entry entry(ResultSet rs) throws SQLException {
        return new Entry(
                rs.getLong("id"),
                rs.getString("name"),
                rs.getObject("target_size", Integer.class),
                filter(rs.getString("filter")),
                instant(rs.getTimestamp("refreshed_at")),
                rs.getInt("version"),
                rs.getLong("members"),
                rs.getLong("email"),
                rs.getLong("whatsapp"),
                rs.getLong("sms"),
                instant(rs.getTimestamp("counted_at")));
    }

    private @Nullable SavedFilter filter(@Nullable String text) {
        return text == null ? null : json.readValue(text, SavedFilter.class);
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }

    private static Map<String, Object> change(String name, @Nullable Integer targetSize, @Nullable SavedFilter filter) {
        Map<String, Object> state = new HashMap<>();
        state.put("name", name);
        state.put("target", targetSize);
        state.put("filter", filter);
        return state;
    }
}
