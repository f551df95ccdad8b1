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
record SettingSnapshot(Identity identity, @Nullable PlanEvent event) {

    private static final Locale LANGUAGE = Locale.forLanguageTag("es-CO");

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
