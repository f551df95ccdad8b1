package org.pregonero.dispatcher.message;

import static org.pregonero.dispatcher.message.OccurrenceState.AWAITING_APPROVAL;
import static org.pregonero.dispatcher.message.OccurrenceState.HELD;
import static org.pregonero.dispatcher.message.OccurrenceState.RUNNING;
import static org.pregonero.dispatcher.message.OccurrenceState.SCHEDULED;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.account.AuditTrail;
import org.pregonero.dispatcher.audience.AudienceBook;
import org.pregonero.dispatcher.institution.Institutions;
import org.pregonero.dispatcher.plan.PlanEvent;
import org.pregonero.dispatcher.plan.PlanEventMoved;
import org.pregonero.dispatcher.plan.PlanEvents;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Sets times, takes approvals, and says whether an occurrence whose time has come may begin. */
@Service
public class Scheduling {

    /** The task that fires an occurrence; its instance is the occurrence's id. */
    public static final TaskDescriptor<Void> FIRE = TaskDescriptor.of("fire-occurrence");

    private final Messages messages;
    private final Occurrences occurrences;
    private final MessageCheck check;
    private final ApprovalHash hash;
    private final Approvals approvals;
    private final AudienceBook audiences;
    private final Recipients recipients;
    private final SettingSnapshots settings;
    private final Institutions institutions;
    private final PlanEvents events;
    private final Departures departures;
    private final AuditTrail audit;
    private final SchedulerClient scheduler;
    private final Clock clock;
    private final Duration lateTolerance;

    Scheduling(
            Messages messages,
            Occurrences occurrences,
            MessageCheck check,
            ApprovalHash hash,
            Approvals approvals,
            AudienceBook audiences,
            Recipients recipients,
            SettingSnapshots settings,
            Institutions institutions,
            PlanEvents events,
            Departures departures,
            AuditTrail audit,
            SchedulerClient scheduler,
            Clock clock,
            @Value("${pregonero.schedule.late-tolerance:PT1H}") Duration lateTolerance) {
        this.messages = messages;
        this.occurrences = occurrences;
        this.check = check;
        this.hash = hash;
        this.approvals = approvals;
        this.audiences = audiences;
        this.recipients = recipients;
        this.settings = settings;
        this.institutions = institutions;
        this.events = events;
        this.departures = departures;
        this.audit = audit;
        this.scheduler = scheduler;
        this.clock = clock;
        this.lateTolerance = lateTolerance;
    }

    /**
     * Sets a time for the newest version of a message. It then waits for approval.
     *
     * @throws RefusedException when the text would leave holes, or the times make no sense
     */
    @Transactional
    public Occurrence schedule(long message, OccurrenceRequest request, Actor actor) {
        var version = messages.latest(message).orElseThrow(() -> new NotFoundException("Ese mensaje no existe."));
        refuseHoles(version, Boolean.TRUE.equals(request.skipIncomplete()));
        var time = time(version, request);
        time.check(clock.instant(), lateTolerance);
        refuseUseless(version, time);
        var id = occurrences.create(version.id(), time, actor.id());
        var occurrence = get(id);
        audit.record(actor, "occurrence.created", "occurrence/" + id, null, occurrence);
        return occurrence;
    }

    /**
     * Gives an occurrence that has not begun another time. It then waits for approval; returned with a comment it stays so.
     *
     * @throws RefusedException when it has begun, the text would leave holes, or the times make no sense
     */
    @Transactional
    public Occurrence reschedule(long id, OccurrenceRequest request, Actor actor) {
        var before = get(id);
        var version = messages.version(before.versionId());
        refuseHoles(version, Boolean.TRUE.equals(request.skipIncomplete()));
        var time = time(version, request);
        time.check(clock.instant(), lateTolerance);
        refuseUseless(version, time);
        if (!occurrences.retime(id, time, "RESCHEDULED", actor.id())) {
            throw new RefusedException(Refusal.BEGUN);
        }
        var occurrence = get(id);
        audit.record(actor, "occurrence.rescheduled", "occurrence/" + id, before, occurrence);
        return occurrence;
    }

    /**
     * Lets what follows from an event's time follow it. What was approved about the event is no longer what would be sent, so
     * that all of it needs a new approval.
     */
    @EventListener
    @Transactional
    public void follow(PlanEventMoved move) {
        var event = events.find(move.eventId()).orElseThrow();
        for (var occurrence : occurrences.lockWaitingAbout(move.eventId())) {
            var time = occurrence.time().moved(event);
            var because = time.relative() == null ? "EVENT_MOVED_ALONE" : "EVENT_MOVED";
            if (occurrences.retime(occurrence.id(), time, because, null)) {
                audit.record(
                        Actor.SYSTEM,
                        "occurrence.moved",
                        "occurrence/" + occurrence.id(),
                        occurrence,
                        get(occurrence.id()));
            }
        }
    }

    /**
     * When a version would leave, and until when it would be of use, if that were asked for.
     *
     * @throws RefusedException when its time follows from an event that it does not have
     */
    public OccurrenceTime time(MessageVersion version, OccurrenceRequest request) {
        return OccurrenceTime.of(request, event(version), clock.instant());
    }

    /** Whether the person wrote any version of the occurrence's message, or set its time. */
    public boolean wrote(long id, Actor person) {
        return occurrences.written(id, person.id());
    }

    /** A fingerprint of all that approving the occurrence now would cover. */
    public String fingerprint(Occurrence occurrence) {
        return HexFormat.of()
                .formatHex(hash.of(occurrence, settings.current(messages.version(occurrence.versionId()))));
    }

