package org.pregonero.dispatcher.delivery;

import static org.pregonero.dispatcher.runtime.Timestamps.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pregonero.channels.Channel;
import org.pregonero.channels.ChannelAdapter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectMapper;

/** The deliveries and every step they take. All statements are set-based; the database logs each step. */
@Repository
class Deliveries {

    private static final TypeReference<Map<String, String>> VALUES = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final Clock clock;

    Deliveries(JdbcClient jdbc, ObjectMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Marks what is due as QUEUED, in turn across occurrences: a notice to 40 people is not stuck behind an invitation to
     * 400,000. Holds on to the occurrences meanwhile: a pause or a cancellation comes wholly before, or sees what was
     * queued and takes it back. Waits for none of them, so that a large one holds up no other message.
     *
     * @param open whether contact hours allow all occurrences, or only those with an override
     * @return the ids, in order
     */
    List<Long> queueDue(Channel channel, int limit, boolean open) {
        return jdbc.sql("""
                        with running as materialized (
                            select o.id from occurrence o
                            where o.state = 'RUNNING' and (o.expires_at is null or o.expires_at > :now)
                              and (:open or o.contact_hours_override is not null)
                            order by o.id for share skip locked
                        ),
                        due as (
                            select d.id, row_number() over (partition by d.occurrence_id order by d.not_before, d.id) as turn
                            from running o
                            cross join lateral (
                                select id, occurrence_id, not_before from delivery
                                where occurrence_id = o.id and channel = :channel and state = 'PENDING' and not_before <= :now
                                order by not_before, id limit :limit
                            ) d
                        ),
                        chosen as (select id from due order by turn, id limit :limit),
                        free as (
                            select d.id from chosen join delivery d on d.id = chosen.id
                            where d.state = 'PENDING' for update of d skip locked
                        ),
                        queued as (
                            update delivery d set state = 'QUEUED', queued_at = :now, changed_at = :now
                            from free where d.id = free.id
                            returning d.id
                        )
                        select id from queued order by id
                        """)
                .param("channel", channel.code())
                .param("limit", limit)
                .param("open", open)
                .param("now", now())
                .query(Long.class)
                .list();
    }

    /**
     * The channels of which something is with the broker, or due.
     *
     * @param open the channels to look at, and whether contact hours allow all occurrences there, or only those with an override
     */
    Set<Channel> waiting(Map<Channel, Boolean> open) {
        var channels = List.copyOf(open.keySet());
        return jdbc.sql("""
                        select c.channel from unnest(:channels::text[], :open::boolean[]) as c (channel, open)
                        where exists (select from delivery where channel = c.channel and state = 'QUEUED')
                            or exists (select from occurrence o
                                       where o.state = 'RUNNING' and (c.open or o.contact_hours_override is not null)
                                         and exists (select from delivery
                                                     where occurrence_id = o.id and channel = c.channel
                                                       and state = 'PENDING' and not_before <= :now))
                        """)
                .param("channels", channels.stream().map(Channel::code).toArray(String[]::new))
                .param("open", channels.stream().map(open::get).toArray(Boolean[]::new))
                .param("now", now())
                .query((row, number) -> new Channel(row.getString("channel")))
                .set();
    }

    /** How many are with the broker and unclaimed; counts no further than the limit. */
    int queued(Channel channel, int limit) {
        return jdbc.sql("""
                        select count(*) from (
                            select from delivery where channel = :channel and state = 'QUEUED' limit :limit) q
                        """)
                .param("channel", channel.code())
                .param("limit", limit)
                .query(Integer.class)
                .single();
    }

    /** Whether something has been QUEUED for longer than this without being claimed. */
    boolean unclaimed(Channel channel, Duration longerThan) {
        return jdbc.sql("""
                        select exists (select from delivery
                                       where channel = :channel and state = 'QUEUED' and queued_at <= :before)
                        """)
                .param("channel", channel.code())
                .param("before", utc(clock.instant().minus(longerThan)))
                .query(Boolean.class)
                .single();
    }

    /** Takes up what has been QUEUED for longer than this without being claimed, to be handed to the broker again. */
    List<Long> requeueUnclaimed(Channel channel, Duration longerThan, int limit) {
        var now = clock.instant();
        return jdbc.sql("""
                        with lost as (
                            select id from delivery
                            where channel = :channel and state = 'QUEUED' and queued_at <= :before
                            order by queued_at limit :limit for update skip locked
                        ),
                        again as (
                            update delivery d set queued_at = :now from lost where d.id = lost.id returning d.id
                        )
                        select id from again order by id
                        """)
                .param("channel", channel.code())
                .param("before", utc(now.minus(longerThan)))
                .param("now", utc(now))
                .param("limit", limit)
                .query(Long.class)
                .list();
    }

    /**
     * Moves those of the deliveries to SENDING that may be sent now. What is no longer QUEUED, or whose occurrence or
     * channel has stopped, is not claimed. Whoever may no longer be written to is cancelled; whoever can no longer be at that
     * address is skipped, and may be reached on another channel.
     */
    List<Claimed> claim(ChannelAdapter adapter, Collection<Long> ids, UUID worker, boolean open) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return jdbc.sql("""
                        with ready as (
                            select d.id, case
                                when d.contact_id is null then null
                                when suppressed.reason <> 'BOUNCED' then 'SUPPRESSED'
                                when exists (select from acknowledgement a where a.delivery_id = d.reminds)
                                    then 'ACKNOWLEDGED'
                                when v.cascade is not null and %s then 'REACHED_OTHERWISE'
                                else coalesce(
                                    (select way.obstacle
                                     from contactability(d.contact_id, d.channel, :kind, v.purpose) way
                                     where way.obstacle in ('OPTED_OUT', 'NO_AUTHORISATION', 'UNPROVEN_AUTHORISATION')),
                                    -- corrected, removed, or forgotten with its person
                                    case when not exists (
                                        select from contact_address a
                                        where a.contact_id = d.contact_id and a.kind = :kind and a.address = d.address and a.valid)
                                    then 'ADDRESS_GONE' end,
                                    case suppressed.reason when 'BOUNCED' then 'BOUNCED' end)
                                end as obstacle
                            from delivery d
                            join occurrence o on o.id = d.occurrence_id
                            join message_version v on v.id = o.version_id
                            left join lateral (
                                select s.reason from suppression s
                                where s.kind = :kind and s.address = d.address and (s.channel is null or s.channel = d.channel)
                                  -- of somebody else, who shared it: one's own goes with the person
                                  and s.reason <> 'ERASED'
                                order by s.reason = 'BOUNCED' limit 1
                            ) suppressed on true
                            where d.id = any(:ids) and d.channel = :channel
                              -- not as a bare column, or the planner, which thinks that hardly anything is ever QUEUED,
                              -- reads the whole window for every claim instead of these few ids
                              and d.state || '' = 'QUEUED'
                              and o.state = 'RUNNING'
                              and (o.expires_at is null or o.expires_at > :now)
                              and (:open or o.contact_hours_override is not null)
                              and not exists (select from channel_state s
                                              where s.channel = d.channel and s.paused_by is not null)
                            -- who is being claimed, recalled or cancelled this moment comes again if that comes to nothing
                            for update of d skip locked
                        ),
                        barred as (
                            update delivery d
                            set state = case when ready.obstacle in ('BOUNCED', 'ADDRESS_GONE') then 'SKIPPED' else 'CANCELLED' end,
                                reason_code = case ready.obstacle when 'BOUNCED' then 'SUPPRESSED' else ready.obstacle end,
                                changed_at = :now
                            from ready where d.id = ready.id and ready.obstacle is not null
                        ),
                        claimed as (
                            update delivery d set state = 'SENDING', claimed_by = :worker, claimed_at = :now, changed_at = :now
                            from ready where d.id = ready.id and ready.obstacle is null
                            returning d.id, d.token, d.occurrence_id, d.contact_id, d.address, d.outlet, d.attempts,
                                      d.claimed_at, d.reminds
                        )
                        select claimed.*, c.name, contact_values(c)::text as values
                        from claimed left join contact c on c.id = claimed.contact_id
                        order by claimed.id
                        """.formatted(NextChannel.REACHED))
                .param("channel", adapter.channel().code())
                .param("kind", adapter.addressing().name())
                .param("ids", ids.toArray(Long[]::new))
                .param("worker", worker)
                .param("now", utc(now))
                .param("open", open)
                .query(this::claimed)
                .list();
    }

