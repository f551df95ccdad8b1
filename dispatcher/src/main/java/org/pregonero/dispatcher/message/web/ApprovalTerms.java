package org.pregonero.dispatcher.message.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.audience.AudienceBook;
import org.pregonero.dispatcher.audience.People.Membership;
import org.pregonero.dispatcher.audience.SavedFilter;
import org.pregonero.dispatcher.audience.SavedFilter.Condition;
import org.pregonero.dispatcher.message.Contents;
import org.pregonero.dispatcher.message.MessageFiles;
import org.pregonero.dispatcher.message.MessageVersion;
import org.pregonero.dispatcher.message.SettingSnapshot;
import org.pregonero.templates.Sender;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * Says in words what an approval covers and neither the time nor a preview shows: who is chosen and how, in which order they are
 * written to, as whom, with which files.
 */
@Component
class ApprovalTerms {

    private final AudienceBook audiences;
    private final Contents contents;
    private final MessageFiles files;
    private final MessageSource words;

    ApprovalTerms(AudienceBook audiences, Contents contents, MessageFiles files, MessageSource words) {
        this.audiences = audiences;
        this.contents = contents;
        this.files = files;
        this.words = words;
    }

    /**
     * One of them.
     *
     * @param key of its name
     * @param lines what is said of it
     */
    public record Term(String key, List<String> lines) {}

    List<Term> of(MessageVersion version, SettingSnapshot setting, Locale locale) {
        var event = setting.event();
        var institution = setting.identity();
        var sender = Objects.requireNonNullElse(institution.sender(), Sender.BY_SETTINGS);
        var terms = new ArrayList<Term>();
        terms.add(new Term("message.audiences", audiences(version.audienceIds(), locale)));
        terms.add(new Term("message.purpose", List.of(version.purpose())));
        if (event != null) {
            terms.add(new Term(
                    "message.approval.place",
                    Stream.of(event.place(), event.link())
                            .filter(Objects::nonNull)
                            .toList()));
        }
        terms.add(new Term("message.mode", mode(version, locale)));
        terms.add(new Term(
                "message.approval.institution",
                Stream.of(
                                institution.name(),
                                institution.postalAddress(),
                                institution.website(),
                                institution.email(),
                                institution.dataProtectionNotice())
                        .filter(Objects::nonNull)
                        .toList()));
        terms.add(new Term(
                "message.approval.sender",
                List.of(
                        configured(sender.name(), locale),
                        say("message.approval.answers", locale, configured(sender.replyTo(), locale)))));
        terms.add(new Term("message.field.attachments", attachments(version, locale)));
        terms.add(new Term(
                "message.approval.absent",
                version.channels().keySet().stream()
                        .filter(code -> !contents.known(code))
                        .map(code -> channel(code, locale))
                        .toList()));
        terms.removeIf(term -> term.lines().isEmpty());
        return terms;
    }

    private String configured(@Nullable String own, Locale locale) {
        return own == null ? say("message.approval.configured", locale) : own;
    }

    private List<String> audiences(List<Long> ids, Locale locale) {
        var names = audiences.names().stream().collect(Collectors.toMap(Membership::id, Membership::name));
        var filters = audiences.savedFilters(ids);
        return ids.stream()
                .map(id -> {
                    var name = names.getOrDefault(id, "#" + id);
                    var filter = filters.get(id);
                    return filter == null
                            ? name
                            : say("message.approval.filtered", locale, name, conditions(filter, names, locale));
                })
                .sorted()
                .toList();
    }

    private String conditions(SavedFilter filter, Map<Long, String> names, Locale locale) {
        return filter.all().stream()
                .map(condition -> condition(condition, names, locale))
                .collect(Collectors.joining("; "));
    }

    private String condition(Condition condition, Map<Long, String> names, Locale locale) {
        if (condition.field() == SavedFilter.Field.AUDIENCE) {
            var name = names.getOrDefault(Long.valueOf(condition.text()), "#" + condition.text());
            return say("message.approval.filter.AUDIENCE." + condition.test(), locale, name);
        }
        var field = condition.field() == SavedFilter.Field.ATTRIBUTE
                ? String.valueOf(condition.attribute())
                : say("audience.field." + condition.field(), locale);
        return say("message.approval.filter." + condition.test(), locale, field, condition.text());
    }

    private List<String> mode(MessageVersion version, Locale locale) {
        var cascade = version.cascade();
        if (cascade == null) {
            return List.of(say("message.mode.ALL", locale));
        }
        var lines = new ArrayList<>(List.of(
                say("message.mode." + (cascade.preferredFirst() ? "PREFERRED" : "CASCADE"), locale),
                cascade.order().stream().map(code -> channel(code, locale)).collect(Collectors.joining(" → ")),
                say("message.patience", locale) + ": " + ContentJson.hours(cascade.patience())));
        version.channels().keySet().stream()
                .filter(code -> contents.known(code) && contents.personal(code))
                .filter(code -> !cascade.order().contains(code))
                .forEach(code -> lines.add(say("message.approval.besides", locale, channel(code, locale))));
        return lines;
    }

    private List<String> attachments(MessageVersion version, Locale locale) {
        var lines = new ArrayList<String>();
        version.channels().forEach((code, plan) -> {
            for (var file : plan.content().path("attachments")) {
                lines.add(say(
                        "message.approval.file",
                        locale,
                        channel(code, locale),
                        file.path("fileName").asString(""),
                        (files.weight(file) + 999) / 1000));
            }
        });
        return lines;
    }

    private String channel(String code, Locale locale) {
        return String.valueOf(words.getMessage("channel." + code, null, code, locale));
    }

    private String say(String key, Locale locale, Object... values) {
        return words.getMessage(key, values, locale);
    }
}
