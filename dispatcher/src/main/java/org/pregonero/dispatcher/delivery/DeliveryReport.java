package org.pregonero.dispatcher.delivery;

import static org.pregonero.dispatcher.runtime.Timestamps.instant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads what happened: counts, reasons, single deliveries and their history. */
@Repository
public class DeliveryReport {

    private final JdbcClient jdbc;

    DeliveryReport(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * How many deliveries of an occurrence stand where, by channel and then by state; states without any are absent. Reminders
     * are not counted: a person is one.
     */
    public SortedMap<String, SortedMap<DeliveryState, Long>> counts(long occurrence) {
        var counts = new TreeMap<String, SortedMap<DeliveryState, Long>>();
        counts(List.of(occurrence)).forEach(count -> counts.computeIfAbsent(count.channel(), channel -> new TreeMap<>())
                .merge(count.state(), count.deliveries(), Long::sum));
        return counts;
    }

    /**
     * How many deliveries of an occurrence and a channel share a state.
     *
     * @param personal to people, not to places
     * @param lately how many of them came to it within the last minute, less those that left it
     */
    public record Count(
            long occurrence, String channel, boolean personal, DeliveryState state, long deliveries, long lately) {}

    /** Counts of several occurrences; states without any are absent. */
    public List<Count> counts(Collection<Long> occurrences) {
        return jdbc.sql("""
                        select occurrence_id as occurrence, channel, personal, state, sum(deliveries) as deliveries,
                               coalesce(sum(deliveries) filter (where at > clock_timestamp() - interval '1 minute'), 0) as lately
                        from delivery_count where occurrence_id = any(:occurrences)
                        group by occurrence_id, channel, personal, state having sum(deliveries) <> 0
                        order by occurrence_id, channel
                        """)
                .param("occurrences", occurrences.toArray(Long[]::new))
                .query(Count.class)
                .list();
    }

    /**
     * Deliveries that share a channel, a state and a reason.
     *
     * @param reasonCode kind of trouble, or null where nothing was said
     */
    public record Cause(
            String channel,
            DeliveryState state,
            @Nullable String reasonCode,
            long deliveries,
            @Nullable Instant nextAttempt) {}

    /** Why deliveries of an occurrence did not go, or not yet: the largest group first. */
    public List<Cause> causes(long occurrence) {
        return jdbc.sql("""
                        select channel, state, reason_code, deliveries,
                               -- whatever waits for a time that has not come was tried before
                               case when state = 'PENDING' then (
                                   select min(d.not_before) from delivery d
                                   where d.occurrence_id = :occurrence and d.channel = c.channel and d.state = 'PENDING'
                                     and d.not_before > now()) end as next_attempt
                        from (
                            select channel, state, reason_code, sum(deliveries) as deliveries
                            from delivery_count
                            where occurrence_id = :occurrence and state not in ('ACCEPTED', 'DELIVERED', 'READ')
                              and reason_code is not null
                            group by channel, state, reason_code having sum(deliveries) <> 0
                        ) c
                        order by deliveries desc, channel, state, reason_code
                        """)
                .param("occurrence", occurrence)
                .query((row, number) -> new Cause(
                        row.getString("channel"),
                        DeliveryState.valueOf(row.getString("state")),
                        row.getString("reason_code"),
                        row.getLong("deliveries"),
                        instant(row, "next_attempt")))
                .list();
    }

    /** How many different people the occurrence's deliveries are for; none before it begins. */
    public long people(long occurrence) {
        return jdbc.sql(
                        "select registered from occurrence_audience where occurrence_id = :occurrence and audience_id is null")
                .param("occurrence", occurrence)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /** Whether every channel of the occurrence has all its deliveries written. */
    public boolean fannedOut(long occurrence) {
        return jdbc.sql("select coalesce(bool_and(done), false) from fan_out where occurrence_id = :occurrence")
                .param("occurrence", occurrence)
                .query(Boolean.class)
                .single();
    }

    /**
     * One delivery as an evaluator reads it.
     *
     * @param recipient name of the person, or the outlet
     * @param address what was written to, or null
     * @param detail the provider's words, without addresses
     * @param reminds the delivery of which this one is the reminder, or null
     */
    public record Row(
            long id,
            long occurrenceId,
            String channel,
            @Nullable Long contactId,
            String recipient,
            @Nullable String address,
            DeliveryState state,
            @Nullable String reasonCode,
            @Nullable String providerCode,
            @Nullable String providerId,
            @Nullable String detail,
            @Nullable String url,
            @Nullable String sha256,
            int attempts,
            Instant notBefore,
            Instant changedAt,
            @Nullable Long reminds) {}

    /** What to list; null means all. */
    public record Filter(
            @Nullable Long occurrence,
            @Nullable String channel,
            @Nullable DeliveryState state,
            @Nullable String reason) {}

    /**
     * Deliveries in the order of their ids.
     *
     * @param after lists from the first id greater than this
     */
    public List<Row> list(Filter filter, long after, int limit) {
        // Only what is asked for, so that each question finds its index.
        var where = new StringBuilder(" where d.id > :after");
        var params = new HashMap<String, Object>(Map.of("after", after, "limit", limit));
        narrow(where, params, "d.occurrence_id", "occurrence", filter.occurrence());
        narrow(where, params, "d.channel", "channel", filter.channel());
        if (filter.state() != null) {
            // not as a parameter: only so a plan that is kept still finds the state's own index
            where.append(" and d.state = '").append(filter.state()).append("'");
        }
        narrow(where, params, "d.reason_code", "reason", filter.reason());
        return jdbc.sql(SELECT + where + " order by d.id limit :limit")
                .params(params)
                .query(DeliveryReport::row)
                .list();
    }

    private static void narrow(
            StringBuilder where, Map<String, Object> params, String column, String name, @Nullable Object value) {
        if (value != null) {
            where.append(" and ").append(column).append(" = :").append(name);
            params.put(name, value);
        }
    }

    public Optional<Row> find(long id) {
        return jdbc.sql(SELECT + " where d.id = :id")
                .param("id", id)
                .query(DeliveryReport::row)
                .optional();
    }

    /** One entry of the log of a delivery. */
    public record Step(
            Instant at,
            @Nullable DeliveryState from,
            DeliveryState to,
            int attempt,
            @Nullable String reasonCode,
            @Nullable String providerCode,
            @Nullable String providerId,
            @Nullable String detail,
            @Nullable String sha256) {}

    /** Everything that happened to a delivery, oldest first. */
    public List<Step> history(long delivery) {
        return jdbc.sql("select * from delivery_log where delivery_id = :delivery order by seq")
                .param("delivery", delivery)
                .query((row, number) -> {
                    var from = row.getString("from_state");
                    return new Step(
                            row.getObject("at", OffsetDateTime.class).toInstant(),
                            from == null ? null : DeliveryState.valueOf(from),
                            DeliveryState.valueOf(row.getString("to_state")),
                            row.getInt("attempt"),
                            row.getString("reason_code"),
                            row.getString("provider_code"),
                            row.getString("provider_id"),
                            row.getString("detail"),
                            row.getString("sha256"));
                })
                .list();
    }

    private static final String SELECT = """
            select d.*, coalesce(c.name, d.outlet) as recipient
            from delivery d left join contact c on c.id = d.contact_id
            """;

    private static Row row(ResultSet row, int number) throws SQLException {
        var contact = row.getLong("contact_id");
        return new Row(
                row.getLong("id"),
                row.getLong("occurrence_id"),
                row.getString("channel"),
                contact == 0 ? null : contact,
                row.getString("recipient"),
                row.getString("address"),
                DeliveryState.valueOf(row.getString("state")),
                row.getString("reason_code"),
                row.getString("provider_code"),
                row.getString("provider_id"),
                row.getString("detail"),
                row.getString("url"),
                row.getString("sha256"),
                row.getInt("attempts"),
                row.getObject("not_before", OffsetDateTime.class).toInstant(),
                row.getObject("changed_at", OffsetDateTime.class).toInstant(),
                row.getObject("reminds", Long.class));
    }
}