    /** What a dead worker was sending and its provider may be asked about by now, with what it takes to ask. */
    List<Claimed> abandoned(Channel channel, UUID worker, int limit) {
        return jdbc.sql("""
                        select d.id, d.token, d.occurrence_id, d.contact_id, d.address, d.outlet, d.attempts, d.claimed_at, d.reminds,
                               c.name, contact_values(c)::text as values
                        from delivery d join occurrence o on o.id = d.occurrence_id left join contact c on c.id = d.contact_id
                        where d.claimed_by = :worker and d.state = 'SENDING' and d.channel = :channel
                          and d.not_before <= :now
                        order by d.id limit :limit
                        """)
                .param("channel", channel.code())
                .param("worker", worker)
                .param("now", now())
                .param("limit", limit)
                .query(this::claimed)
                .list();
    }

    /** A claim whose end is in doubt, and whose it was. */
    record Doubtful(Claimed claimed, UUID worker) {}

    /**
     * What has been in doubt for between so long and so long and its provider may be asked about by now. None while the
     * provider is known to be away.
     */
    List<Doubtful> inDoubt(Channel channel, Duration shortest, Duration longest, int limit) {
        var now = clock.instant();
        return jdbc.sql("""
                        select d.id, d.token, d.occurrence_id, d.contact_id, d.address, d.outlet, d.attempts, d.claimed_at, d.reminds,
                               d.claimed_by, c.name, contact_values(c)::text as values
                        from delivery d left join contact c on c.id = d.contact_id
                        where d.channel = :channel and d.state = 'IN_DOUBT' and d.changed_at between :from and :until
                          and d.not_before <= :now and d.claimed_by is not null
                          and not exists (select from channel_state s where s.channel = d.channel and s.paused_by = 'SYSTEM'
                                          -- who takes no more messages for now still answers
                                          and s.reason_code <> 'QUOTA_SPENT')
                        order by d.not_before, d.id limit :limit
                        """)
                .param("channel", channel.code())
                .param("from", utc(now.minus(longest)))
                .param("until", utc(now.minus(shortest)))
                .param("now", utc(now))
                .param("limit", limit)
                .query((row, number) -> new Doubtful(claimed(row, number), row.getObject("claimed_by", UUID.class)))
                .list();
    }

