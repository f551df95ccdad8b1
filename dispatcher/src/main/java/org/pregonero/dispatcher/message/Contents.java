package org.pregonero.dispatcher.message;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.pregonero.channels.ChannelAdapter;
import org.pregonero.dispatcher.institution.Institutions;
import org.pregonero.dispatcher.plan.PlanEvent;
import org.pregonero.dispatcher.plan.PlanEvents;
import org.pregonero.templates.CompiledContent;
import org.pregonero.templates.InvalidTemplateException;
import org.pregonero.templates.MessageContent;
import org.pregonero.templates.PublicEvent;
import org.pregonero.templates.Setting;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.exc.InvalidFormatException;

/** Turns what a version says on a channel into content that can be rendered for one recipient after the other. */
@Component
public class Contents {

    private static final Locale LANGUAGE = Locale.forLanguageTag("es-CO");

    private final Map<String, ChannelAdapter> adapters;
    private final Institutions institutions;
    private final PlanEvents events;
    private final Messages messages;
    private final ObjectMapper json;

    /** Short-lived, so that a change of the institution is seen by the next run. */
    private final Cache<Key, CompiledContent> compiled = Caffeine.newBuilder()
            .maximumSize(64)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();

    Contents(
            List<ChannelAdapter> adapters,
            Institutions institutions,
            PlanEvents events,
            Messages messages,
            ObjectMapper json) {
        this.adapters = adapters.stream()
                .collect(Collectors.toUnmodifiableMap(
                        adapter -> adapter.channel().code(), Function.identity()));
        this.institutions = institutions;
        this.events = events;
        this.messages = messages;
        this.json = json;
    }

    /** What the version says on the channel, ready for recipients; prepared once for many. */
    public CompiledContent of(long version, String channel) {
        return compiled.get(new Key(version, channel), key -> compile(messages.version(version), channel));
    }

    /**
     * Prepares what a version says on a channel.
     *
     * @throws InvalidTemplateException when the text is not a valid template, or is not of the channel's form
     */
    CompiledContent compile(MessageVersion version, String channel) {
        var plan = version.channels().get(channel);
        if (plan == null) {
            throw new IllegalArgumentException("Version " + version.id() + " says nothing on " + channel);
        }
        return read(adapter(channel), plan.content()).compile(setting(version));
    }

    /** The adapter of a channel that this installation has. */
    ChannelAdapter adapter(String channel) {
        var adapter = adapters.get(channel);
        if (adapter == null) {
            throw new UnknownChannelException(channel, adapters.keySet());
        }
        return adapter;
    }

    private MessageContent read(ChannelAdapter adapter, JsonNode content) {
        if (!content.isObject()) {
            throw new InvalidTemplateException("El contenido para %s debe ser un objeto.".formatted(adapter.channel()));
        }
        try {
            return json.treeToValue(content, adapter.contentType());
        } catch (JacksonException | IllegalArgumentException e) {
            throw new InvalidTemplateException(
                    "El contenido para %s no tiene la forma esperada%s.".formatted(adapter.channel(), where(e)), e);
        }
    }

    /** The field that cannot be read, and what it may be. */
    private static String where(Exception problem) {
        if (!(problem instanceof JacksonException e) || e.getPath().isEmpty()) {
            return "";
        }
        var field = e.getPath().stream()
                .map(step -> step.getPropertyName() == null ? "[" + step.getIndex() + "]" : step.getPropertyName())
                .collect(Collectors.joining("."));
        var choices = problem instanceof InvalidFormatException format
                ? format.getTargetType().getEnumConstants()
                : null;
        return ": revise «%s»%s".formatted(field, choices == null ? "" : ", que puede ser " + List.of(choices));
    }

    private Setting setting(MessageVersion version) {
        var institution = institutions.current();
        var eventId = version.eventId();
        var event = eventId == null
                ? null
                : events.find(eventId).map(Contents::publicEvent).orElse(null);
        return new Setting(institution.identity(), event, LANGUAGE);
    }

    private static PublicEvent publicEvent(PlanEvent event) {
        return new PublicEvent(
                event.uid(),
                event.name(),
                event.starts().atZone(ZoneId.of(event.zone())),
                event.ends().atZone(ZoneId.of(event.zone())),
                event.place() == null ? "" : event.place(),
                event.link());
    }

    private record Key(long version, String channel) {}
}
