package org.pregonero.dispatcher.inbound;

import static org.pregonero.dispatcher.runtime.Timestamps.utc;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pregonero.channels.ProviderEvent;
import org.pregonero.channels.ProviderEvent.Complained;
import org.pregonero.channels.ProviderEvent.MessageReceived;
import org.pregonero.channels.ProviderEvent.StatusReported;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.ObjectMapper;

/** What providers told us, each event once, until it is worked off and after. */
@Repository
class Inbox {

    /** For so long an event belongs to the request that brought it, which may have to answer it. */
    private static final Duration AT_THE_DOOR = Duration.ofSeconds(30);

    private static final Duration SOON = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final int ATTEMPTS = 30;

    /** What PostgreSQL's jsonb cannot hold; not an escaped backslash before the same letters, which is a person's text. */
    private static final Pattern ESCAPED_NUL = Pattern.compile("(?<!\\\\)((?:\\\\{2})*)\\\\u0000");

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final Clock clock;

    Inbox(JdbcClient jdbc, ObjectMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /** The kinds of events, as the table names them. */
    enum Kind {
        STATUS(StatusReported.class),
        MESSAGE(MessageReceived.class),
        COMPLAINT(Complained.class);

        private final Class<? extends ProviderEvent> type;

        Kind(Class<? extends ProviderEvent> type) {
            this.type = type;
        }

        static Kind of(ProviderEvent event) {
            for (var kind : values()) {
                if (kind.type.isInstance(event)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException(event.getClass().getName());
        }
    }

    /** An event with the number it has here, and who told it. */
    record Stored<E extends ProviderEvent>(long id, String provider, E event) {}

    /**
     * Writes events down.
     *
     * @return those that were not known yet
     */
    List<Stored<ProviderEvent>> store(String provider, List<ProviderEvent> events) {
        var fresh = new ArrayList<Stored<ProviderEvent>>();
        for (var event : events) {
            var kind = Kind.of(event);
            jdbc.sql("""
                            insert into inbox_event (provider, event_key, kind, token, provider_id, payload, received_at,
                                                     next_attempt_at)
                            values (:provider, :key, :kind, :token, :providerId, :payload::jsonb, :now, :next)
                            on conflict (provider, event_key) do nothing
                            returning id
                            """)
                    .param("provider", provider)
                    .param("key", event.key().replace("\0", ""))
                    .param("kind", kind.name())
                    .param("token", token(event))
                    .param("providerId", providerId(event))
                    .param(
                            "payload",
                            ESCAPED_NUL.matcher(json.writeValueAsString(event)).replaceAll("$1"))
                    .param("now", utc(clock.instant()))
                    .param("next", utc(clock.instant().plus(kind == Kind.MESSAGE ? AT_THE_DOOR : Duration.ZERO)))
                    .query(Long.class)
                    .optional()
                    .ifPresent(id -> fresh.add(new Stored<>(id, provider, event)));
        }
        return fresh;
    }

    private static @Nullable String providerId(ProviderEvent event) {
        return event instanceof StatusReported status && status.providerId() != null
                ? status.providerId().replace("\0", "")
                : null;
    }

    private static @Nullable UUID token(ProviderEvent event) {
        if (event instanceof StatusReported status) {
            return status.token();
        }
        return event instanceof MessageReceived message ? message.token() : ((Complained) event).token();
    }

    /** Takes up status reports that wait, for the length of the transaction and to the exclusion of others. */
    List<Stored<StatusReported>> statuses(int limit) {
        return jdbc.sql("""
                        select id, provider, payload::text as payload from inbox_event
                        where processed_at is null and next_attempt_at <= :now and kind = 'STATUS'
                        order by next_attempt_at, id limit :limit for update skip locked
                        """)
                .param("now", utc(clock.instant()))
                .param("limit", limit)
                .query((row, number) -> new Stored<>(
                        row.getLong("id"),
                        row.getString("provider"),
                        json.readValue(row.getString("payload"), StatusReported.class)))
                .list();
    }

    /** The ids of the events of a kind that wait, without taking them up. */
    List<Long> waiting(Collection<Kind> kinds, int limit) {
        return jdbc.sql("""
                        select id from inbox_event
                        where processed_at is null and next_attempt_at <= :now and kind = any(:kinds)
                        order by next_attempt_at, id limit :limit
                        """)
                .param("now", utc(clock.instant()))
                .param("kinds", kinds.stream().map(Kind::name).toArray(String[]::new))
                .param("limit", limit)
                .query(Long.class)
                .list();
    }

    /**
     * Takes up one event, for the length of the transaction.
     *
     * @return nothing when it is worked off or somebody else has it
     */
    Optional<Stored<ProviderEvent>> take(long id) {
        return jdbc.sql("""
                        select kind, provider, payload::text as payload from inbox_event
                        where id = :id and processed_at is null for update skip locked
                        """)
                .param("id", id)
                .query((row, number) -> new Stored<ProviderEvent>(
                        id,
                        row.getString("provider"),
                        json.readValue(row.getString("payload"), Kind.valueOf(row.getString("kind")).type)))
                .optional();
    }

    void processed(Collection<Long> ids) {
        jdbc.sql("update inbox_event set processed_at = :now, problem = null where id = any(:ids)")
                .param("now", utc(clock.instant()))
                .param("ids", ids.toArray(Long[]::new))
                .update();
    }

    /**
     * Puts events off: each attempt twice as long as the one before, and in the end for ever.
     *
     * @param problem what went wrong, without anything personal
     */
    void postpone(Collection<Long> ids, String problem) {
        jdbc.sql("""
                        update inbox_event
                        set attempts = attempts + 1, problem = :problem,
                            next_attempt_at = case when attempts + 1 >= :attempts then 'infinity'::timestamptz
                                else :now::timestamptz + least(:longest, power(2, least(attempts, 20))) * interval '1 second'
                                end
                        where id = any(:ids)
                        """)
                .param("problem", problem)
                .param("attempts", ATTEMPTS)
                .param("now", utc(clock.instant()))
                .param("longest", (double) LONGEST_PAUSE.toSeconds())
                .param("ids", ids.toArray(Long[]::new))
                .update();
    }

    /** Puts off events that somebody else is in the way of; not their fault, so not counted. */
    void retrySoon(Collection<Long> ids) {
        jdbc.sql("update inbox_event set next_attempt_at = :soon where id = any(:ids)")
                .param("soon", utc(clock.instant().plus(SOON)))
                .param("ids", ids.toArray(Long[]::new))
                .update();
    }
}