    /** Lets as much time again pass before the next question about a delivery as has passed since its state changed. */
    void askLater(long id) {
        jdbc.sql("""
                        update delivery set not_before = :now + greatest(:now - changed_at, interval '1 second')
                        where id = :id and state in ('SENDING', 'IN_DOUBT')
                        """).param("id", id).param("now", now()).update();
    }

    /** A delivery to a person that was sent, with what it takes to render it once more. */
    Optional<Claimed> sent(long id) {
        return jdbc.sql("""
                        select d.id, d.token, d.occurrence_id, d.contact_id, d.address, d.outlet, d.attempts, d.reminds,
                               coalesce(d.claimed_at, d.changed_at) as claimed_at, c.name, contact_values(c)::text as values
                        from delivery d join contact c on c.id = d.contact_id
                        where d.id = :id
                        """).param("id", id).query(this::claimed).optional();
    }

    private Claimed claimed(ResultSet row, int number) throws SQLException {
        var values = row.getString("values");
        return new Claimed(
                row.getLong("id"),
                row.getObject("token", UUID.class),
                row.getLong("occurrence_id"),
                row.getString("address"),
                row.getString("outlet"),
                row.getString("name"),
                values == null ? Map.of() : json.readValue(values, VALUES),
                row.getInt("attempts"),
                row.getObject("claimed_at", OffsetDateTime.class).toInstant(),
                row.getObject("reminds") != null);
    }

