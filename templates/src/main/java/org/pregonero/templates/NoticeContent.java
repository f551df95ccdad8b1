package org.pregonero.templates;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A notice to the institution's own people, sent as mail. Subject, heading and paragraphs may contain placeholders.
 *
 * @param subject one line
 * @param heading stands above the text
 * @param paragraphs Markdown; HTML in it is shown as text
 * @param requiresAcknowledgement whether the mail has a button to each reader's own page, where the notice is acknowledged
 * @param remindAfter how long who has not acknowledged is left in peace before the one reminder; null means two days
 */
public record NoticeContent(
        String subject,
        String heading,
        List<String> paragraphs,
        boolean requiresAcknowledgement,
        @Nullable Duration remindAfter)
        implements MessageContent {

    private static final Duration TWO_DAYS = Duration.ofDays(2);
    private static final Duration SHORTEST_WAIT = Duration.ofMinutes(1);
    private static final Duration LONGEST_WAIT = Duration.ofDays(30);

    @SuppressWarnings("ConstantValue") // JSON may leave the list out
    public NoticeContent {
        paragraphs = paragraphs == null ? List.of() : List.copyOf(paragraphs);
    }

    @Override
    public CompiledContent compile(Setting setting) {
        Words words = Words.in(setting.locale());
        Vocabulary vocabulary = new Vocabulary(setting, words);
        Duration wait = remindAfter == null ? TWO_DAYS : remindAfter;
        if (wait.compareTo(SHORTEST_WAIT) < 0 || wait.compareTo(LONGEST_WAIT) > 0) {
            throw words.invalid("error.remindAfter");
        }
        EmailLayout layout = new EmailLayout(setting, words, vocabulary);
        TemplateText line = vocabulary.learn(TemplateText.required("subject", subject, words));
        String reminder = CompiledText.ifValue(Vocabulary.REMINDER, words.get("notice.reminder") + ": ");
        EmailLayout.Parts parts = new EmailLayout.Parts(
                reminder + CompiledText.markedForHtml(line),
                "",
                body(vocabulary, layout),
                requiresAcknowledgement ? button(vocabulary) : null);
        InlineImage logo = setting.identity().logo();
        return new Compiled(
                new EmailContent.Compiled(
                        vocabulary,
                        CompiledText.oneLine(reminder + CompiledText.marked(line), words),
                        CompiledText.html(layout.html(parts), words),
                        CompiledText.plain(layout.text(parts), words),
                        logo == null ? List.of() : List.of(logo),
                        List.of(),
                        null,
                        setting.identity().sender()),
                requiresAcknowledgement ? Optional.of(wait) : Optional.empty());
    }

    private MarkdownBody body(Vocabulary vocabulary, EmailLayout layout) {
        Words words = vocabulary.words();
        TemplateText title = vocabulary.learn(TemplateText.required("heading", heading, words));
        MarkdownBody text = MarkdownBody.compile(
                vocabulary.learn(TemplateText.required("paragraphs", String.join("\n\n", paragraphs), words)),
                vocabulary,
                layout::style,
                true);
        String pending = words.get("notice.pending");
        return new MarkdownBody(
                CompiledText.ifValue(
                                Vocabulary.REMINDER,
                                "<p style=\"%s\"><strong>%s</strong></p>\n"
                                        .formatted(layout.style("p"), Escaping.html(pending)))
                        + "<h1 style=\"%s\">%s</h1>\n".formatted(layout.style("h1"), CompiledText.markedForHtml(title))
                        + text.html(),
                CompiledText.ifValue(Vocabulary.REMINDER, pending + "\n\n") + CompiledText.marked(title) + "\n\n"
                        + text.text());
    }

    private static EmailLayout.Action button(Vocabulary vocabulary) {
        vocabulary.require(Vocabulary.ACKNOWLEDGE_LINK);
        return new EmailLayout.Action(
                new TemplateText(
                        "buttonLabel",
                        List.of(new TemplateText.Text(vocabulary.words().get("notice.acknowledge")))),
                vocabulary.add(new UrlTemplate(List.of(new TemplateText.Variable(Vocabulary.ACKNOWLEDGE_LINK, 1)))));
    }

    private record Compiled(CompiledContent mail, Optional<Duration> acknowledgeWithin) implements CompiledContent {

        @Override
        public Set<String> placeholders() {
            return mail.placeholders();
        }

        @Override
        public Map<Integer, String> links() {
            return mail.links();
        }

        @Override
        public Set<String> missing(Map<String, String> values) {
            return mail.missing(values);
        }

        @Override
        public RenderedContent render(Map<String, String> values) {
            return mail.render(values);
        }
    }
}
