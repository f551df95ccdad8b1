package org.pregonero.dispatcher.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.message.Cascade;
import org.pregonero.dispatcher.message.Contents;
import org.pregonero.dispatcher.message.MessageVersion;
import org.pregonero.dispatcher.message.Messages;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes people to the next channel of a message's cascade: at once when the channel before failed or could not be used,
 * after the message's wait when it stayed silent, and never when any channel has reached the person. What a person or an
 * opt-out cancelled goes no further.
 */
@Component
class NextChannel {

    /** Deliveries of a cascade that have certainly reached their person, seen from another delivery {@code d}. */
    static final String REACHED = """
            exists (select from jsonb_array_elements_text(v.cascade -> 'order') as other (channel)
                    join delivery r on r.occurrence_id = d.occurrence_id and r.channel = other.channel
                                   and r.contact_id = d.contact_id and r.reminds is null
                    where other.channel <> d.channel and jsonb_exists(v.cascade -> 'order', d.channel)
                      and r.state in ('DELIVERED', 'READ'))
            """;

    /**
     * Deliveries {@code r} of a cascade that keep the person of another one, {@code d}, from being taken on: the person was
     * reached, a person or an opt-out ended it, or it is under way, as one that is tried again may be.
     */
    private static final String IN_THE_WAY = """
            exists (select from jsonb_array_elements_text(v.cascade -> 'order') as other (channel)
                    join delivery r on r.occurrence_id = d.occurrence_id and r.channel = other.channel
                                   and r.contact_id = d.contact_id and r.reminds is null
                    where r.state not in ('SKIPPED', 'REJECTED', 'UNDELIVERED', 'ACCEPTED', 'IN_DOUBT')
                       or (r.state in ('ACCEPTED', 'IN_DOUBT') and r.changed_at > :silentSince))
            """;

    /** Held by whoever takes people of an occurrence on or tries them again, which each look at what the other writes. */
    static final String LOCK = "hashtextextended('pregonero.delivery.cascade/' || :occurrence, 0)";

    /** A look reads whoever is still silent; it shall not take more than this part of the database's time. */
    private static final int REST = 10;

    private static final Duration LONGEST_REST = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Messages messages;
    private final Contents contents;
    private final Adapters adapters;
    private final EngineProperties properties;
    private final Clock clock;
    private volatile Instant restsUntil = Instant.EPOCH;

    NextChannel(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Messages messages,
            Contents contents,
            Adapters adapters,
            EngineProperties properties,
            Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.messages = messages;
        this.contents = contents;
        this.adapters = adapters;
        this.properties = properties;
        this.clock = clock;
    }

    private record Running(long occurrence, long version) {}

    void look() {
        var begin = clock.instant();
        if (begin.isBefore(restsUntil)) {
            return;
        }
        var failed =
                running().stream().flatMap(running -> failure(running).stream()).toList();
        var took = Duration.between(begin, clock.instant()).multipliedBy(REST);
        restsUntil = clock.instant().plus(took.compareTo(LONGEST_REST) < 0 ? took : LONGEST_REST);
        if (!failed.isEmpty()) {
            throw new IllegalStateException(String.join(", ", failed));
        }
    }

