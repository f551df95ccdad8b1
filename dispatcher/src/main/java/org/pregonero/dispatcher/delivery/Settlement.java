package org.pregonero.dispatcher.delivery;

import java.util.EnumSet;
import java.util.Map;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.account.AuditTrail;
import org.pregonero.dispatcher.message.OccurrenceState;
import org.pregonero.dispatcher.message.Occurrences;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Lets a person decide about a delivery whose end is unknown. */
@Service
public class Settlement {

    private static final String BY_PERSON = "SETTLED_BY_PERSON";

    private final Deliveries deliveries;
    private final Occurrences occurrences;
    private final AuditTrail audit;

    Settlement(Deliveries deliveries, Occurrences occurrences, AuditTrail audit) {
        this.deliveries = deliveries;
        this.occurrences = occurrences;
        this.audit = audit;
    }

    /** What the person found out. */
    public enum Finding {
        /** It reached the provider: counts as accepted. */
        SENT(DeliveryState.ACCEPTED),
        /** It did not: goes out again. */
        NOT_SENT(DeliveryState.PENDING),
        /** Cannot be found out, and shall not go out again. */
        GIVE_UP(DeliveryState.UNDELIVERED);

        private final DeliveryState state;

        Finding(DeliveryState state) {
            this.state = state;
        }
    }

    /** @return whether the delivery was in doubt */
    @Transactional
    public boolean settle(long delivery, Finding finding, Actor actor) {
        var occurrence = deliveries.settle(delivery, finding.state, BY_PERSON);
        if (occurrence.isEmpty()) {
            return false;
        }
        if (finding == Finding.NOT_SENT) {
            // It may have been through already; now there is something to send again.
            occurrences.move(occurrence.get(), EnumSet.of(OccurrenceState.FINISHED), OccurrenceState.RUNNING);
        }
        audit.record(actor, "delivery.settled", "delivery/" + delivery, DeliveryState.IN_DOUBT, finding);
        return true;
    }

    /**
     * The same for all deliveries in doubt of an occurrence that share a channel and a reason.
     *
     * @return how many there were
     */
    @Transactional
    public int settleAll(long occurrence, String channel, String reason, Finding finding, Actor actor) {
        var settled = deliveries.settleAll(occurrence, channel, reason, finding.state, BY_PERSON);
        if (settled > 0) {
            if (finding == Finding.NOT_SENT) {
                occurrences.move(occurrence, EnumSet.of(OccurrenceState.FINISHED), OccurrenceState.RUNNING);
            }
            audit.record(
                    actor,
                    "deliveries.settled",
                    "occurrence/" + occurrence,
                    Map.of("state", DeliveryState.IN_DOUBT, "channel", channel, "reason", reason),
                    Map.of("finding", finding, "deliveries", settled));
        }
        return settled;
    }
}
