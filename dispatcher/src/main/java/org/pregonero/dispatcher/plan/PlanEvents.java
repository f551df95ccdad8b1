package org.pregonero.dispatcher.plan;

import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Supplier;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.account.AuditTrail;
import org.pregonero.dispatcher.account.ChangedMeanwhileException;
import org.pregonero.dispatcher.institution.Institutions;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** The events of plans. */
@Service
public class PlanEvents {

    private final EventRepository events;
    private final JdbcClient jdbc;
    private final AuditTrail audit;
    private final ApplicationEventPublisher publisher;
    private final TransactionOperations transaction;
    private final Supplier<ZoneId> zone;

    @Autowired
    PlanEvents(
            EventRepository events,
            JdbcClient jdbc,
            AuditTrail audit,
            ApplicationEventPublisher publisher,
            TransactionOperations transaction,
            Institutions institutions) {
        this(events, jdbc, audit, publisher, transaction, institutions::zone);
    }

    PlanEvents(
            EventRepository events,
            JdbcClient jdbc,
            AuditTrail audit,
            ApplicationEventPublisher publisher,
            TransactionOperations transaction,
            Supplier<ZoneId> zone) {
        this.events = events;
        this.jdbc = jdbc;
        this.audit = audit;
        this.publisher = publisher;
        this.transaction = transaction;
        this.zone = zone;
    }

    /** In which the times of new events are meant: the institution's. An event keeps the zone that it was made in. */
    public ZoneId zone() {
        return zone.get();
    }

    public Optional<PlanEvent> find(long id) {
        return events.find(id);
    }

    /**
     * Adds an event to a plan.
     *
     * @return nothing if there is no such plan
     */
    public Optional<PlanEvent> add(long plan, EventDraft event, Actor actor) {
        return transaction.execute(status -> {
            Optional<PlanEvent> added = events.add(plan, event, zone().getId());
            added.ifPresent(one -> audit.record(actor, "event.add", "event/" + one.id(), null, one));
            return added;
        });
    }

    /**
     * Changes an event and tells what depends on it: {@link PlanEventMoved} where it begins at another time, and
     * {@link PlanEventChanged}. What changes nothing does nothing.
     *
     * @throws org.pregonero.dispatcher.account.ChangedMeanwhileException if the event is no longer at that version
     */
    public void change(PlanEvent before, int version, EventDraft event, Actor actor) {
        if (event.equals(
                new EventDraft(before.name(), before.starts(), before.ends(), before.place(), before.link()))) {
            return;
        }
        transaction.executeWithoutResult(status -> {
            if (!events.change(before.id(), version, event, actor.displayName())) {
                throw ChangedMeanwhileException.of(jdbc, "plan_event", "changed_at", before.id());
            }
            audit.record(
                    actor,
                    "event.change",
                    "event/" + before.id(),
                    before,
                    events.find(before.id()).orElse(null));
            if (!before.starts().equals(event.starts())) {
                publisher.publishEvent(new PlanEventMoved(before.id(), before.starts(), event.starts()));
            }
            publisher.publishEvent(new PlanEventChanged(before.id()));
        });
    }

    /**
     * Deletes an event.
     *
     * @return whether it is gone; not while a message invites to it
     */
    public boolean remove(PlanEvent event, Actor actor) {
        try {
            transaction.executeWithoutResult(status -> {
                events.remove(event.id());
                audit.record(actor, "event.remove", "event/" + event.id(), event, null);
            });
            return true;
        } catch (DataIntegrityViolationException used) {
            return false;
        }
    }
}
