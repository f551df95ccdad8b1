package org.pregonero.dispatcher.delivery;

import static org.pregonero.dispatcher.message.OccurrenceState.AWAITING_APPROVAL;
import static org.pregonero.dispatcher.message.OccurrenceState.CANCELLED;
import static org.pregonero.dispatcher.message.OccurrenceState.HELD;
import static org.pregonero.dispatcher.message.OccurrenceState.PAUSED;
import static org.pregonero.dispatcher.message.OccurrenceState.RETURNED;
import static org.pregonero.dispatcher.message.OccurrenceState.RUNNING;
import static org.pregonero.dispatcher.message.OccurrenceState.SCHEDULED;

import java.util.EnumSet;
import java.util.Set;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.account.AuditTrail;
import org.pregonero.dispatcher.message.OccurrenceState;
import org.pregonero.dispatcher.message.Occurrences;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Pause, resume and cancel. They take effect at once for everything that no worker has claimed. */
@Service
public class OccurrenceControl {

    private final Occurrences occurrences;
    private final Deliveries deliveries;
    private final AuditTrail audit;

    OccurrenceControl(Occurrences occurrences, Deliveries deliveries, AuditTrail audit) {
        this.occurrences = occurrences;
        this.deliveries = deliveries;
        this.audit = audit;
    }

    /** @return whether it was running */
    @Transactional
    public boolean pause(long id, Actor actor) {
        if (!move(id, EnumSet.of(RUNNING), PAUSED, "occurrence.paused", actor)) {
            return false;
        }
        deliveries.recall(id);
        return true;
    }

    /** @return whether it was paused */
    @Transactional
    public boolean resume(long id, Actor actor) {
        return move(id, EnumSet.of(PAUSED), RUNNING, "occurrence.resumed", actor);
    }

    /** @return whether there was still something to cancel */
    @Transactional
    public boolean cancel(long id, Actor actor) {
        var open = EnumSet.of(AWAITING_APPROVAL, RETURNED, SCHEDULED, HELD, RUNNING, PAUSED);
        if (!move(id, open, CANCELLED, "occurrence.cancelled", actor)) {
            return false;
        }
        deliveries.cancel(id, "CANCELLED_BY_PERSON");
        return true;
    }

    private boolean move(long id, Set<OccurrenceState> from, OccurrenceState to, String action, Actor actor) {
        var before = occurrences.find(id);
        if (!occurrences.move(id, from, to)) {
            return false;
        }
        audit.record(
                actor,
                action,
                "occurrence/" + id,
                before.orElse(null),
                occurrences.find(id).orElse(null));
        return true;
    }
}