    /**
     * Approves what an approver has seen.
     *
     * @param seen the {@link #fingerprint} of it
     * @throws RefusedException as {@link #approve}, and when it has changed since
     */
    @Transactional
    public Occurrence approveSeen(long id, String seen, Actor approver) {
        var occurrence = get(id);
        if (!fingerprint(occurrence).equals(seen)) {
            throw new RefusedException(Refusal.CHANGED_WHILE_LOOKED_AT);
        }
        return approve(id, occurrence.versionId(), approver);
    }

    /**
     * Approves exactly what the occurrence would send now, and puts it on the clock.
     *
     * @param seenVersion the version that the approver looked at; null means whatever is current
     * @throws RefusedException when it is not waiting for approval, or the approver wrote it and the institution does
     *     not allow that
     */
    @Transactional
    public Occurrence approve(long id, @Nullable Long seenVersion, Actor approver) {
        var occurrence = get(id);
        if (seenVersion != null && seenVersion != occurrence.versionId()) {
            throw new RefusedException(Refusal.OTHER_VERSION);
        }
        var byAuthor = occurrences.written(id, approver.id());
        if (byAuthor && !institutions.current().selfApproval()) {
            throw new RefusedException(Refusal.OWN_MESSAGE);
        }
        var version = messages.version(occurrence.versionId());
        refuseUseless(version, occurrence.time());
        if (!occurrences.move(id, EnumSet.of(AWAITING_APPROVAL, HELD), SCHEDULED)) {
            throw new RefusedException(Refusal.NOT_AWAITING_APPROVAL);
        }
        var setting = settings.current(version);
        occurrences.approve(id, hash.of(occurrence, setting), settings.write(setting), approver.id(), byAuthor);
        audit.record(approver, "occurrence.approved", "occurrence/" + id, occurrence, get(id));
        fireAt(id, occurrence.dueAt());
        return get(id);
    }

    /** Lets an occurrence go that was held because its time had passed. */
    @Transactional
    public Occurrence release(long id, Actor actor) {
        var occurrence = get(id);
        var version = messages.version(occurrence.versionId());
        findPeople(version);
        if (!HeldBecause.LATE.name().equals(occurrence.heldBecause()) || !approvals.holds(occurrence)) {
            throw new RefusedException(Refusal.NEEDS_APPROVAL);
        }
        refuseUseless(version, occurrence.time());
        if (!occurrences.move(id, EnumSet.of(HELD), RUNNING)) {
            throw new RefusedException(Refusal.NOT_HELD);
        }
        recipients.write(id, version);
        audit.record(actor, "occurrence.released", "occurrence/" + id, occurrence, get(id));
        fireAt(id, clock.instant());
        return get(id);
    }

    /**
     * Begins an occurrence whose time has come, or holds it when a person must look at it first.
     *
     * @return whether its deliveries are to be written; true also for one that began before, so that an interrupted
     *     start is taken up again: paused, its deliveries wait; cancelled, they are cancelled, and the figures add up
     */
    @Transactional
    public boolean begin(long id) {
        var occurrence = get(id);
        if (occurrence.startedAt() != null) {
            return true;
        }
        if (occurrence.state() != SCHEDULED) {
            return false;
        }
        var version = messages.version(occurrence.versionId());
        findPeople(version);
        var now = clock.instant();
        if (!approvals.holds(occurrence)) {
            hold(id, HeldBecause.CHANGED);
            return false;
        }
        if (late(occurrence, now)) {
            hold(id, HeldBecause.LATE);
            return false;
        }
        if (!occurrences.move(id, EnumSet.of(SCHEDULED), RUNNING)) {
            return false;
        }
        recipients.write(id, version);
        return true;
    }

    /**
     * Who meets a saved filter is decided as the message begins. Until that is written down nobody changes the filter: so what was
     * approved is what counts.
     */
    private void findPeople(MessageVersion version) {
        audiences.refresh(version.audienceIds());
    }

    private boolean late(Occurrence occurrence, Instant now) {
        var begunLate = occurrence.dueAt().plus(lateTolerance).isBefore(now);
        var useless = occurrence.expiresAt() != null && !occurrence.expiresAt().isAfter(now);
        return begunLate || useless;
    }

    private void hold(long id, HeldBecause because) {
        occurrences.move(id, EnumSet.of(SCHEDULED), HELD, because.name());
    }

    private void fireAt(long id, Instant time) {
        var instance = FIRE.instance(String.valueOf(id)).scheduledTo(time);
        try {
            if (!scheduler.scheduleIfNotExists(instance)) {
                scheduler.reschedule(instance);
            }
        } catch (TaskInstanceCurrentlyExecutingException beingHeld) {
            // or its process was killed while it was; that shows within a minute
            throw new RefusedException(Refusal.BEING_STARTED);
        }
    }

    private void refuseHoles(MessageVersion version, boolean skipIncomplete) {
        var problems = check.problems(version).stream()
                .filter(problem -> !skipIncomplete || problem.people() == 0)
                .toList();
        if (!problems.isEmpty()) {
            throw new RefusedException(problems, Refusal.HOLES);
        }
    }

    private void refuseUseless(MessageVersion version, OccurrenceTime time) {
        departures.useless(version, time, Refusal.language()).ifPresent(why -> {
            throw new RefusedException(Refusal.USELESS, why);
        });
    }

    private @Nullable PlanEvent event(MessageVersion version) {
        var event = version.eventId();
        return event == null ? null : events.find(event).orElse(null);
    }

    private Occurrence get(long id) {
        return occurrences.find(id).orElseThrow(() -> new NotFoundException("Ese envío no existe."));
    }

    /** Why a person must look at an occurrence before it may leave. */
    public enum HeldBecause {
        /** It is no longer what was approved. */
        CHANGED,
        /** Its time passed while nothing was running, or it has become useless. */
        LATE
    }
}
