package org.pregonero.dispatcher.inbound;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pregonero.channels.ProviderEvent;
import org.pregonero.channels.ProviderEvent.Complained;
import org.pregonero.channels.ProviderEvent.MessageReceived;
import org.pregonero.channels.ProviderEvent.StatusReported;
import org.pregonero.channels.Reason;
import org.pregonero.channels.email.BounceMailbox;
import org.pregonero.dispatcher.audience.Suppressions;
import org.pregonero.dispatcher.delivery.ReportedStatuses;
import org.pregonero.dispatcher.delivery.ReportedStatuses.Failure;
import org.pregonero.dispatcher.delivery.ReportedStatuses.Report;
import org.pregonero.dispatcher.inbound.Inbox.Kind;
import org.pregonero.dispatcher.inbound.Inbox.Stored;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Works off the inbox: statuses by the hundred, everything else one by one. */
@Service
class InboxWork {

    private static final Logger log = LoggerFactory.getLogger(InboxWork.class);

    private static final int BATCH = 500;
    private static final String UNKNOWN_DELIVERY = "UNKNOWN_DELIVERY";

    private static final Set<Reason.Code> NOBODY_THERE =
            EnumSet.of(Reason.Code.UNKNOWN_RECIPIENT, Reason.Code.INVALID_ADDRESS);

    private final Inbox inbox;
    private final ReportedStatuses statuses;
    private final Suppressions suppressions;
    private final OptOuts optOuts;
    private final Replies replies;
    private final TransactionOperations transaction;

    InboxWork(
            Inbox inbox,
            ReportedStatuses statuses,
            Suppressions suppressions,
            OptOuts optOuts,
            Replies replies,
            TransactionOperations transaction) {
        this.inbox = inbox;
        this.statuses = statuses;
        this.suppressions = suppressions;
        this.optOuts = optOuts;
        this.replies = replies;
        this.transaction = transaction;
    }

    /**
     * Works off a part of what waits.
     *
     * @return whether there may be more that can be done at once
     */
    boolean work() {
        inbox.waiting(EnumSet.of(Kind.MESSAGE, Kind.COMPLAINT), BATCH).forEach(this::handle);
        try {
            return Boolean.TRUE.equals(transaction.execute(status -> {
                var batch = inbox.statuses(BATCH);
                return apply(batch) && batch.size() == BATCH;
            }));
        } catch (RuntimeException e) {
            log.warn(
                    "A batch of the inbox fails and is taken one by one: {}",
                    e.getClass().getName());
            inbox.waiting(EnumSet.of(Kind.STATUS), BATCH).forEach(this::handle);
            return false;
        }
    }

    /**
     * Works off one event. If that fails, the event waits for another attempt.
     *
     * @return what the person who wrote shall read, or null
     */
    @Nullable
    String handle(long id) {
        try {
            inbox.take(id).ifPresent(stored -> {
                if (stored.event() instanceof MessageReceived message) {
                    replies.heed(message);
                }
            });
            var answer = transaction.execute(status -> {
                return inbox.take(id).map(this::handle);
            });
            return answer == null ? null : answer.orElse(null);
        } catch (RuntimeException e) {
            var problem = e.getClass().getSimpleName();
            log.warn("Event {} of the inbox cannot be processed and is tried again: {}", id, problem);
            inbox.postpone(List.of(id), problem);
            return null;
        }
    }

    private @Nullable String handle(Stored<ProviderEvent> stored) {
        var id = stored.id();
        var event = stored.event();
        if (event instanceof StatusReported status) {
            apply(List.of(new Stored<>(id, stored.provider(), status)));
            return null;
        }
        if (event instanceof Complained complaint) {
            var delivery = optOuts.find(complaint.token());
            if (delivery.isEmpty()) {
                inbox.postpone(List.of(id), UNKNOWN_DELIVERY);
                return null;
            }
            optOuts.complained(delivery.get(), evidence(id));
            inbox.processed(List.of(id));
            return null;
        }
        var answer = replies.take((MessageReceived) event, evidence(id));
        inbox.processed(List.of(id));
        return answer;
    }

    private static String evidence(long id) {
        return "inbox/" + id;
    }

    /** @return whether any of it could be done */
    private boolean apply(List<Stored<StatusReported>> events) {
        if (events.isEmpty()) {
            return false;
        }
        var applied = statuses.apply(events.stream()
                .map(stored -> new Report(
                        stored.id(),
                        stored.provider().equals(BounceMailbox.PROVIDER),
                        stored.event().token(),
                        stored.event().providerId(),
                        stored.event().status(),
                        stored.event().reason()))
                .toList());
        applied.failures().stream()
                .filter(failure -> NOBODY_THERE.contains(failure.code()))
                .collect(Collectors.groupingBy(
                        Failure::channel, Collectors.mapping(Failure::address, Collectors.toList())))
                .forEach((channel, addresses) ->
                        suppressions.add(addresses, channel.code(), Suppressions.Reason.BOUNCED));
        if (!applied.unknown().isEmpty()) {
            inbox.postpone(applied.unknown(), UNKNOWN_DELIVERY);
        }
        if (!applied.busy().isEmpty()) {
            inbox.retrySoon(applied.busy());
        }
        var done = events.stream()
                .map(Stored::id)
                .filter(id -> !applied.unknown().contains(id) && !applied.busy().contains(id))
                .toList();
        if (!done.isEmpty()) {
            inbox.processed(done);
        }
        return !done.isEmpty();
    }
}
