package org.pregonero.dispatcher.message.web;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.pregonero.dispatcher.audience.SamplePeople;
import org.pregonero.dispatcher.message.ChannelPlan;
import org.pregonero.dispatcher.message.Contents;
import org.pregonero.dispatcher.message.Drafting;
import org.pregonero.dispatcher.message.MessageDraft;
import org.pregonero.dispatcher.message.MessageVersion;
import org.pregonero.dispatcher.plan.ComingEvents;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import tools.jackson.databind.node.JsonNodeFactory;

/** Lays the form of a message out, and finds what is missing in it. */
@Component
class Composer {

    private static final int SAMPLES = 20;
    private static final int LONGEST_TITLE = 200;

    private final Contents contents;
    private final Drafting drafting;
    private final SamplePeople people;
    private final ComingEvents events;
    private final MessageSource words;
    private final Clock clock;

    Composer(
            Contents contents,
            Drafting drafting,
            SamplePeople people,
            ComingEvents events,
            MessageSource words,
            Clock clock) {
        this.contents = contents;
        this.drafting = drafting;
        this.people = people;
        this.events = events;
        this.words = words;
        this.clock = clock;
    }

    /** Something to be mended, and the id of the field where. */
    public record Mistake(String field, String text) {}

    /** A field with what it is filled in with. */
    public record Filled(ContentField field, String name, String text, List<ContentJson.Carried> files) {

        /** Whether nothing is filled in. */
        public boolean empty() {
            return text.isEmpty() && files.isEmpty();
        }
    }

    /** A channel's part of the form. */
    public record Section(String channel, boolean personal, List<Filled> fields, String outlets, String turn) {}

    /** What was typed, into the version that the form was made from. */
    MessageForm read(MultiValueMap<String, String> typed) {
        var message = MessageForm.number(Objects.requireNonNullElse(typed.getFirst("message"), ""));
        var basis = MessageForm.number(Objects.requireNonNullElse(typed.getFirst("basis"), ""));
        var before = message == null || basis == null
                ? Optional.<MessageVersion>empty()
                : drafting.version(message, Math.toIntExact(basis));
        return MessageForm.read(typed, contents, before.map(MessageForm::of).orElse(MessageForm.empty()));
    }

    void show(MessageForm form, List<Mistake> mistakes, Model model) {
        var offered = contents.channels();
        model.addAttribute("form", form);
        model.addAttribute("mistakes", mistakes);
        model.addAttribute("sections", sections(form));
        model.addAttribute(
                "others",
                offered.stream()
                        .filter(code -> !form.channels().containsKey(code))
                        .toList());
        model.addAttribute(
                "absent",
                form.channels().keySet().stream()
                        .filter(code -> !offered.contains(code))
                        .toList());
        model.addAttribute("audiences", people.audiences());
        model.addAttribute("purposes", people.purposes());
        model.addAttribute("events", events.after(clock.instant(), form.event()));
        model.addAttribute("samples", people.of(form.audiences(), SAMPLES));
        model.addAttribute(
                "ordered",
                form.channels().keySet().stream()
                                .filter(code -> offered.contains(code) && contents.personal(code))
                                .count()
                        > 1);
    }

    List<Section> sections(MessageForm form) {
        var sections = new ArrayList<Section>();
        form.channels().forEach((code, plan) -> {
            if (contents.channels().contains(code)) {
                var fields = ContentField.of(contents.contentType(code)).stream()
                        .map(field -> new Filled(
                                field,
                                code + "." + field.path(),
                                ContentJson.text(plan.content(), field),
                                ContentJson.carried(plan.content(), field)))
                        .toList();
                sections.add(new Section(
                        code,
                        contents.personal(code),
                        fields,
                        String.join("\n", plan.outlets()),
                        form.turns().getOrDefault(code, "")));
            }
        });
        return sections;
    }

    /** The part for a channel that is not filled in yet. */
    ChannelPlan fresh(String channel, Locale locale) {
        var outlet = words.getMessage("message.outlet." + channel, null, "", locale);
        return new ChannelPlan(
                JsonNodeFactory.instance.objectNode(),
                contents.personal(channel) || outlet == null ? List.of() : List.of(outlet));
    }

    List<Mistake> mistakes(MessageForm form, Locale locale) {
        var mistakes = new ArrayList<Mistake>();
        if (form.title().isBlank() || form.title().length() > LONGEST_TITLE) {
            mistakes.add(mistake("title", "message.error.title", locale));
        }
        if (form.channels().isEmpty()) {
            mistakes.add(mistake("canales", "message.error.channels", locale));
        }
        var personal =
                form.channels().keySet().stream().anyMatch(code -> contents.known(code) && contents.personal(code));
        if (personal && form.audiences().isEmpty()) {
            mistakes.add(mistake("publicos", "message.error.audiences", locale));
        }
        form.channels().forEach((code, plan) -> {
            if (contents.known(code)
                    && !contents.personal(code)
                    && plan.outlets().isEmpty()) {
                mistakes.add(mistake(code + ".outlets", "message.error.outlets", locale));
            }
        });
        try {
            var cascade = form.cascade(contents);
            if (cascade != null && cascade.order().size() < 2) {
                mistakes.add(mistake("canales", "message.error.turns", locale));
            }
        } catch (ArithmeticException | NumberFormatException e) {
            mistakes.add(mistake("patience", "message.error.patience", locale));
        }
        return mistakes;
    }

    private Mistake mistake(String field, String key, Locale locale) {
        return new Mistake(field, words.getMessage(key, null, locale));
    }

    MessageDraft draft(MessageForm form) {
        var names = new LinkedHashMap<Long, String>();
        people.audiences().forEach(choice -> names.put(choice.id(), choice.name()));
        return new MessageDraft(
                form.title(),
                form.purpose(),
                form.audiences().stream()
                        .filter(names::containsKey)
                        .map(names::get)
                        .toList(),
                form.event(),
                Map.copyOf(form.channels()),
                form.cascade(contents));
    }
}
