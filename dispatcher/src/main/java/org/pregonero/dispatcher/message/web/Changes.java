package org.pregonero.dispatcher.message.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.audience.SamplePeople;
import org.pregonero.dispatcher.message.Cascade;
import org.pregonero.dispatcher.message.ChannelPlan;
import org.pregonero.dispatcher.message.Contents;
import org.pregonero.dispatcher.message.MessageShelf;
import org.pregonero.dispatcher.message.MessageVersion;
import org.pregonero.dispatcher.plan.PlanEvent;
import org.pregonero.dispatcher.plan.PlanEvents;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Tells two states of a message apart, field by field, in the reader's words. */
@Component
class Changes {

    private final Contents contents;
    private final SamplePeople people;
    private final PlanEvents events;
    private final MessageShelf shelf;
    private final MessageSource words;

    Changes(Contents contents, SamplePeople people, PlanEvents events, MessageShelf shelf, MessageSource words) {
        this.contents = contents;
        this.people = people;
        this.events = events;
        this.shelf = shelf;
        this.words = words;
    }

    /** A field that is not the same in both. */
    public record Change(String field, String before, String after) {}

    String author(MessageVersion version) {
        return shelf.author(version.authorId());
    }

    /** @param before null where nothing was before */
    List<Change> between(@Nullable MessageVersion before, MessageVersion after, Locale locale) {
        return before == null
                ? between(MessageForm.empty(), null, MessageForm.of(after), after.cascade(), locale)
                : between(MessageForm.of(before), before.cascade(), MessageForm.of(after), after.cascade(), locale);
    }

    List<Change> between(MessageVersion before, MessageForm after, Locale locale) {
        return between(MessageForm.of(before), before.cascade(), after, after.cascade(contents), locale);
    }

    private List<Change> between(
            MessageForm before, @Nullable Cascade first, MessageForm after, @Nullable Cascade then, Locale locale) {
        var names = people.audiences().stream()
                .collect(Collectors.toMap(SamplePeople.Choice::id, SamplePeople.Choice::name));
        var old = values(before, first, names, locale);
        var young = values(after, then, names, locale);
        var fields = new LinkedHashSet<>(old.keySet());
        fields.addAll(young.keySet());
        var changes = new ArrayList<Change>();
        for (var field : fields) {
            var was = old.getOrDefault(field, "");
            var is = young.getOrDefault(field, "");
            if (!was.strip().equals(is.strip())) {
                changes.add(new Change(field, was, is));
            }
        }
        return changes;
    }

    /** What is said in each field, in the order of the form. */
    private Map<String, String> values(
            MessageForm form, @Nullable Cascade cascade, Map<Long, String> audiences, Locale locale) {
        var values = new LinkedHashMap<String, String>();
        values.put(say("message.title", locale), form.title());
        values.put(say("message.purpose", locale), form.purpose());
        values.put(
                say("message.event", locale),
                form.event() == null
                        ? ""
                        : events.find(form.event()).map(PlanEvent::name).orElse(""));
        values.put(
                say("message.audiences", locale),
                form.audiences().stream()
                        .map(id -> audiences.getOrDefault(id, "#" + id))
                        .sorted()
                        .collect(Collectors.joining(", ")));
        values.put(say("message.mode", locale), say("message.mode." + (cascade == null ? "ALL" : form.mode()), locale));
        if (cascade != null) {
            values.put(
                    say("message.order", locale),
                    cascade.order().stream().map(code -> channel(code, locale)).collect(Collectors.joining(" → ")));
            values.put(say("message.patience", locale), ContentJson.hours(cascade.patience()));
        }
        form.channels().forEach((code, plan) -> channel(code, plan, values, locale));
        return values;
    }

    private void channel(String code, ChannelPlan plan, Map<String, String> values, Locale locale) {
        var prefix = channel(code, locale) + ": ";
        if (!contents.channels().contains(code)) {
            values.put(prefix, plan.content().toString());
            return;
        }
        if (!contents.personal(code)) {
            values.put(prefix + say("message.outlets", locale), String.join(", ", plan.outlets()));
        }
        for (var field : ContentField.of(contents.contentType(code))) {
            var text = ContentJson.text(plan.content(), field);
            values.put(
                    prefix + say(field.label(), locale),
                    switch (field.kind()) {
                        case FLAG -> say(text.isEmpty() ? "message.no" : "message.yes", locale);
                        case CHOICE -> text.isEmpty() ? "" : say("message.choice." + text, locale);
                        // by content: a file of the same name may be another one
                        case FILES, PICTURE ->
                            ContentJson.carried(plan.content(), field).stream()
                                    .map(file -> (file.fileName() + " " + file.mark()).strip())
                                    .collect(Collectors.joining(", ", text + (text.isEmpty() ? "" : " · "), ""));
                        default -> text;
                    });
        }
    }

    private String channel(String code, Locale locale) {
        return String.valueOf(words.getMessage("channel." + code, null, code, locale));
    }

    /** What has no words of its own is shown by its key's last part. */
    private String say(String key, Locale locale) {
        return String.valueOf(words.getMessage(key, null, key.substring(key.lastIndexOf('.') + 1), locale));
    }
}
