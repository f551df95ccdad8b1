package org.pregonero.templates;

import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An announcement on the institution's public pages as the office wrote it. Title, summary and body may contain
 * placeholders.
 *
 * @param title one line
 * @param summary one or two sentences, for lists, feeds and banners
 * @param body Markdown; HTML in it is shown as text
 * @param registration whether readers can say that they will come; needs an event
 * @param questions whether readers can ask the office something
 */
public record AnnouncementContent(String title, String summary, String body, boolean registration, boolean questions)
        implements MessageContent {

    @Override
    public CompiledContent compile(Setting setting) {
        Words words = Words.in(setting.locale());
        Vocabulary vocabulary = new Vocabulary(setting, words);
        CompiledText heading = line("title", title, vocabulary);
        CompiledText brief = line("summary", summary, vocabulary);
        MarkdownBody markdown = MarkdownBody.compile(
                vocabulary.learn(TemplateText.required("body", body, words)), vocabulary, tag -> null, true);
        PublicEvent event = setting.event();
        if (registration && event == null) {
            throw words.invalid("error.registrationWithoutEvent");
        }
        return new Compiled(
                vocabulary,
                heading,
                brief,
                CompiledText.html(markdown.html(), words),
                CompiledText.plain(markdown.text(), words),
                registration,
                questions,
                event == null ? null : occasion(event, setting, words));
    }

    private static RenderedAnnouncement.Occasion occasion(PublicEvent event, Setting setting, Words words) {
        EventWords dates = new EventWords(words);
        return new RenderedAnnouncement.Occasion(
                event,
                dates.date(event.start()),
                dates.hours(event),
                CalendarInvitation.published(
                        event, setting.identity(), Clock.systemUTC().instant(), words));
    }

    private static CompiledText line(String field, String source, Vocabulary vocabulary) {
        Words words = vocabulary.words();
        return CompiledText.oneLine(
                CompiledText.marked(vocabulary.learn(TemplateText.required(field, source, words))), words);
    }

    private record Compiled(
            Vocabulary vocabulary,
            CompiledText title,
            CompiledText summary,
            CompiledText html,
            CompiledText text,
            boolean registration,
            boolean questions,
            RenderedAnnouncement.@Nullable Occasion occasion)
            implements OfVocabulary {

        @Override
        public RenderedAnnouncement render(Map<String, String> values) {
            Scope scope = vocabulary.scope(values);
            return new RenderedAnnouncement(
                    title.render(scope).strip(),
                    summary.render(scope).strip(),
                    html.render(scope),
                    text.render(scope),
                    registration,
                    questions,
                    occasion);
        }
    }
}
