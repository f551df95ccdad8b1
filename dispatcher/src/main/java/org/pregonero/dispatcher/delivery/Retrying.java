package org.pregonero.dispatcher.delivery;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.account.AuditTrail;
import org.pregonero.dispatcher.message.Contents;
import org.pregonero.dispatcher.message.Messages;
import org.pregonero.dispatcher.message.NotFoundException;
import org.pregonero.dispatcher.message.Occurrence;
import org.pregonero.dispatcher.message.OccurrenceState;
import org.pregonero.dispatcher.message.Occurrences;
import org.pregonero.dispatcher.message.Refusal;
import org.pregonero.dispatcher.message.RefusedException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Sends again, because a person asks for it, what certainly reached nobody and whose cause may have been cured: with the same
 * approved text, to the address and under the authorisation that the person has now. Who still cannot be written to stays as
 * it is. Nobody is tried whom another channel of a cascade has reached or is still trying.
 */
@Service
public class Retrying {

    /** Causes that pass, or that the office cures in its own settings. */
    private static final Set<String> PASSING = Set.of(
            "MAILBOX_FULL",
            "RECIPIENT_UNREACHABLE",
            "RATE_LIMITED",
            "QUOTA_SPENT",
            "PROVIDER_TROUBLE",
            "UNREACHABLE",
            "CONNECTION_LOST",
            "AUTHENTICATION",
            "TLS",
            "CONFIGURATION",
            "STORAGE",
            "MALFORMED_ANSWER",
            "INTERNAL");

    /** Causes that a returned message may have and that pass. */
    private static final Set<String> PASSING_AFTER_ACCEPTANCE =
            Set.of("MAILBOX_FULL", "RECIPIENT_UNREACHABLE", "PROVIDER_TROUBLE");

    /** Causes that another address cures. */
    private static final Set<String> OF_THE_ADDRESS = Set.of("INVALID_ADDRESS", "UNKNOWN_RECIPIENT");

    /** Causes in the list of people, or a channel that was not there. */
    private static final Set<String> OF_THE_LIST = Set.of(
            "NO_ADDRESS",
            "INVALID_ADDRESS",
            "ADDRESS_GONE",
            "NO_AUTHORISATION",
            "UNPROVEN_AUTHORISATION",
            "OPTED_OUT",
            "SUPPRESSED",
            "MISSING_VALUE",
            "CHANNEL_NOT_CONFIGURED");

    private final JdbcClient jdbc;
    private final Occurrences occurrences;
    private final Messages messages;
    private final Contents contents;
    private final Adapters adapters;
    private final EngineProperties properties;
    private final AuditTrail audit;
    private final Clock clock;

    Retrying(
            JdbcClient jdbc,
            Occurrences occurrences,
            Messages messages,
            Contents contents,
            Adapters adapters,
            EngineProperties properties,
            AuditTrail audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.occurrences = occurrences;
        this.messages = messages;
        this.contents = contents;
        this.adapters = adapters;
        this.properties = properties;
        this.audit = audit;
        this.clock = clock;
    }

    /** Whether deliveries that ended so may be sent again. What was given up or may have arrived after all is not among them. */
    public static boolean possible(DeliveryState state, @Nullable String reason) {
        if (reason == null) {
            return false;
        }
        return switch (state) {
            case SKIPPED -> OF_THE_LIST.contains(reason);
            case REJECTED -> PASSING.contains(reason) || OF_THE_ADDRESS.contains(reason);
            case UNDELIVERED -> PASSING_AFTER_ACCEPTANCE.contains(reason) || OF_THE_ADDRESS.contains(reason);
            default -> false;
        };
    }

