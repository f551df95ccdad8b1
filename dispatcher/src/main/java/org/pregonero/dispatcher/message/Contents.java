package org.pregonero.dispatcher.message;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pregonero.channels.ChannelAdapter;
import org.pregonero.templates.CompiledContent;
import org.pregonero.templates.InvalidTemplateException;
import org.pregonero.templates.MessageContent;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.exc.InvalidFormatException;

/** Turns what a version says on a channel into content that can be rendered for one recipient after the other. */
@Component
public class Contents {

    private final Map<String, ChannelAdapter> adapters;
    private final SettingSnapshots settings;
    private final Occurrences occurrences;
    private final Messages messages;
    private final MessageFiles files;
    private final ObjectMapper json;

    /** What begins is never approved again: an entry stays true for as long as it is kept. */
    private final Cache<Key, CompiledContent> compiled = Caffeine.newBuilder()
            .maximumSize(64)
            .expireAfterAccess(Duration.ofMinutes(10))
            .build();

    Contents(
            List<ChannelAdapter> adapters,
            SettingSnapshots settings,
            Occurrences occurrences,
            Messages messages,
            MessageFiles files,
            ObjectMapper json) {
        this.adapters = adapters.stream()
                .collect(Collectors.toUnmodifiableMap(
                        adapter -> adapter.channel().code(), Function.identity()));
        this.settings = settings;
        this.occurrences = occurrences;
        this.messages = messages;
        this.files = files;
        this.json = json;
    }

    /**
     * What an occurrence that has begun says on the channel, ready for recipients: text, institution and event as they
     * were approved. Prepared once for many.
     */
    public CompiledContent approved(long occurrence, String channel) {
        return compiled.get(new Key(occurrence, channel), key -> {
            var version = occurrences.find(occurrence).orElseThrow().versionId();
            return compile(messages.version(version), channel, settings.approved(occurrence));
        });
    }

    /** What an occurrence says on the channel: as approved once it has begun, and before as it would be sent now. */
    public CompiledContent of(long id, String channel) {
        var occurrence = occurrences.find(id).orElseThrow();
        return occurrence.startedAt() == null
                ? current(messages.version(occurrence.versionId()), channel)
                : approved(id, channel);
    }

    /** The names without which a person cannot be written to by an occurrence that has begun. */
    public Set<String> needed(long occurrence, String channel) {
        return MessageCheck.needed(
                approved(occurrence, channel), adapter(channel).addressing());
    }

    /**
     * Prepares what a version says on a channel, with the institution and the event of now.
     *
     * @throws InvalidTemplateException when the text is not a valid template, or is not of the channel's form
     */
    CompiledContent current(MessageVersion version, String channel) {
        return compile(version, channel, settings.current(version));
    }

    /**
     * Prepares what somebody is writing for a channel, with the institution and the event of now.
     *
     * @throws InvalidTemplateException as {@link #current}
     */
    CompiledContent draft(String channel, ChannelPlan plan, @Nullable Long event) {
        return read(adapter(channel), plan.content())
                .compile(settings.current(event).setting());
    }

    private CompiledContent compile(MessageVersion version, String channel, SettingSnapshot setting) {
        var plan = version.channels().get(channel);
        if (plan == null) {
            throw new IllegalArgumentException("Version " + version.id() + " says nothing on " + channel);
        }
        return read(adapter(channel), plan.content()).compile(setting.setting());
    }

    /** The channels that this installation has, personal ones first. */
    public List<String> channels() {
        return adapters.values().stream()
                .sorted(Comparator.comparing((ChannelAdapter adapter) ->
                                !adapter.addressing().personal())
                        .thenComparing(adapter -> adapter.channel().code()))
                .map(adapter -> adapter.channel().code())
                .toList();
    }

    /** Whether this installation has the channel. */
    public boolean known(String channel) {
        return adapters.containsKey(channel);
    }

    /** Whether a channel writes to people one by one. */
    public boolean personal(String channel) {
        return adapter(channel).addressing().personal();
    }

    /** What the office writes for a channel. */
    public Class<? extends MessageContent> contentType(String channel) {
        return adapter(channel).contentType();
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
            return json.treeToValue(files.filled(content), adapter.contentType());
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

    private record Key(long occurrence, String channel) {}
}
