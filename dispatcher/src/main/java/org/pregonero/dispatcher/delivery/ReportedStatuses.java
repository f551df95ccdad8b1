package org.pregonero.dispatcher.delivery;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pregonero.channels.Channel;
import org.pregonero.channels.ProviderEvent.Status;
import org.pregonero.channels.Reason;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Brings deliveries to where their providers say that they are. Reports arrive late, twice and in any order; what is
 * reported only moves a delivery along {@code delivery_next}, so that every order ends in the same state.
 */
@Repository
public class ReportedStatuses {

    /** Confirmed by the device outweighs given up, and given up outweighs taken. */
    private static final Map<Status, Integer> WEIGHT =
            new EnumMap<>(Map.of(Status.ACCEPTED, 0, Status.UNDELIVERED, 1, Status.DELIVERED, 2, Status.READ, 3));

    private final JdbcClient jdbc;
    private final Clock clock;

    ReportedStatuses(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * A provider's report.
     *
     * @param event what it is called here, to be named in the answer
     * @param byMail whether it came as a mail, which anybody can write: it tells of people's mails and of nothing else, and
     *     other reports tell of anything but mails
     * @param token of the delivery, or null
     * @param providerId looked for when no delivery has the token
     */
    public record Report(
            long event,
            boolean byMail,
            @Nullable UUID token,
            @Nullable String providerId,
            Status status,
            @Nullable Reason reason) {}

    /** An address to which, by its provider's report, a delivery could not be brought. */
    public record Failure(Channel channel, String address, Reason.Code code) {}

    /**
     * What became of reports.
     *
     * @param unknown events that name no delivery of ours
     * @param busy events whose delivery somebody else is writing; to be brought again
     * @param failures deliveries that are UNDELIVERED since now
     */
    public record Applied(Set<Long> unknown, Set<Long> busy, List<Failure> failures) {}

    /** Takes no part in a delivery that is being written by somebody else: nobody waits for anybody here. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Applied apply(Collection<Report> reports) {
        var deliveries = deliveries(reports);
        var free = lock(deliveries.values());
        var furthest = new HashMap<Long, Report>();
        var outdated = ofEarlierAttempts(reports, deliveries);
        var unknown = new HashSet<Long>();
        var busy = new HashSet<Long>();
        for (var report : reports) {
            var delivery = deliveries.get(report.event());
            if (delivery == null) {
                unknown.add(report.event());
            } else if (!free.contains(delivery)) {
                busy.add(report.event());
            } else if (!outdated.contains(report.event())) {
                furthest.merge(delivery, report, ReportedStatuses::weightier);
            }
        }
        return new Applied(unknown, busy, furthest.isEmpty() ? List.of() : move(furthest));
    }

    private static Report weightier(Report one, Report other) {
        return WEIGHT.getOrDefault(other.status(), 0) > WEIGHT.getOrDefault(one.status(), 0) ? other : one;
    }

    /** The deliveries by event. */
    private Map<Long, Long> deliveries(Collection<Report> reports) {
        var found = new HashMap<Long, Long>();
        jdbc.sql("""
                        with reported as (
                            select * from unnest(:events::bigint[], :byMail::boolean[], :tokens::uuid[], :ids::text[])
                                          as r (event, by_mail, token, provider_id)
                        ),
                        by_token as (
                            select r.event, d.id
                            from reported r
                            join delivery d on d.token = r.token and d.contact_id is not null
                                           and r.by_mail = (d.channel in ('EMAIL', 'INTERNAL'))
                        )
                        select event, id from by_token
                        union all
                        select r.event, d.id
                        from reported r join delivery d on d.provider_id = r.provider_id and d.channel not in ('EMAIL', 'INTERNAL')
                        where not r.by_mail and r.event not in (select event from by_token)
                        """)
                .param("events", reports.stream().map(Report::event).toArray(Long[]::new))
                .param("byMail", reports.stream().map(Report::byMail).toArray(Boolean[]::new))
                .param("tokens", reports.stream().map(Report::token).toArray(UUID[]::new))
                .param("ids", reports.stream().map(Report::providerId).toArray(String[]::new))
                .query(row -> {
                    found.put(row.getLong("event"), row.getLong("id"));
                });
        return found;
    }

    private Set<Long> lock(Collection<Long> deliveries) {
        return new HashSet<>(
                jdbc.sql("select id from delivery where id = any(:ids) order by id for no key update skip locked")
                        .param("ids", deliveries.stream().distinct().toArray(Long[]::new))
                        .query(Long.class)
                        .list());
    }

    /**
     * Events that tell how far an attempt came which a person has had tried again since: they tell nothing of the new one,
     * unless that the message arrived after all. A statement of its own, after the locks, as the next one.
     */
    private Set<Long> ofEarlierAttempts(Collection<Report> reports, Map<Long, Long> deliveries) {
        var questionable = reports.stream()
                .filter(report -> report.status() == Status.ACCEPTED || report.status() == Status.UNDELIVERED)
                .filter(report -> deliveries.containsKey(report.event()))
                .toList();
        return new HashSet<>(jdbc.sql("""
                        select r.event
                        from unnest(:events::bigint[], :deliveries::bigint[], :providerIds::text[])
                                 as r (event, delivery_id, provider_id)
                        join delivery d on d.id = r.delivery_id
                        where d.state in ('PENDING', 'QUEUED') and d.reason_code = 'RETRIED_BY_PERSON'
                           or exists (
                               select from delivery_log before join delivery_log again using (delivery_id)
                               where delivery_id = d.id and before.provider_id = r.provider_id and before.seq < again.seq
                                 and again.to_state = 'PENDING' and again.reason_code = 'RETRIED_BY_PERSON')
                        """)
                .param("events", questionable.stream().map(Report::event).toArray(Long[]::new))
                .param(
                        "deliveries",
                        questionable.stream()
                                .map(report -> deliveries.get(report.event()))
                                .toArray(Long[]::new))
                .param(
                        "providerIds",
                        questionable.stream().map(Report::providerId).toArray(String[]::new))
                .query(Long.class)
                .list());
    }

    /** A statement of its own, after the locks: it must see what was written by those who held them before. */
    private List<Failure> move(Map<Long, Report> furthest) {
        var ids = furthest.keySet().stream().sorted().toList();
        var reports = ids.stream().map(furthest::get).toList();
        var reasons = reports.stream().map(Report::reason).toList();
        return jdbc
                .sql("""
                        update delivery d
                        set state = r.state, reason_code = r.reason_code, provider_code = r.provider_code,
                            detail = r.detail, provider_id = coalesce(d.provider_id, r.provider_id), changed_at = :now
                        from unnest(:ids::bigint[], :states::text[], :reasons::text[], :codes::text[], :details::text[],
                                    :providerIds::text[])
                             as r (id, state, reason_code, provider_code, detail, provider_id)
                        where d.id = r.id
                          and r.state = any (delivery_next(d.state))
                        returning d.channel, d.address, d.state, d.reason_code
                        """)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("ids", ids.toArray(Long[]::new))
                .param("states", reports.stream().map(r -> r.status().name()).toArray(String[]::new))
                .param(
                        "reasons",
                        reasons.stream()
                                .map(r -> r == null ? null : r.code().name())
                                .toArray(String[]::new))
                .param(
                        "codes",
                        reasons.stream()
                                .map(r -> r == null ? null : r.providerCode())
                                .toArray(String[]::new))
                .param(
                        "details",
                        reasons.stream().map(r -> r == null ? null : r.detail()).toArray(String[]::new))
                .param("providerIds", reports.stream().map(Report::providerId).toArray(String[]::new))
                .query(Moved.class)
                .list()
                .stream()
                .flatMap(moved -> moved.failure().stream())
                .toList();
    }

    private record Moved(
            String channel,
            @Nullable String address,
            String state,
            @Nullable String reasonCode) {

        Optional<Failure> failure() {
            return address == null || reasonCode == null || !state.equals(DeliveryState.UNDELIVERED.name())
                    ? Optional.empty()
                    : Optional.of(new Failure(new Channel(channel), address, Reason.Code.valueOf(reasonCode)));
        }
    }
}
