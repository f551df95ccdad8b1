package org.pregonero.templates;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An e-mail as the office wrote it. Subject, preheader, body and button may contain placeholders.
 *
 * @param subject one line
 * @param body Markdown; HTML in it is shown as text
 * @param preheader what mail programs show beside the subject in the list of mails, or null
 * @param button the one thing that the reader is asked to do, or null
 * @param calendarInvitation whether the mail carries the event of its setting as an invitation
 * @param attachments files that every recipient gets
 */
public record EmailContent(
        String subject,
        String body,
        @Nullable String preheader,
        @Nullable Button button,
        boolean calendarInvitation,
        List<Attachment> attachments)
        implements MessageContent {

    /**
     * A link that stands out.
     *
     * @param url http, https or mailto
     */
    public record Button(String label, String url) {}

    @SuppressWarnings("ConstantValue") // JSON may leave the list out
    public EmailContent {
        attachments = attachments == null ? List.of() : List.copyOf(attachments);
    }

    @Override
    public CompiledContent compile(Setting setting) {
        return compile(setting, Clock.systemUTC());
    }

    /** @param clock when the invitation is made (RFC 5545, 3.8.7.2) */
    CompiledContent compile(Setting setting, Clock clock) {
        Words words = Words.in(setting.locale());
        Vocabulary vocabulary = new Vocabulary(setting, words);
        EmailLayout layout = new EmailLayout(setting, words, vocabulary);
        CompiledText subjectLine = CompiledText.oneLine(
                CompiledText.marked(vocabulary.learn(TemplateText.required("subject", subject, words))), words);
        TemplateText text = vocabulary.learn(TemplateText.required("body", body, words));
        MarkdownBody markdown = MarkdownBody.compile(text, vocabulary, layout::style, true);
        EmailLayout.Parts parts = new EmailLayout.Parts(
                CompiledText.markedForHtml(TemplateText.required("subject", subject, words)),
                preheader == null
                        ? ""
                        : CompiledText.markedForHtml(
                                vocabulary.learn(TemplateText.parse("preheader", preheader, words))),
                markdown,
                button == null ? null : button(button, vocabulary));
        PublicEvent event = setting.event();
        if (calendarInvitation && event == null) {
            throw words.invalid("error.invitationWithoutEvent");
        }
        return new Compiled(
                vocabulary,
                subjectLine,
                CompiledText.html(layout.html(parts), words),
                CompiledText.plain(layout.text(parts), words),
                setting.identity().logo() == null
                        ? List.of()
                        : List.of(setting.identity().logo()),
                attachments,
                calendarInvitation && event != null
                        ? CalendarInvitation.of(event, setting.identity(), clock.instant(), words)
                        : null,
                setting.identity().sender());
    }

    private static EmailLayout.Action button(Button button, Vocabulary vocabulary) {
        Words words = vocabulary.words();
        TemplateText label = vocabulary.learn(TemplateText.required("buttonLabel", button.label(), words));
        TemplateText url =
                vocabulary.learn(TemplateText.required("buttonUrl", button.url().strip(), words));
        return new EmailLayout.Action(label, vocabulary.add(UrlTemplate.of(url, words)));
    }

    /** An e-mail ready for recipients, whoever laid it out. */
    record Compiled(
            Vocabulary vocabulary,
            CompiledText subject,
            CompiledText html,
            CompiledText text,
            List<InlineImage> images,
            List<Attachment> attachments,
            @Nullable CalendarInvitation calendar,
            @Nullable Sender sender)
            implements OfVocabulary {

        @Override
        public RenderedEmail render(Map<String, String> values) {
            Scope scope = vocabulary.scope(values);
            return new RenderedEmail(
                    subject.render(scope).strip(),
                    html.render(scope),
                    text.render(scope),
                    images,
                    attachments,
                    calendar == null ? null : calendar.forAttendee(scope.value(Vocabulary.ADDRESS)),
                    sender == null ? Sender.BY_SETTINGS : sender);
        }
    }
}
