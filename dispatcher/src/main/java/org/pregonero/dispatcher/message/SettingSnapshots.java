package org.pregonero.dispatcher.message;

import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.institution.Institutions;
import org.pregonero.dispatcher.plan.PlanEvents;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** Takes snapshots of who speaks and about what, and reads those that approvals keep. */
@Component
public class SettingSnapshots {

    private final Institutions institutions;
    private final PlanEvents events;
    private final Occurrences occurrences;
    private final ObjectMapper json;

    SettingSnapshots(Institutions institutions, PlanEvents events, Occurrences occurrences, ObjectMapper json) {
        this.institutions = institutions;
        this.events = events;
        this.occurrences = occurrences;
        this.json = json;
    }

    /** As it would be sent now. */
    SettingSnapshot current(MessageVersion version) {
        return current(version.eventId());
    }

    /** The same for a message about the event of this number, or about none. */
    SettingSnapshot current(@Nullable Long event) {
        return new SettingSnapshot(
                institutions.current().identity(),
                event == null ? null : events.find(event).orElse(null));
    }

    /**
     * As it was approved.
     *
     * @throws IllegalStateException when the occurrence has never been approved
     */
    SettingSnapshot approved(long occurrence) {
        return occurrences
                .approvedSetting(occurrence)
                .map(text -> json.readValue(text, SettingSnapshot.class))
                .orElseThrow(() -> new IllegalStateException("Occurrence " + occurrence + " was never approved"));
    }

    /** As it was approved where it has begun, else as it would be sent now. */
    public SettingSnapshot of(Occurrence occurrence, MessageVersion version) {
        return occurrence.startedAt() == null ? current(version) : approved(occurrence.id());
    }

    String write(SettingSnapshot snapshot) {
        return json.writeValueAsString(snapshot);
    }
}
