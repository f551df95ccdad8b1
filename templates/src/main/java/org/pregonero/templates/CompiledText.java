package org.pregonero.templates;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;

/**
 * A text made ready for the template engine.
 *
 * <p>Tags are written with two private-use characters as delimiters instead of braces, after those characters were taken
 * out of everything a person wrote. So nothing but our own tags can be read as one: not a brace that Markdown unescapes,
 * not the name of an institution, not a value.
 */
final class CompiledText {

    static final char VALUE = 'v';
    static final char SECTION = 's';
    static final char URL = 'u';
    static final char URL_SECTION = 'k';

    private static final char START = '\uE000';
    private static final char END = '\uE001';

    private final Template template;

    private CompiledText(Template template) {
        this.template = template;
    }

    /** Values are escaped for use in HTML content and attributes. */
    static CompiledText html(String marked, Words words) {
        return compile(marked, Escaping::html, words);
    }

    /** Values stay as they are. */
    static CompiledText plain(String marked, Words words) {
        return compile(marked, value -> value, words);
    }

    /** Values cannot begin a new line: what a mail header needs. */
    static CompiledText oneLine(String marked, Words words) {
        return compile(Escaping.oneLine(marked), Escaping::oneLine, words);
    }

    private static CompiledText compile(String marked, Mustache.Escaper escaper, Words words) {
        try {
            return new CompiledText(Mustache.compiler()
                    .withDelims(START + " " + END)
                    .withEscaper(escaper)
                    .withLoader(name -> {
                        throw new IllegalStateException("Partials are not supported");
                    })
                    .compile(marked));
        } catch (MustacheException e) {
            throw new InvalidTemplateException(words.get("error.brokenSection"), e);
        }
    }

    String render(Scope scope) {
        return template.execute(scope);
    }

    static String withoutMarks(String text) {
        return text.indexOf(START) < 0 && text.indexOf(END) < 0
                ? text
                : text.replace(String.valueOf(START), "").replace(String.valueOf(END), "");
    }

    static String tag(String inside) {
        return START + inside + END;
    }

    static String value(String name) {
        return tag(VALUE + name);
    }

    static String open(TemplateText.Open open) {
        return tag((open.inverted() ? "^" : "#") + SECTION + open.name());
    }

    static String close(TemplateText.Close close) {
        return tag("/" + SECTION + close.name());
    }

    static String url(int index) {
        return tag(URL + Integer.toString(index));
    }

    /** The content only when the address of that index is one that may be followed. */
    static String ifUrl(int index, String content) {
        return tag("#" + URL_SECTION + index) + content + tag("/" + URL_SECTION + index);
    }

    /** The content only when the value is there. */
    static String ifValue(String name, String content) {
        return tag("#" + SECTION + name) + content + tag("/" + SECTION + name);
    }

    /** A field without Markdown. */
    static String marked(TemplateText text) {
        StringBuilder marked = new StringBuilder();
        for (TemplateText.Token token : text.tokens()) {
            if (token instanceof TemplateText.Text part) {
                marked.append(part.text());
            } else if (token instanceof TemplateText.Variable variable) {
                marked.append(value(variable.name()));
            } else if (token instanceof TemplateText.Open open) {
                marked.append(open(open));
            } else if (token instanceof TemplateText.Close close) {
                marked.append(close(close));
            }
        }
        return marked.toString();
    }

    /** A field without Markdown whose literal parts go into HTML. */
    static String markedForHtml(TemplateText text) {
        return marked(new TemplateText(
                text.field(),
                text.tokens().stream()
                        .map(token -> token instanceof TemplateText.Text part
                                ? new TemplateText.Text(Escaping.html(part.text()))
                                : token)
                        .toList()));
    }
}
