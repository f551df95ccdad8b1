package org.pregonero.dispatcher.delivery;

import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.account.AuditTrail;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Lets a person decide about a delivery whose end is unknown. */
@Service
public class Settlement {

    private final Deliveries deliveries;
    private final AuditTrail audit;

    Settlement(Deliveries deliveries, AuditTrail audit) {
        this.deliveries = deliveries;
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
        if (!deliveries.settle(delivery, state, "SETTLED_BY_PERSON")) {
            return false;
        }
        audit.record(actor, "delivery.settled", "delivery/" + delivery, DeliveryState.IN_DOUBT, finding);
        return true;
    }
}
