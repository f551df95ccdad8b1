package org.pregonero.dispatcher.message.web;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.audience.Audiences;
import org.pregonero.dispatcher.message.Cascade;
import org.pregonero.dispatcher.message.ChannelPlan;
import org.pregonero.dispatcher.message.Contents;
import org.pregonero.dispatcher.message.MessageVersion;
import org.springframework.util.MultiValueMap;
import tools.jackson.databind.node.MissingNode;

/**
 * A message as the form holds it, finished or not. What the form does not offer cannot be set through it, and stays as it was.
 *
 * @param event id, or null
 * @param audiences ids
 * @param turns place of a channel in the order, as typed
 * @param patience hours, as typed
 * @param basis number of the version that is being edited, or null for a new message
 */
public record MessageForm(
        String title,
        String purpose,
        @Nullable Long event,
        List<Long> audiences,
        Mode mode,
        Map<String, String> turns,
        String patience,
        Map<String, ChannelPlan> channels,
        @Nullable Integer basis) {

    /** How several channels to one person go together. */
    public enum Mode {
        ALL,
        PREFERRED,
        CASCADE
    }

    private static final String FOUR_HOURS = "4";

    static MessageForm empty() {
        return new MessageForm(
                "", Audiences.DEFAULT_PURPOSE, null, List.of(), Mode.ALL, Map.of(), FOUR_HOURS, Map.of(), null);
    }

    static MessageForm of(MessageVersion version) {
        var cascade = version.cascade();
        var turns = new LinkedHashMap<String, String>();
        if (cascade != null) {
            cascade.order().forEach(channel -> turns.put(channel, String.valueOf(turns.size() + 1)));
        }
        return new MessageForm(
                version.title(),
                version.purpose(),
                version.eventId(),
                version.audienceIds(),
                cascade == null ? Mode.ALL : cascade.preferredFirst() ? Mode.PREFERRED : Mode.CASCADE,
                turns,
                cascade == null ? FOUR_HOURS : ContentJson.hours(cascade.patience()),
                version.channels(),
                version.number());
    }

    /** @param before what the form was made from */
    static MessageForm read(MultiValueMap<String, String> form, Contents contents, MessageForm before) {
        var channels = new LinkedHashMap<String, ChannelPlan>();
        var turns = new LinkedHashMap<String, String>();
        for (var code : form.getOrDefault("channels", List.of())) {
            var was = before.channels().get(code);
            if (contents.known(code)) {
                var content = ContentJson.read(
                        ContentField.of(contents.contentType(code)),
                        form,
                        code + ".",
                        was == null ? MissingNode.getInstance() : was.content());
                channels.put(
                        code,
                        new ChannelPlan(
                                content,
                                Arrays.asList(value(form, code + ".outlets").split("\n"))));
            } else if (was != null) {
                // a channel that is not installed at present
                channels.put(code, was);
            }
            var turn = form.getFirst(code + ".turn");
            turns.put(code, turn == null ? before.turns().getOrDefault(code, "") : turn.strip());
        }
        return new MessageForm(
                value(form, "title"),
                value(form, "purpose"),
                number(value(form, "event")),
                form.getOrDefault("audiences", List.of()).stream()
                        .map(MessageForm::number)
                        .filter(java.util.Objects::nonNull)
                        .toList(),
                Arrays.stream(Mode.values())
                        .filter(mode -> mode.name().equals(form.getFirst("mode")))
                        .findFirst()
                        .orElse(before.mode()),
                turns,
                value(form, "patience"),
                channels,
                basis(form));
    }

    private static @Nullable Integer basis(MultiValueMap<String, String> form) {
        var number = number(value(form, "basis"));
        return number == null ? null : Math.toIntExact(number);
    }

    /** With another channel, the last one where others have turns. */
    MessageForm with(String channel, ChannelPlan plan) {
        var more = new LinkedHashMap<>(channels);
        more.put(channel, plan);
        var last = turns.entrySet().stream()
                .filter(turn ->
                        channels.containsKey(turn.getKey()) && turn.getValue().matches("\\d{1,9}"))
                .mapToInt(turn -> Integer.parseInt(turn.getValue()))
                .max();
        var places = new LinkedHashMap<>(turns);
        places.put(channel, last.isPresent() ? String.valueOf(last.getAsInt() + 1) : "");
        return new MessageForm(title, purpose, event, audiences, mode, places, patience, more, basis);
    }

    MessageForm without(String channel) {
        var fewer = new LinkedHashMap<>(channels);
        fewer.remove(channel);
        return withChannels(fewer);
    }

    MessageForm withChannels(Map<String, ChannelPlan> others) {
        return new MessageForm(title, purpose, event, audiences, mode, turns, patience, others, basis);
    }

    MessageForm titled(String other) {
        return new MessageForm(other, purpose, event, audiences, mode, turns, patience, channels, basis);
    }

    MessageForm about(@Nullable Long otherEvent, List<Long> people) {
        return new MessageForm(title, purpose, otherEvent, people, mode, turns, patience, channels, basis);
    }

    MessageForm basedOn(int number) {
        return new MessageForm(title, purpose, event, audiences, mode, turns, patience, channels, number);
    }

    /**
     * The personal channels that were given a turn, in that order; those without one go to everybody. Where none has a turn, all
     * of them follow each other as they stand.
     *
     * @throws NumberFormatException when a turn or the patience is no number
     */
    @Nullable
    Cascade cascade(Contents contents) {
        var personal = channels.keySet().stream()
                .filter(code -> contents.known(code) ? contents.personal(code) : turn(code) != null)
                .toList();
        if (mode == Mode.ALL || personal.size() < 2) {
            return null;
        }
        var order = personal.stream()
                .filter(code -> turn(code) != null)
                .sorted(Comparator.comparing(this::turn))
                .toList();
        return new Cascade(order.isEmpty() ? personal : order, ContentJson.duration(patience), mode == Mode.PREFERRED);
    }

    private @Nullable Long turn(String channel) {
        var turn = turns.getOrDefault(channel, "");
        return turn.isEmpty() ? null : Long.valueOf(turn);
    }

    private static String value(MultiValueMap<String, String> form, String name) {
        var value = form.getFirst(name);
        return value == null ? "" : value.strip();
    }

    static @Nullable Long number(String text) {
        return text.matches("\\d{1,9}") ? Long.valueOf(text) : null;
    }
}
