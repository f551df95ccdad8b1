package org.pregonero.dispatcher.message;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.pregonero.channels.Addressing;
import org.pregonero.dispatcher.audience.AudienceBook;
import org.pregonero.dispatcher.audience.PersonalValues;
import org.pregonero.templates.CompiledContent;
import org.pregonero.templates.InvalidTemplateException;
import org.springframework.stereotype.Component;

/** Finds, before anything is scheduled, what would leave a hole in a sent message. */
@Component
class MessageCheck {

    /** Every delivery has these: the address written to, the opt-out page, and the page where a notice is acknowledged. */
    private static Set<String> given(Addressing addressing, CompiledContent content) {
        var given = new TreeSet<>(
                switch (addressing) {
                    case EMAIL -> Set.of("correo", "enlace_baja");
                    case PHONE -> Set.of("telefono", "enlace_baja");
                    case OUTLET -> Set.of("lugar");
                });
        if (content.acknowledgeWithin().isPresent()) {
            given.add("enlace_enterado");
        }
        return given;
    }

    private final Contents contents;
    private final PersonalValues values;
    private final AudienceBook audiences;

    MessageCheck(Contents contents, PersonalValues values, AudienceBook audiences) {
        this.contents = contents;
        this.values = values;
        this.audiences = audiences;
    }

    /** Of those who meet the saved filters now. Of a channel that is not installed nothing is sent; one at least must be. */
    List<Problem> problems(MessageVersion version) {
        audiences.refresh(version.audienceIds());
        var personal = installed(version).stream().anyMatch(contents::personal);
        var lacking = personal ? values.lacking(version.audienceIds()) : Map.<String, Integer>of();
        var problems = new ArrayList<Problem>();
        if (installed(version).isEmpty()) {
            version.channels()
                    .keySet()
                    .forEach(channel -> problems.add(new Problem(channel, "", 0, Refusal.NO_CHANNEL_INSTALLED.say())));
        }
        for (var channel : installed(version)) {
            try {
                var content = contents.current(version, channel);
                if (contents.adapter(channel).addressing().personal()) {
                    checkPeople(lacking, channel, content, problems);
                } else {
                    checkOutlets(version, channel, content, problems);
                }
            } catch (InvalidTemplateException e) {
                problems.add(new Problem(channel, "", 0, String.valueOf(e.getMessage())));
            }
        }
        return problems;
    }

    /** What a person should know before approving, by channel; channels without any are absent, as are unfinished ones. */
    SortedMap<String, List<String>> notes(MessageVersion version) {
        var notes = new TreeMap<String, List<String>>();
        installed(version).forEach(channel -> notes.put(channel, notes(version, channel)));
        notes.values().removeIf(List::isEmpty);
        return notes;
    }

    private List<String> installed(MessageVersion version) {
        return version.channels().keySet().stream()
                .filter(contents::known)
                .sorted()
                .toList();
    }

    private List<String> notes(MessageVersion version, String channel) {
        try {
            return contents.current(version, channel).notes();
        } catch (InvalidTemplateException e) {
            // told as a problem
            return List.of();
        }
    }

    /** The names without which a person cannot be written to. */
    static Set<String> needed(CompiledContent content, Addressing addressing) {
        var names = new TreeSet<>(content.missing(Map.of()));
        names.removeAll(given(addressing, content));
        return names;
    }

    private void checkPeople(
            Map<String, Integer> lacking, String channel, CompiledContent content, List<Problem> problems) {
        var known = lacking.keySet();
        var given = given(contents.adapter(channel).addressing(), content);
        for (var name : content.placeholders()) {
            if (!known.contains(name) && !given.contains(name)) {
                problems.add(unknown(channel, name, known));
            }
        }
        var needed = needed(content, contents.adapter(channel).addressing());
        for (var name : needed) {
            var people = lacking.getOrDefault(name, 0);
            if (people > 0) {
                problems.add(new Problem(channel, name, people, Refusal.VALUE_LACKING.say(people, name)));
            }
        }
    }

    /** Renders for the outlet with the longest name: what does not fit on its paper is better known now than at sending. */
    private void checkOutlets(MessageVersion version, String channel, CompiledContent content, List<Problem> problems) {
        var foreign = new TreeSet<>(content.placeholders());
        var given = given(Addressing.OUTLET, content);
        foreign.removeAll(given);
        foreign.forEach(name -> problems.add(unknown(channel, name, given)));
        var plan = version.channels().get(channel);
        if (foreign.isEmpty() && plan != null) {
            plan.outlets().stream()
                    .max(Comparator.comparingInt(String::length))
                    .ifPresent(longest -> content.render(Map.of("lugar", longest)));
        }
    }

    private static Problem unknown(String channel, String name, Set<String> known) {
        return new Problem(channel, name, 0, Refusal.VALUE_UNKNOWN.say(name, String.join(", ", new TreeSet<>(known))));
    }
}
