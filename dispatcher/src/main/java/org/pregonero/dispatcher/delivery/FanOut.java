package org.pregonero.dispatcher.delivery;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.message.Contents;
import org.pregonero.dispatcher.message.MessageVersion;
import org.pregonero.dispatcher.message.Messages;
import org.pregonero.dispatcher.message.Occurrence;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes one delivery for every person of the occurrence on every channel, and for every outlet. Who cannot be written
 * to gets one too, SKIPPED with its reason, so that figures add up. Set-based and in chunks, each with its place mark in
 * the same transaction: constant memory, and an interrupted fan-out goes on where it was.
 */
@Component
class FanOut {

    /**
     * Writes deliveries for the people of a {@code chunk (contact_id)}, whether they can be written to or not; the rest of
     * a statement that begins with {@code with chunk as (…),}.
     */
    static final String WRITE = """
            person as (
                select chunk.contact_id, way.address,
                       coalesce(:barred::text, way.obstacle,
                           case when not jsonb_exists_all(contact_values(c), :needed::text[])
                                then 'MISSING_VALUE' end) as obstacle
                from chunk
                join contact c on c.id = chunk.contact_id
                cross join lateral contactability(chunk.contact_id, :channel, :kind, :purpose) way
                -- Who prefers another channel begins there. Preferences change meanwhile: nobody begins twice, and whoever began
                -- nowhere begins on the last channel.
                where :order::text[] is null
                   or (:rest or :channel = case when c.preferred_channel = any(:order::text[]) then c.preferred_channel
                                                else (:order::text[])[1] end)
                      and not exists (
                          select from delivery d
                          where d.occurrence_id = :occurrence and d.channel = any(:order::text[]) and d.channel <> :channel
                            and d.contact_id = chunk.contact_id and d.reminds is null)
            ),
            -- Two people who share an address: the first gets the message, the other is named as skipped.
            turn as (
                select p.*, row_number() over (partition by p.address, p.obstacle is null
                                               order by p.contact_id) as place
                from person p
            ),
            -- Asked for all at once: asked for each person, of an occurrence that the planner does not know yet, it would read
            -- all of it each time.
            taken as (
                select d.address from delivery d
                where d.occurrence_id = :occurrence and d.channel = :channel and d.reminds is null
                  and d.address = any(array(select address from turn where obstacle is null))
            ),
            -- Who got it there by a channel that comes earlier in a cascade; first and last tell whether it was somebody else.
            earlier as (
                select d.address, min(d.contact_id) as first, max(d.contact_id) as last from delivery d
                where d.occurrence_id = :occurrence and d.channel = any(:earlier::text[]) and d.reminds is null
                  and d.address = any(array(select address from turn where obstacle is null))
                  and d.state not in ('SKIPPED', 'REJECTED', 'UNDELIVERED', 'EXPIRED', 'CANCELLED')
                group by d.address
            ),
            judged as (
                select t.contact_id, t.address,
                       coalesce(t.obstacle,
                           case when t.place > 1 or t.address in (select address from taken)
                                  or t.contact_id <> e.first or t.contact_id <> e.last
                                then 'DUPLICATE_ADDRESS' end) as obstacle
                from turn t left join earlier e on e.address = t.address
            ),
            written as (
                insert into delivery (occurrence_id, channel, contact_id, address, state, reason_code, not_before,
                                      changed_at)
                select :occurrence, :channel, contact_id, case when obstacle is null then address end,
                       case when obstacle is null then 'PENDING' else 'SKIPPED' end, obstacle, :due, :now
                from judged
                order by contact_id
                on conflict do nothing
            )
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Messages messages;
    private final Contents contents;
    private final Adapters adapters;
    private final EngineProperties properties;
    private final Clock clock;

    FanOut(
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

    void run(Occurrence occurrence) {
        var version = messages.version(occurrence.versionId());
        for (var code : inTurn(version)) {
            var way = Way.on(code, occurrence.id(), adapters, contents);
            open(occurrence.id(), way);
            var cascade = version.cascade();
            if (cascade != null && !cascade.preferredFirst() && cascade.before(code) != null) {
                // Nobody is tried here before the channel before has failed.
                close(occurrence.id(), code);
                continue;
            }
            var outlets = requireNonNull(version.channels().get(code)).outlets();
            if (way.personal(outlets)) {
                writeTo(occurrence, version, way);
            } else {
                publishTo(occurrence, way, outlets);
            }
        }
        // The planner should know of a hundred thousand new rows before the relay asks for them.
        jdbc.sql("analyze delivery, occurrence_person").update();
    }

    /** The last channel of a cascade comes last of all. */
    private static List<String> inTurn(MessageVersion version) {
        var turn = new ArrayList<>(version.channels().keySet());
        var cascade = version.cascade();
        if (cascade != null) {
            var last = cascade.order().get(cascade.order().size() - 1);
            turn.remove(last);
            turn.add(last);
        }
        return turn;
    }

    private void open(long occurrence, Way way) {
        var within = way.acknowledgeWithin();
        jdbc.sql("""
                        insert into fan_out (occurrence_id, channel, acknowledge_within)
                        values (:occurrence, :channel, :within::interval)
                        on conflict do nothing
                        """)
                .param("occurrence", occurrence)
                .param("channel", way.channel())
                .param("within", within == null ? null : within.toString())
                .update();
    }

    private void publishTo(Occurrence occurrence, Way way, List<String> outlets) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("""
                            insert into delivery (occurrence_id, channel, outlet, state, reason_code, not_before, changed_at)
                            select :occurrence, :channel, o.name,
                                   case when :obstacle::text is null then 'PENDING' else 'SKIPPED' end, :obstacle::text, :due, :now
                            from unnest(:outlets::text[]) as o (name)
                            on conflict do nothing
                            """)
                    .param("occurrence", occurrence.id())
                    .param("channel", way.channel())
                    .param("obstacle", way.obstacle())
                    .param("outlets", outlets.toArray(String[]::new))
                    .param("due", occurrence.dueAt().atOffset(ZoneOffset.UTC))
                    .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                    .update();
            close(occurrence.id(), way.channel());
        });
    }

    private void close(long occurrence, String channel) {
        jdbc.sql("update fan_out set done = true where occurrence_id = :occurrence and channel = :channel")
                .param("occurrence", occurrence)
                .param("channel", channel)
                .update();
    }

    private void writeTo(Occurrence occurrence, MessageVersion version, Way way) {
        var done = false;
        for (var chunks = 1; !done; chunks++) {
            done = Boolean.TRUE.equals(transaction.execute(status -> writeChunk(occurrence, version, way)));
            // Of an occurrence it never saw, the planner believes that it has one delivery, and would read all of them
            // for
            // each person of the next chunk. Told after the first chunk and whenever there are twice as many.
            if (Integer.bitCount(chunks) == 1) {
                jdbc.sql("analyze delivery").update();
            }
        }
    }

    /** Returns whether it was the last chunk. */
    private boolean writeChunk(Occurrence occurrence, MessageVersion version, Way way) {
        // In a statement of its own: the next one then sees what another fan-out of the occurrence has written.
        jdbc.sql("select done from fan_out where occurrence_id = :occurrence and channel = :channel for update")
                .param("occurrence", occurrence.id())
                .param("channel", way.channel())
                .query(Boolean.class)
                .single();
        var order = order(version, way.channel());
        return jdbc.sql("""
                        with mark as (
                            select after_contact from fan_out
                            where occurrence_id = :occurrence and channel = :channel and not done
                        ),
                        chunk as (
                            select p.contact_id
                            from mark
                            cross join lateral (
                                select contact_id from occurrence_person
                                where occurrence_id = :occurrence and contact_id > mark.after_contact
                                order by contact_id limit :size
                            ) p
                        ),
                        %s
                        update fan_out f
                        set after_contact = coalesce((select max(contact_id) from chunk), f.after_contact),
                            done = (select count(*) from chunk) < :size
                        where f.occurrence_id = :occurrence and f.channel = :channel
                        returning f.done
                        """.formatted(WRITE))
                .param("occurrence", occurrence.id())
                .param("channel", way.channel())
                .param("kind", way.kind())
                .param("earlier", new String[0])
                .param("barred", way.obstacle())
                .param("order", order == null ? null : order.toArray(String[]::new))
                .param("rest", order != null && order.indexOf(way.channel()) == order.size() - 1)
                .param("purpose", version.purpose())
                .param("needed", way.needed().toArray(String[]::new))
                .param("size", properties.fanOutChunk())
                .param("due", occurrence.dueAt().atOffset(ZoneOffset.UTC))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }

    /** The order of the cascade, where each person begins on the channel that they prefer; else null. */
    private static @Nullable List<String> order(MessageVersion version, String channel) {
        var cascade = version.cascade();
        return cascade != null && cascade.preferredFirst() && cascade.order().contains(channel)
                ? cascade.order()
                : null;
    }
}