    /** A verdict on a claim of a worker. */
    record Judged(Claimed claimed, Verdict verdict) {}

    /**
     * Writes what came of claims. A verdict whose claim is no longer the latest one, or whose delivery a callback has
     * moved further, changes nothing: states only go forward.
     *
     * @return how many deliveries moved
     */
    int record(UUID worker, List<Judged> judged) {
        return jdbc.sql("""
                        update delivery d
                        set state = v.state, attempts = d.attempts + v.counted,
                            not_before = coalesce(v.not_before, d.not_before),
                            provider_id = coalesce(v.provider_id, d.provider_id),
                            provider_code = v.provider_code, reason_code = v.reason_code, detail = v.detail,
                            url = v.url, sha256 = v.sha256, changed_at = :now
                        from unnest(:ids::bigint[], :claims::timestamptz[], :states::text[], :counted::int[],
                                    :notBefores::timestamptz[], :providerIds::text[], :providerCodes::text[],
                                    :reasons::text[], :details::text[], :urls::text[], :hashes::text[])
                             as v (id, claimed_at, state, counted, not_before, provider_id, provider_code, reason_code,
                                   detail, url, sha256)
                        where d.id = v.id and d.claimed_by = :worker and d.claimed_at = v.claimed_at
                          and d.state in ('SENDING', 'IN_DOUBT') and d.state <> v.state
                        """)
                .param("worker", worker)
                .param("now", now())
                .param("ids", judged.stream().map(j -> j.claimed().id()).toArray(Long[]::new))
                .param("claims", texts(judged, j -> j.claimed().at()))
                .param("states", texts(judged, j -> j.verdict().state()))
                .param(
                        "counted",
                        judged.stream().map(j -> j.verdict().counted() ? 1 : 0).toArray(Integer[]::new))
                .param("notBefores", texts(judged, j -> j.verdict().notBefore()))
                .param("providerIds", texts(judged, j -> j.verdict().providerId()))
                .param("providerCodes", texts(judged, j -> j.verdict().providerCode()))
                .param("reasons", texts(judged, j -> j.verdict().reasonCode()))
                .param("details", texts(judged, j -> j.verdict().detail()))
                .param("urls", texts(judged, j -> j.verdict().url()))
                .param("hashes", texts(judged, j -> j.verdict().sha256()))
                .update();
    }

    private static @Nullable String[] texts(
            List<Judged> judged, java.util.function.Function<Judged, @Nullable Object> part) {
        var texts = new @Nullable String[judged.size()];
        for (var i = 0; i < texts.length; i++) {
            var value = part.apply(judged.get(i));
            texts[i] = value == null ? null : value.toString();
        }
        return texts;
    }

    /** Takes back from the broker what is queued on a channel that stopped. Messages still there find nothing to claim. */
    int recall(Channel channel) {
        return recall("true", channel, Map.of());
    }

    /** Takes back what is queued of an occurrence that a person paused. */
    int recall(long occurrence) {
        return recall("d.occurrence_id = :occurrence", null, Map.of("occurrence", occurrence));
    }

    /** Takes back what contact hours no longer allow on a channel. */
    int recallOutsideContactHours(Channel channel) {
        return !exists("select 1 from occurrence where state = 'RUNNING' and contact_hours_override is null")
                ? 0
                : recall("o.contact_hours_override is null", channel, Map.of());
    }

    /** Takes back what is queued although its occurrence or its channel has stopped: what a pause did not see. */
    int recallOfPaused() {
        return !exists("""
                        select 1 from occurrence where state = 'PAUSED'
                        union all
                        select 1 from channel_state s
                        where s.paused_by is not null
                          and exists (select from delivery where channel = s.channel and state = 'QUEUED')
                        """) ? 0 : recall("(o.state = 'PAUSED' or locked.paused)", null, Map.of());
    }

