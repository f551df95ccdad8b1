package org.pregonero.templates;

import com.samskivert.mustache.Mustache;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The frame around every e-mail of an institution: its identity above, the event, and the legal notices below. */
final class EmailLayout {

    private static final int LOGO_HEIGHT = 56;
    private static final int LOGO_WIDTH = 200;

    /**
     * What is laid out.
     *
     * @param title marked for {@link CompiledText}, as the preheader is
     */
    record Parts(
            String title,
            String preheader,
            MarkdownBody body,
            @Nullable Action action) {}

    /** @param url index of the address in the vocabulary */
    record Action(TemplateText label, int url) {}

    private record Row(String label, String value) {}

    private final Setting setting;
    private final Words words;
    private final Vocabulary vocabulary;
    private final Colour primary;
    private final Colour accent;
    private final Map<String, String> styles = new HashMap<>();

    EmailLayout(Setting setting, Words words, Vocabulary vocabulary) {
        this.setting = setting;
        this.words = words;
        this.vocabulary = vocabulary;
        this.primary = Colour.of(setting.identity().primaryColor(), words);
        this.accent = Colour.of(setting.identity().accentColor(), words);
        String heading =
                "font-family:Arial,Helvetica,sans-serif;color:" + heading() + ";line-height:1.25;font-weight:bold;";
        styles.put("h1", heading + "font-size:26px;margin:0 0 16px");
        styles.put("h2", heading + "font-size:20px;margin:28px 0 10px");
        styles.put("h3", heading + "font-size:17px;margin:24px 0 8px");
        styles.put("p", "margin:0 0 16px");
        styles.put("ul", "margin:0 0 16px;padding-left:24px");
        styles.put("ol", "margin:0 0 16px;padding-left:24px");
        styles.put("li", "margin:0 0 6px");
        styles.put("a", "color:" + heading() + ";text-decoration:underline");
        styles.put(
                "blockquote",
                "margin:0 0 16px;padding:10px 0 1px 16px;border-left:4px solid " + accent.css() + ";color:#444b57");
        styles.put("hr", "border:0;border-top:1px solid #d9dde3;margin:28px 0");
    }

    @Nullable
    String style(String tag) {
        return styles.get(tag);
    }

    private String heading() {
        return primary.readableOn(Colour.WHITE).css();
    }

    String html(Parts parts) {
        Map<String, Object> fields = new HashMap<>();
        Identity identity = setting.identity();
        fields.put("lang", words.locale().toLanguageTag());
        fields.put("title", parts.title());
        fields.put("preheader", parts.preheader());
        fields.put("body", parts.body().html());
        fields.put("institution", Escaping.html(fixed(identity.name())));
        fields.put("address", Escaping.html(fixed(identity.postalAddress())));
        fields.put("email", Escaping.html(fixed(identity.email())));
        fields.put("website", identity.website() == null ? "" : Escaping.html(fixed(identity.website())));
        fields.put("notice", Escaping.html(fixed(identity.dataProtectionNotice())));
        fields.put("primary", primary.css());
        fields.put("heading", heading());
        fields.put("accent", accent.css());
        fields.put("onAccent", accent.text().css());
        fields.put("tint", primary.mixedWith(Colour.WHITE, 0.93).css());
        logo(identity, fields);
        event(fields);
        Action action = parts.action();
        fields.put("hasAction", action != null);
        if (action != null) {
            fields.put("actionLabel", CompiledText.markedForHtml(action.label()));
            fields.put("actionUrl", CompiledText.url(action.url()));
        }
        int unsubscribe = unsubscribe();
        fields.put(
                "unsubscribe",
                CompiledText.ifUrl(
                        unsubscribe,
                        "<p style=\"margin:0\"><a href=\"" + CompiledText.url(unsubscribe)
                                + "\" style=\"color:#4a5160;text-decoration:underline\">"
                                + Escaping.html(words.get("email.unsubscribe")) + "</a></p>"));
        fields.put("writeTo", Escaping.html(words.get("email.writeTo")));
        return Mustache.compiler()
                .escapeHTML(false)
                .compile(LayoutFile.read("email.html"))
                .execute(fields);
    }

    private static void logo(Identity identity, Map<String, Object> fields) {
        InlineImage logo = identity.logo();
        fields.put("hasLogo", logo != null);
        if (logo != null) {
            fields.put("logoId", Escaping.html(fixed(logo.contentId())));
            ImageSize size = ImageSize.of(logo)
                    .map(full -> full.within(LOGO_WIDTH, LOGO_HEIGHT))
                    .orElse(new ImageSize(LOGO_HEIGHT, LOGO_HEIGHT));
            fields.put("logoHeight", size.height());
            fields.put("logoWidth", size.width());
        }
    }

    private void event(Map<String, Object> fields) {
        PublicEvent event = setting.event();
        fields.put("hasEvent", event != null);
        if (event != null) {
            fields.put("eventName", Escaping.html(fixed(event.name())));
            fields.put(
                    "rows",
                    rows(event).stream()
                            .map(row -> Map.of(
                                    "label", Escaping.html(row.label()), "value", Escaping.html(fixed(row.value()))))
                            .toList());
            fields.put("eventLink", event.link() == null ? "" : Escaping.html(fixed(event.link())));
            fields.put("eventLinkLabel", Escaping.html(words.get("event.link")));
        }
    }

    private List<Row> rows(PublicEvent event) {
        EventWords dates = new EventWords(words);
        List<Row> rows = new ArrayList<>();
        rows.add(new Row(words.get("event.date"), dates.date(event.start())));
        rows.add(new Row(words.get("event.time"), dates.hours(event)));
        rows.add(new Row(words.get("event.place"), event.place()));
        return rows;
    }

    /** The plain-text part: the same content, for readers of text and for filters that compare both parts. */
    String text(Parts parts) {
        StringBuilder text = new StringBuilder(parts.body().text());
        Action action = parts.action();
        if (action != null) {
            text.append(CompiledText.ifUrl(
                    action.url(),
                    CompiledText.marked(action.label()) + ": " + CompiledText.url(action.url()) + "\n\n"));
        }
        PublicEvent event = setting.event();
        if (event != null) {
            text.append(fixed(event.name())).append('\n');
            rows(event).forEach(row -> text.append(row.label())
                    .append(": ")
                    .append(fixed(row.value()))
                    .append('\n'));
            if (event.link() != null) {
                text.append(words.get("event.link"))
                        .append(": ")
                        .append(fixed(event.link()))
                        .append('\n');
            }
            text.append('\n');
        }
        Identity identity = setting.identity();
        text.append("--\n").append(fixed(identity.name())).append('\n');
        text.append(fixed(identity.postalAddress())).append('\n');
        text.append(words.get("email.writeTo"))
                .append(' ')
                .append(fixed(identity.email()))
                .append('\n');
        if (identity.website() != null) {
            text.append(fixed(identity.website())).append('\n');
        }
        text.append('\n').append(fixed(identity.dataProtectionNotice())).append('\n');
        int unsubscribe = unsubscribe();
        text.append('\n')
                .append(CompiledText.ifUrl(
                        unsubscribe, words.get("email.unsubscribe") + ": " + CompiledText.url(unsubscribe)));
        return text.toString();
    }

    private int unsubscribe() {
        return vocabulary.add(new UrlTemplate(List.of(new TemplateText.Variable(Vocabulary.UNSUBSCRIBE_LINK, 1))));
    }

    private static String fixed(String text) {
        return CompiledText.withoutMarks(text);
    }
}