    private List<Running> running() {
        return jdbc.sql("""
                        select o.id as occurrence, o.version_id as version
                        from occurrence o join message_version v on v.id = o.version_id
                        where o.state = 'RUNNING' and v.cascade is not null and (o.expires_at is null or o.expires_at > :now)
                        """)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Running.class)
                .list();
    }

    /** What keeps an occurrence from being looked at, if anything does; the others are looked at all the same. */
    private Optional<String> failure(Running running) {
        try {
            look(running);
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(
                    "occurrence " + running.occurrence() + ": " + e.getClass().getSimpleName());
        }
    }

    private void look(Running running) {
        var version = messages.version(running.version());
        var cascade = version.cascade();
        if (cascade == null) {
            return;
        }
        for (var channel : cascade.order()) {
            var way = Way.on(channel, running.occurrence(), adapters, contents);
            for (var before : before(cascade, channel)) {
                while (isFull(
                        transaction.execute(status -> step(running.occurrence(), version, cascade, before, way)))) {
                    // until a chunk is not full
                }
            }
        }
    }

    /** The channels from which people may come to this one: with preferences, each has an order of their own. */
    private static List<String> before(Cascade cascade, String channel) {
        if (cascade.preferredFirst()) {
            return cascade.order().stream()
                    .filter(other -> !other.equals(channel))
                    .toList();
        }
        var before = cascade.before(channel);
        return before == null ? List.of() : List.of(before);
    }

    private boolean isFull(@Nullable Integer chunk) {
        return chunk != null && chunk == properties.fanOutChunk();
    }

    /** Returns how many people were taken on; nobody while a person has some of them tried again. */
    private int step(long occurrence, MessageVersion version, Cascade cascade, String before, Way way) {
        // In a statement of its own: the next one then sees what was written under the lock.
        if (!jdbc.sql("select pg_try_advisory_xact_lock(" + LOCK + ")")
                .param("occurrence", occurrence)
                .query(Boolean.class)
                .single()) {
            return 0;
        }
        Instant now = clock.instant();
        return jdbc.sql("""
                        with chunk as (
                            select d.contact_id
                            from delivery d join message_version v on v.id = :version
                            where d.occurrence_id = :occurrence and d.channel = :before and d.contact_id is not null and d.reminds is null
                              and (d.state in ('SKIPPED', 'REJECTED', 'UNDELIVERED')
                                   or (d.state in ('ACCEPTED', 'IN_DOUBT') and d.changed_at <= :silentSince))
                              and not exists (select from delivery n
                                              where n.occurrence_id = :occurrence and n.channel = :channel
                                                and n.contact_id = d.contact_id and n.reminds is null)
                              -- the first one in the person's order that has not been tried: preferences change meanwhile
                              and (not :preferred or :channel = (
                                  select untried.channel
                                  from jsonb_array_elements_text(v.cascade -> 'order') with ordinality as untried (channel, place)
                                  where not exists (select from delivery n
                                                    where n.occurrence_id = :occurrence and n.channel = untried.channel
                                                      and n.contact_id = d.contact_id and n.reminds is null)
                                  order by (untried.channel = (select preferred_channel from contact where id = d.contact_id))
                                               is not true,
                                           untried.place
                                  limit 1))
                              and not %s
                            order by d.contact_id limit :size
                        ),
                        %s
                        select count(*) from chunk
                        """.formatted(IN_THE_WAY, FanOut.WRITE))
                .param("occurrence", occurrence)
                .param("version", version.id())
                .param("before", before)
                .param("channel", way.channel())
                .param("preferred", cascade.preferredFirst())
                .param("order", null)
                .param("rest", false)
                .param(
                        "earlier",
                        (cascade.preferredFirst() ? before(cascade, way.channel()) : cascade.upTo(before))
                                .toArray(String[]::new))
                .param("silentSince", now.minus(cascade.patience()).atOffset(ZoneOffset.UTC))
                .param("size", properties.fanOutChunk())
                .param("kind", way.kind())
                .param("barred", way.obstacle())
                .param("purpose", version.purpose())
                .param("needed", way.needed().toArray(String[]::new))
                .param("due", now.atOffset(ZoneOffset.UTC))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query(Integer.class)
                .single();
    }

    /** As {@link #IN_THE_WAY}, for good. */
    private static final String ENDED = """
            exists (select from jsonb_array_elements_text(v.cascade -> 'order') as other (channel)
                    join delivery r on r.occurrence_id = d.occurrence_id and r.channel = other.channel
                                   and r.contact_id = d.contact_id and r.reminds is null
                    where r.state in ('DELIVERED', 'READ', 'EXPIRED', 'CANCELLED'))
            """;

    /** Whether somebody of the occurrence {@code o} with version {@code v} may still be taken to a next channel. */
    static final String PENDING = """
            (v.cascade is not null and (o.expires_at is null or o.expires_at > :now) and case
                when (v.cascade ->> 'preferredFirst')::boolean then exists (
                    select from delivery d
                    cross join jsonb_array_elements_text(v.cascade -> 'order') as next (channel)
                    where d.occurrence_id = o.id and d.contact_id is not null and d.reminds is null
                      and jsonb_exists(v.cascade -> 'order', d.channel)
                      and d.state in ('SKIPPED', 'REJECTED', 'UNDELIVERED', 'ACCEPTED', 'IN_DOUBT')
                      and not exists (select from delivery n
                                      where n.occurrence_id = o.id and n.channel = next.channel
                                        and n.contact_id = d.contact_id and n.reminds is null)
                      and not %1$s)
                else exists (
                    select from jsonb_array_elements_text(v.cascade -> 'order') with ordinality as one (channel, place)
                    join jsonb_array_elements_text(v.cascade -> 'order') with ordinality as next (channel, place)
                        on next.place = one.place + 1
                    join delivery d on d.occurrence_id = o.id and d.channel = one.channel and d.contact_id is not null
                        and d.reminds is null
                    where d.state in ('SKIPPED', 'REJECTED', 'UNDELIVERED', 'ACCEPTED', 'IN_DOUBT')
                      and not exists (select from delivery n
                                      where n.occurrence_id = o.id and n.channel = next.channel
                                        and n.contact_id = d.contact_id and n.reminds is null)
                      and not %1$s)
                end)
            """.formatted(ENDED);
}