    /**
     * Puts the deliveries of one cause back to PENDING, as far as their people can be written to by now.
     *
     * @return how many go out again
     * @throws RefusedException when nothing of this kind may be sent again
     */
    @Transactional
    public int retry(long id, String channel, DeliveryState state, String reason, Actor actor) {
        var occurrence = occurrences.find(id).orElseThrow(() -> new NotFoundException("Ese envío no existe."));
        refuse(occurrence, state, reason);
        var way = Way.on(channel, id, adapters, contents);
        if (way.obstacle() != null) {
            throw new RefusedException(Refusal.CHANNEL_NOT_SET_UP);
        }
        // so that nobody is taken to a next channel while this one is tried again
        jdbc.sql("select pg_advisory_xact_lock(" + NextChannel.LOCK + ")")
                .param("occurrence", id)
                .query(row -> {});
        var again = 0;
        var after = 0L;
        while (after < Long.MAX_VALUE) {
            var step = step(occurrence, way, state, reason, after);
            again += step.again();
            after = step.looked() < properties.fanOutChunk() ? Long.MAX_VALUE : step.last();
        }
        if (again > 0) {
            occurrences.move(id, EnumSet.of(OccurrenceState.FINISHED), OccurrenceState.RUNNING);
            audit.record(
                    actor,
                    "deliveries.retried",
                    "occurrence/" + id,
                    Map.of("state", state, "channel", channel, "reason", reason),
                    Map.of("deliveries", again));
        }
        return again;
    }

    private void refuse(Occurrence occurrence, DeliveryState state, String reason) {
        if (!possible(state, reason)) {
            throw new RefusedException(Refusal.NOT_RETRIABLE);
        }
        if (!EnumSet.of(OccurrenceState.RUNNING, OccurrenceState.PAUSED, OccurrenceState.FINISHED)
                .contains(occurrence.state())) {
            throw new RefusedException(Refusal.NOT_UNDER_WAY);
        }
        var expires = occurrence.expiresAt();
        if (expires != null && !expires.isAfter(clock.instant())) {
            throw new RefusedException(Refusal.USELESS_NOW);
        }
    }

    /** What came of a chunk. */
    private record Step(int again, int looked, long last) {}

    private Step step(Occurrence occurrence, Way way, DeliveryState state, String reason, long after) {
        var version = messages.version(occurrence.versionId());
        return jdbc.sql("""
                        with chosen as materialized (
                            select d.id, d.contact_id, d.address from delivery d
                            where d.occurrence_id = :occurrence and d.channel = :channel and d.state = '%s'
                              and d.reason_code = :reason and d.reminds is null and d.id > :after
                            order by d.id limit :size for update
                        ),
                        person as (
                            select d.id, way.address, row_number() over (partition by way.address order by d.id) as place
                            from chosen d
                            join contact c on c.id = d.contact_id
                            cross join lateral contactability(d.contact_id, :channel, :kind, :purpose) way
                            where way.obstacle is null and jsonb_exists_all(contact_values(c), :needed::text[])
                              and (way.address is distinct from d.address or not :otherAddress)
                              and not exists (
                                  select from delivery o
                                  where o.occurrence_id = :occurrence and o.channel = :channel and o.address = way.address
                                    and o.reminds is null and o.id <> d.id)
                              and not exists (
                                  select from delivery o
                                  where o.occurrence_id = :occurrence and o.channel = any(:cascade::text[])
                                    and o.channel <> :channel and o.contact_id = d.contact_id and o.reminds is null
                                    and o.state not in ('SKIPPED', 'REJECTED', 'UNDELIVERED', 'EXPIRED', 'CANCELLED'))
                        ),
                        again as (
                            select id, address from person where place = 1
                            union all
                            select id, address from chosen where contact_id is null
                        ),
                        moved as (
                            update delivery d
                            set state = 'PENDING', address = again.address, reason_code = 'RETRIED_BY_PERSON', provider_id = null,
                                provider_code = null, detail = null, attempts = 0, not_before = :now, changed_at = :now
                            from again where d.id = again.id
                            returning d.id
                        )
                        select (select count(*) from moved) as again, count(*) as looked, coalesce(max(id), 0) as last
                        from chosen
                        """.formatted(state))
                .param("occurrence", occurrence.id())
                .param("channel", way.channel())
                .param("reason", reason)
                .param("after", after)
                .param("size", properties.fanOutChunk())
                .param("kind", way.kind())
                .param("purpose", version.purpose())
                .param("needed", way.needed().toArray(String[]::new))
                .param("otherAddress", OF_THE_ADDRESS.contains(reason))
                .param(
                        "cascade",
                        version.cascade() == null
                                ? new String[0]
                                : version.cascade().order().toArray(String[]::new))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Step.class)
                .single();
    }
}
