package org.pregonero.dispatcher.message;

import java.security.MessageDigest;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.account.AuditTrail;
import org.pregonero.dispatcher.audience.AudienceChanged;
import org.pregonero.dispatcher.institution.InstitutionChanged;
import org.pregonero.dispatcher.plan.PlanEventChanged;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Whether what was approved is still what would be sent. Where it no longer is, the approval is voided at that moment, so
 * that somebody sees it before the time comes.
 */
@Service
class Approvals {

    private final Messages messages;
    private final Occurrences occurrences;
    private final ApprovalHash hash;
    private final SettingSnapshots settings;
    private final AuditTrail audit;

    Approvals(
            Messages messages,
            Occurrences occurrences,
            ApprovalHash hash,
            SettingSnapshots settings,
            AuditTrail audit) {
        this.messages = messages;
        this.occurrences = occurrences;
        this.hash = hash;
        this.settings = settings;
        this.audit = audit;
    }

    boolean holds(Occurrence occurrence) {
        var now = settings.current(messages.version(occurrence.versionId()));
        return occurrences
                .approvedHash(occurrence.id())
                .map(approved -> MessageDigest.isEqual(approved, hash.of(occurrence, now)))
                .orElse(false);
    }

    @EventListener
    @Transactional
    public void look(AudienceChanged change) {
        voidChanged("AUDIENCE_CHANGED");
    }

    @EventListener
    @Transactional
    public void look(PlanEventChanged change) {
        voidChanged("EVENT_CHANGED");
    }

    @EventListener
    @Transactional
    public void look(InstitutionChanged change) {
        voidChanged("INSTITUTION_CHANGED");
    }

    /** @param because code of the reason */
    private void voidChanged(String because) {
        for (var occurrence : occurrences.approved()) {
            if (!holds(occurrence) && occurrences.disapprove(occurrence.id(), because)) {
                audit.record(
                        Actor.SYSTEM,
                        "approval.voided",
                        "occurrence/" + occurrence.id(),
                        occurrence,
                        occurrences.find(occurrence.id()).orElseThrow());
            }
        }
    }
}