    /** Whether there is anything to take back at all; cheaper than to look at everything that is QUEUED. */
    private boolean exists(String query) {
        return jdbc.sql("select exists (" + query + ")").query(Boolean.class).single();
    }

    /**
     * What comes back was not sent, so it is given back to the channel's rate as well, and to the day that it was of. As in
     * {@link #end}, nobody is waited for: what is being claimed at this moment is sent, or taken back by the next round.
     */
    private int recall(String which, @Nullable Channel channel, Map<String, Object> params) {
        return jdbc.sql("""
                        -- first the channel and then its deliveries, as whoever stops a channel does: else each may wait for the other
                        with locked as materialized (
                            select channel, paused_by is not null as paused
                            from channel_state where :channel::text is null or channel = :channel
                            order by channel for update
                        ),
                        queued as (
                            -- since when it was QUEUED; queued_at is later where the broker got it again
                            select d.id, d.changed_at as since
                            from locked join delivery d on d.channel = locked.channel join occurrence o on o.id = d.occurrence_id
                            where d.state = 'QUEUED' and %s
                            for update of d skip locked
                        ),
                        recalled as (
                            update delivery d set state = 'PENDING', changed_at = :now
                            from queued where d.id = queued.id
                            returning d.channel, queued.since
                        ),
                        given_back as (
                            update channel_state s
                            set tokens = s.tokens + r.all_days, sent_today = greatest(0, s.sent_today - r.today)
                            from (select channel, count(*)::int as all_days,
                                         count(*) filter (where since >= day_since)::int as today
                                  from recalled join channel_state using (channel) group by channel) r
                            where s.channel = r.channel
                        )
                        select count(*) from recalled
                        """.formatted(which))
                .params(params)
                .param("channel", channel == null ? null : channel.code())
                .param("now", now())
                .query(Integer.class)
                .single();
    }

    /** Cancels what a cancelled occurrence still holds: a retry, a fan-out that had not ended, or what was locked meanwhile. */
    int cancelOfCancelled() {
        return end(DeliveryState.CANCELLED, "CANCELLED_BY_PERSON", "o.state = 'CANCELLED'", Map.of());
    }

    /** Cancels whatever of an occurrence has not been claimed. */
    int cancel(long occurrence, String reasonCode) {
        return end(
                DeliveryState.CANCELLED, reasonCode, "d.occurrence_id = :occurrence", Map.of("occurrence", occurrence));
    }

    /**
     * Cancels whatever is still to be sent to a person on a channel, in all occurrences. Unlike the others this waits for what
     * is being written, since nobody looks for the rest; one person has few.
     */
    int cancelFor(long contact, Channel channel, String reasonCode) {
        return end(
                DeliveryState.CANCELLED,
                reasonCode,
                "d.contact_id = :contact and d.channel = :channel",
                Map.of("contact", contact, "channel", channel.code()),
                "order by d.id for update of d");
    }

    /** Lets expire what was not claimed before its occurrence became useless. */
    int expire() {
        return end(
                DeliveryState.EXPIRED,
                "USELESS_NOW",
                "o.state in ('RUNNING', 'PAUSED') and o.expires_at <= :now",
                Map.of());
    }

    /**
     * Ends what waits. Waits for nobody itself: who takes many deliveries, one after the other, and waits for those that
     * somebody else is taking may be waited for by them, and the database gives up one of the two. What is passed over is
     * ended by the next round.
     */
    private int end(DeliveryState state, String reasonCode, String which, Map<String, Object> params) {
        return end(state, reasonCode, which, params, "for update of d skip locked");
    }

