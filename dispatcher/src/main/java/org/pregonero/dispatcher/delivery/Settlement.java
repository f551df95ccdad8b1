package org.pregonero.dispatcher.delivery;

import java.util.EnumSet;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.account.AuditTrail;
import org.pregonero.dispatcher.message.OccurrenceState;
import org.pregonero.dispatcher.message.Occurrences;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Lets a person decide about a delivery whose end is unknown. */
@Service
public class Settlement {

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
        SENT,
        /** It did not: goes out again. */
        NOT_SENT,
        /** Cannot be found out, and shall not go out again. */
        GIVE_UP
    }

    /** @return whether the delivery was in doubt */
    @Transactional
    public boolean settle(long delivery, Finding finding, Actor actor) {
        var state =
                switch (finding) {
                    case SENT -> DeliveryState.ACCEPTED;
                    case NOT_SENT -> DeliveryState.PENDING;
                    case GIVE_UP -> DeliveryState.UNDELIVERED;
                };
        var occurrence = deliveries.settle(delivery, state, "SETTLED_BY_PERSON");
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
}
