package org.pregonero.dispatcher.message;

import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.plan.PlanEvent;
import org.pregonero.templates.Identity;
import org.pregonero.templates.PublicEvent;
import org.pregonero.templates.Setting;

/**
 * Who speaks, and about which event, as they were at one moment. An approval keeps it: what is sent afterwards carries
 * what was approved, whatever is changed meanwhile.
 */
public record SettingSnapshot(Identity identity, @Nullable PlanEvent event) {

    static final Locale LANGUAGE = Locale.forLanguageTag("es-CO");

    /** What of it is seen by whoever is written to: not how often the event was changed. */
    SettingSnapshot shown() {
        return event == null
                ? this
                : new SettingSnapshot(
                        identity,
                        new PlanEvent(
                                event.id(),
                                event.planId(),
                                event.uid(),
                                event.name(),
                                event.starts(),
                                event.ends(),
                                event.zone(),
                                event.place(),
                                event.link(),
                                0));
    }

    Setting setting() {
        return new Setting(identity, event == null ? null : publicEvent(event), LANGUAGE);
    }

    private static PublicEvent publicEvent(PlanEvent event) {
        var zone = ZoneId.of(event.zone());
        return new PublicEvent(
                event.uid(),
                event.name(),
                event.starts().atZone(zone),
                event.ends().atZone(zone),
                event.place() == null ? "" : event.place(),
                event.link());
    }
}