    private int end(DeliveryState state, String reasonCode, String which, Map<String, Object> params, String lock) {
        return jdbc.sql("""
                        with waiting as (
                            select d.id from delivery d join occurrence o on o.id = d.occurrence_id
                            where d.state in ('PENDING', 'QUEUED') and %s
                            %s
                        )
                        update delivery d set state = :state, reason_code = :reason, changed_at = :now
                        from waiting where d.id = waiting.id
                        """.formatted(which, lock))
                .params(params)
                .param("state", state.name())
                .param("reason", reasonCode)
                .param("now", now())
                .update();
    }

    /** Occurrences that count as finished although something of them is waiting again. */
    List<Long> finishedTooEarly() {
        return jdbc.sql("""
                        select o.id from occurrence o
                        where o.state = 'FINISHED'
                          and exists (select from delivery d
                                      where d.occurrence_id = o.id and d.state in ('PENDING', 'QUEUED'))
                        """).query(Long.class).list();
    }

    /**
     * Gives back what this worker claimed without ever learning of it, because the database's answer was lost.
     *
     * @param known what it knows to be under way
     */
    int releaseUnknown(Channel channel, UUID worker, Collection<Long> known, Duration longerThan) {
        return jdbc.sql("""
                        update delivery set state = 'PENDING', not_before = :now, changed_at = :now
                        where claimed_by = :worker and state = 'SENDING' and channel = :channel
                          and claimed_at < :before and id <> all(:known)
                        """)
                .param("worker", worker)
                .param("channel", channel.code())
                .param("known", known.toArray(Long[]::new))
                .param("now", now())
                .param("before", utc(clock.instant().minus(longerThan)))
                .update();
    }

    /**
     * Settles a doubt by a person's word.
     *
     * @return the delivery's occurrence, if the delivery was in doubt
     */
    Optional<Long> settle(long id, DeliveryState state, String reasonCode) {
        return jdbc.sql("""
                        update delivery set state = :state, reason_code = :reason, not_before = :now, changed_at = :now
                        where id = :id and state = 'IN_DOUBT'
                        returning occurrence_id
                        """)
                .param("state", state.name())
                .param("reason", reasonCode)
                .param("now", now())
                .param("id", id)
                .query(Long.class)
                .optional();
    }

    /**
     * Settles all doubts of an occurrence that share a channel and a reason by a person's word.
     *
     * @return how many there were
     */
    int settleAll(long occurrence, String channel, String cause, DeliveryState state, String reasonCode) {
        return jdbc.sql("""
                        update delivery set state = :state, reason_code = :reason, not_before = :now, changed_at = :now
                        where occurrence_id = :occurrence and channel = :channel and state = 'IN_DOUBT' and reason_code = :cause
                        """)
                .param("state", state.name())
                .param("reason", reasonCode)
                .param("now", now())
                .param("occurrence", occurrence)
                .param("channel", channel)
                .param("cause", cause)
                .update();
    }

    /** Adds up the differences of which counts are made, so that there are never many. May be repeated and interrupted. */
    void addUpCounts() {
        jdbc.sql("""
                        with young as (
                            delete from delivery_count
                            where at > '-infinity' and at < clock_timestamp() - interval '1 minute' returning *
                        ),
                        old as (
                            delete from delivery_count c using (select distinct occurrence_id from young) y
                            where c.occurrence_id = y.occurrence_id and c.at = '-infinity' returning c.*
                        ),
                        -- in the order in which a recall takes them
                        locked as materialized (select channel from channel_state order by channel for update),
                        taken as (
                            update channel_state s set last_success_at = greatest(s.last_success_at, y.at)
                            from locked, (select channel, max(at) as at from young
                                  where state in ('ACCEPTED', 'DELIVERED', 'READ') and deliveries > 0 group by channel) y
                            where s.channel = y.channel and s.channel = locked.channel
                        )
                        insert into delivery_count
                        select occurrence_id, channel, personal, state, reason_code, sum(deliveries), '-infinity'
                        from (select * from young union all select * from old) all_of_it
                        group by occurrence_id, channel, personal, state, reason_code having sum(deliveries) <> 0
                        """).update();
    }

    private OffsetDateTime now() {
        return utc(clock.instant());
    }
}
