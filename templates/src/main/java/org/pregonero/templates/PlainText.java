package org.pregonero.templates;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A field without any formatting, in which addresses stand as they are typed. They are found, so that they can be counted. */
final class PlainText {

    private static final Pattern ADDRESS = Pattern.compile("(?i)\\bhttps?://[^\\s<>\"«»]+");
    private static final Pattern REST_OF_ADDRESS = Pattern.compile("[^\\s<>\"«»]*");
    /** Belongs to the sentence and not to the address before it. */
    private static final Pattern SENTENCE = Pattern.compile("[.,;:!?)\\]'”’]+$");

    private final Vocabulary vocabulary;
    private final StringBuilder marked = new StringBuilder();
    /** The address under way, which goes on in the next token; else null. */
    private @Nullable List<TemplateText.Token> address;

    private PlainText(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** @throws InvalidTemplateException when there is no text, or it is not a valid template */
    static CompiledText compile(String field, @Nullable String source, Vocabulary vocabulary) {
        return compile(vocabulary.learn(TemplateText.required(field, source, vocabulary.words())), vocabulary);
    }

    /** @param text whose names the vocabulary knows */
    static CompiledText compile(TemplateText text, Vocabulary vocabulary) {
        PlainText plain = new PlainText(vocabulary);
        text.tokens().forEach(token -> plain.take(text.field(), token));
        plain.endAddress(text.field(), "");
        return CompiledText.plain(plain.marked.toString(), vocabulary.words());
    }

    private void take(String field, TemplateText.Token token) {
        if (token instanceof TemplateText.Text part) {
            text(field, part.text());
        } else if (token instanceof TemplateText.Variable variable) {
            if (address != null) {
                address.add(variable);
            } else if (alwaysAnAddress(variable.name())) {
                link(field, List.of(variable));
            } else {
                marked.append(CompiledText.value(variable.name()));
            }
        } else {
            endAddress(field, "");
            marked.append(
                    token instanceof TemplateText.Open open
                            ? CompiledText.open(open)
                            : CompiledText.close((TemplateText.Close) token));
        }
    }

    private void text(String field, String text) {
        int position = 0;
        if (address != null) {
            Matcher rest = REST_OF_ADDRESS.matcher(text);
            position = rest.lookingAt() ? rest.end() : 0;
            if (position == text.length()) {
                address.add(new TemplateText.Text(text));
                return;
            }
            endAddress(field, text.substring(0, position));
        }
        Matcher found = ADDRESS.matcher(text);
        while (found.find(position)) {
            marked.append(text, position, found.start());
            position = found.end();
            address = new ArrayList<>();
            if (position == text.length()) {
                address.add(new TemplateText.Text(found.group()));
                return;
            }
            endAddress(field, found.group());
        }
        marked.append(text, position, text.length());
    }

    /** @param end the address's last part */
    private void endAddress(String field, String end) {
        if (address == null) {
            return;
        }
        List<TemplateText.Token> parts = address;
        address = null;
        String last = end;
        if (last.isEmpty() && parts.get(parts.size() - 1) instanceof TemplateText.Text text) {
            parts.remove(parts.size() - 1);
            last = text.text();
        }
        Matcher sentence = SENTENCE.matcher(last);
        int length = sentence.find() ? sentence.start() : last.length();
        if (length > 0) {
            parts.add(new TemplateText.Text(last.substring(0, length)));
        }
        link(field, parts);
        marked.append(last, length, last.length());
    }

    private void link(String field, List<TemplateText.Token> parts) {
        TemplateText url = new TemplateText(field, parts);
        marked.append(CompiledText.url(vocabulary.add(UrlTemplate.of(url, vocabulary.words()))));
    }

    private boolean alwaysAnAddress(String name) {
        return (name.startsWith("institucion.") || name.startsWith("evento."))
                && ADDRESS.matcher(vocabulary.value(name, Map.of())).matches();
    }
}
