package org.pregonero.dispatcher.message;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pregonero.channels.Addressing;
import org.pregonero.dispatcher.audience.SamplePeople;
import org.pregonero.dispatcher.audience.SamplePeople.Known;
import org.pregonero.templates.CompiledContent;
import org.pregonero.templates.InvalidTemplateException;
import org.pregonero.templates.RenderedContent;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;

/** Shows what somebody would get, before anybody gets it. */
@Service
public class Previews {

    private static final String NOBODYS = "00000000-0000-0000-0000-000000000000";

    private final Contents contents;
    private final SamplePeople people;
    private final String publicUrl;

    Previews(Contents contents, SamplePeople people, @Value("${pregonero.public-url}") String publicUrl) {
        this.contents = contents;
        this.people = people;
        this.publicUrl = publicUrl.replaceAll("/+$", "");
    }

    /**
     * How a content looks on a channel.
     *
     * @param content null where a problem keeps it from being shown
     * @param missing names that the person has no value for; they stand in the content between « and »
     * @param problem what to mend, or null
     */
    public record Preview(
            String channel,
            @Nullable RenderedContent content,
            Set<String> missing,
            List<String> notes,
            @Nullable String problem) {

        static Preview failed(String channel, String problem) {
            return new Preview(channel, null, Set.of(), List.of(), problem);
        }
    }

    /** @param person whose values fill the text, or null for nobody's */
    public Preview of(MessageVersion version, String channel, @Nullable Long person) {
        return of(channel, plan(version, channel), version.eventId(), person);
    }

    /** The same for a sending: as it was approved where it has begun. */
    public Preview of(Occurrence occurrence, MessageVersion version, String channel, @Nullable Long person) {
        return of(channel, plan(version, channel), () -> contents.of(occurrence.id(), channel), person);
    }

    private static ChannelPlan plan(MessageVersion version, String channel) {
        var plan = version.channels().get(channel);
        if (plan == null) {
            throw new NotFoundException("Ese mensaje no sale por ese canal.");
        }
        return plan;
    }

    /** The same for what is not kept yet. */
    public Preview of(String channel, ChannelPlan plan, @Nullable Long event, @Nullable Long person) {
        return of(channel, plan, () -> contents.draft(channel, plan, event), person);
    }

    private Preview of(String channel, ChannelPlan plan, Supplier<CompiledContent> content, @Nullable Long person) {
        try {
            var compiled = content.get();
            var addressing = contents.adapter(channel).addressing();
            var values = values(plan, addressing, person);
            var missing = new TreeSet<>(compiled.missing(values));
            missing.forEach(name -> values.put(name, "«" + name + "»"));
            return new Preview(channel, compiled.render(values), missing, compiled.notes(), null);
        } catch (InvalidTemplateException e) {
            return Preview.failed(channel, String.valueOf(e.getMessage()));
        }
    }

    private Map<String, String> values(ChannelPlan plan, Addressing addressing, @Nullable Long person) {
        var known =
                person == null ? null : people.find(person, addressing.name()).orElse(null);
        return addressing.personal() ? values(known, addressing) : new HashMap<>(Map.of("lugar", place(plan)));
    }

    private static String place(ChannelPlan plan) {
        return plan.outlets().stream().findFirst().orElse("—");
    }

    /** What a text can say to a person; links lead to nobody's pages. */
    Map<String, String> values(@Nullable Known known, Addressing addressing) {
        var values = known == null ? new HashMap<String, String>() : new HashMap<>(known.values());
        if (known != null && known.address() != null) {
            values.put(addressing == Addressing.PHONE ? "telefono" : "correo", known.address());
        }
        values.put("enlace_baja", publicUrl + "/baja/" + NOBODYS);
        values.put("enlace_enterado", publicUrl + "/enterado/" + NOBODYS);
        values.put("recordatorio", "");
        values.remove("enlace_seguimiento");
        return values;
    }
}
