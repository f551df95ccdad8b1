package org.pregonero.templates;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One field of the content, cut into text, placeholders and sections.
 *
 * <p>The dialect is the part of Mustache that cannot do harm: {@code {{name}}}, {@code {{#name}}…{{/name}}},
 * {@code {{^name}}…{{/name}}} and comments. Partials, changes of delimiters and unescaped values are refused.
 */
record TemplateText(String field, List<Token> tokens) {

    sealed interface Token {}

    record Text(String text) implements Token {}

    record Variable(String name, int line) implements Token {}

    /**
     * The beginning of a section.
     *
     * @param pair ties it to its {@link Close}
     */
    record Open(String name, boolean inverted, int pair, int line, boolean alone) implements Token {}

    /**
     * The end of a section.
     *
     * @param alone whether the tag has a line to itself
     */
    record Close(String name, int pair, int line, boolean alone) implements Token {}

    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_-]*(\\.[\\p{L}\\p{N}_-]+)*");

    TemplateText {
        tokens = List.copyOf(tokens);
    }

    /** @throws InvalidTemplateException naming the field, the line and the tag */
    static TemplateText parse(String field, String source, Words words) {
        return new Parser(field, CompiledText.withoutMarks(source), words).parse();
    }

    /**
     * The same for a field that has to say something.
     *
     * @param source null where JSON leaves it out
     */
    static TemplateText required(String field, @Nullable String source, Words words) {
        if (source == null || source.isBlank()) {
            throw words.invalid("error.emptyField", words.get("field." + field));
        }
        return parse(field, source, words);
    }

    private static final class Parser {

        private final String field;
        private final String source;
        private final Words words;
        private final List<Token> tokens = new ArrayList<>();
        private final Deque<Open> open = new ArrayDeque<>();
        private int line = 1;
        private int pairs;

        Parser(String field, String source, Words words) {
            this.field = field;
            this.source = source;
            this.words = words;
        }

        TemplateText parse() {
            int position = 0;
            for (int start = source.indexOf("{{"); start >= 0; start = source.indexOf("{{", position)) {
                text(position, start);
                if (source.startsWith("{{{", start)) {
                    throw error("error.unescaped", "{{{");
                }
                int end = source.indexOf("}}", start);
                if (end < 0) {
                    throw error("error.unclosedTag", excerpt(start));
                }
                tag(source.substring(start + 2, end), start, end + 2);
                position = end + 2;
            }
            text(position, source.length());
            if (!open.isEmpty()) {
                Open last = open.pop();
                throw words.invalidAt(field, last.line(), "error.unclosedSection", shown(last), last.name());
            }
            return new TemplateText(field, tokens);
        }

        private void text(int from, int to) {
            if (from < to) {
                String text = source.substring(from, to);
                tokens.add(new Text(text));
                line += (int) text.chars().filter(c -> c == '\n').count();
            }
        }

        private void tag(String inside, int start, int end) {
            String trimmed = inside.strip();
            char kind = trimmed.isEmpty() ? ' ' : trimmed.charAt(0);
            switch (kind) {
                case '#', '^' -> {
                    Open section = new Open(name(trimmed.substring(1)), kind == '^', pairs++, line, alone(start, end));
                    open.push(section);
                    tokens.add(section);
                }
                case '/' -> close(name(trimmed.substring(1)), alone(start, end));
                case '!' -> {}
                case '&' -> throw error("error.unescaped", "{{&");
                case '>', '<', '$', '=' -> throw error("error.unsupported", "{{" + kind);
                default -> tokens.add(new Variable(name(trimmed), line));
            }
            line += (int) inside.chars().filter(c -> c == '\n').count();
        }

        private void close(String name, boolean alone) {
            if (open.isEmpty()) {
                throw error("error.unopenedSection", name);
            }
            Open section = open.pop();
            if (!section.name().equals(name)) {
                throw error("error.crossedSections", name, section.name());
            }
            if (alone != section.alone()) {
                // Half a block: both tags stay where they are in the text.
                tokens.replaceAll(token -> token.equals(section)
                        ? new Open(section.name(), section.inverted(), section.pair(), section.line(), false)
                        : token);
            }
            tokens.add(new Close(name, section.pair(), line, alone && section.alone()));
        }

        private String name(String raw) {
            String name = raw.strip();
            if (!NAME.matcher(name).matches()) {
                throw error("error.badName", name);
            }
            return name;
        }

        private boolean alone(int start, int end) {
            int from = source.lastIndexOf('\n', start - 1) + 1;
            int to = source.indexOf('\n', end);
            return source.substring(Math.min(from, start), start).isBlank()
                    && source.substring(end, to < 0 ? source.length() : to).isBlank();
        }

        private String excerpt(int start) {
            return source.substring(start, Math.min(source.length(), start + 20))
                    .strip();
        }

        private static String shown(Open section) {
            return "{{" + (section.inverted() ? "^" : "#") + section.name() + "}}";
        }

        private InvalidTemplateException error(String key, Object... arguments) {
            return words.invalidAt(field, line, key, arguments);
        }
    }
}
