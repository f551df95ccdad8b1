package org.pregonero.templates;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What people of the institution do on a medium that no program can reach: a task. Its texts may contain placeholders of
 * institution and event, and {@code lugar}: the station, the newspaper, the corner.
 *
 * @param what is to be done, in one line
 * @param script what is read aloud or printed, or null
 * @param piece link to the file to print or to hand over: http or https, or null
 * @param instructions whatever else the responsible people must know, or null
 * @param responsible who does it; at least one
 */
public record ByHandContent(
        Medium medium,
        String what,
        @Nullable String script,
        @Nullable String piece,
        @Nullable String instructions,
        List<Responsible> responsible)
        implements MessageContent {

    private static final Pattern EMAIL = Pattern.compile("[^\\s@<>\",;]{1,64}@[^\\s@<>\",;]+\\.[^\\s@<>\",;.]+");
    private static final Pattern WORD = Pattern.compile("\\S*[\\p{L}\\p{N}]\\S*");

    /**
     * The pace of an announcer who is understood: 75 words in 30 seconds, 150 in a minute. Voice talent of English-speaking
     * radio plans with it (killerspots.com, "How long is a 30-second script?"; seancaldwell.com/wordcount). Spanish words
     * are a little longer and numbers are read out, so that a script is to be read aloud once before it is booked.
     */
    static final int WORDS_PER_MINUTE = 150;

    /** Kinds of media. */
    public enum Medium {
        RADIO,
        TELEVISION,
        PRESS,
        /** A banner to be hung. */
        BANNER,
        /** A piece to be placed on a notice board. */
        NOTICE_BOARD,
        OTHER
    }

    /** A person who does the task, with the address for the reminder. */
    public record Responsible(String name, String email) {

        /** Without name and address, which must not reach a log. */
        @Override
        public String toString() {
            return "Responsible[]";
        }
    }

    @SuppressWarnings("ConstantValue") // JSON may leave the list out
    public ByHandContent {
        responsible = responsible == null ? List.of() : List.copyOf(responsible);
    }

    @Override
    @SuppressWarnings("ConstantValue") // JSON may leave the medium and parts of a person out
    public CompiledContent compile(Setting setting) {
        Words words = Words.in(setting.locale());
        if (medium == null) {
            throw words.invalid("error.emptyField", words.get("field.medium"));
        }
        if (responsible.isEmpty()
                || responsible.stream()
                        .anyMatch(
                                person -> person.name() == null || person.name().isBlank())) {
            throw words.invalid("error.responsible");
        }
        responsible.stream()
                .map(person -> String.valueOf(person.email()))
                .filter(email -> !EMAIL.matcher(email).matches())
                .findFirst()
                .ifPresent(email -> {
                    throw words.invalid("error.responsibleEmail", email);
                });
        Vocabulary vocabulary = new Vocabulary(setting, words);
        return new Compiled(
                this,
                vocabulary,
                CompiledText.oneLine(
                        CompiledText.marked(vocabulary.learn(TemplateText.required("what", what, words))), words),
                optional("script", script, vocabulary),
                piece == null || piece.isBlank()
                        ? null
                        : UrlTemplate.of(parsed("piece", piece.strip(), vocabulary), words),
                optional("instructions", instructions, vocabulary));
    }

    private static TemplateText parsed(String field, String source, Vocabulary vocabulary) {
        return vocabulary.learn(TemplateText.parse(field, source, vocabulary.words()));
    }

    private static @Nullable CompiledText optional(String field, @Nullable String source, Vocabulary vocabulary) {
        return source == null || source.isBlank()
                ? null
                : CompiledText.plain(CompiledText.marked(parsed(field, source, vocabulary)), vocabulary.words());
    }

    /** How long it takes to read a text aloud, in whole seconds. */
    static int seconds(String text) {
        long count = WORD.matcher(text).results().count();
        return Math.toIntExact((count * 60 + WORDS_PER_MINUTE - 1) / WORDS_PER_MINUTE);
    }

    private record Compiled(
            ByHandContent content,
            Vocabulary vocabulary,
            CompiledText what,
            @Nullable CompiledText script,
            @Nullable UrlTemplate piece,
            @Nullable CompiledText instructions)
            implements OfVocabulary {

        @Override
        public Map<Integer, String> links() {
            return Map.of();
        }

        @Override
        public RenderedTask render(Map<String, String> values) {
            Scope scope = vocabulary.scope(values);
            String spoken = script == null ? null : script.render(scope).strip();
            return new RenderedTask(
                    content.medium(),
                    what.render(scope).strip(),
                    spoken,
                    spoken == null ? null : seconds(spoken),
                    Optional.ofNullable(piece)
                            .map(url -> url.resolve(scope))
                            .filter(url -> url.startsWith("http"))
                            .orElse(null),
                    Optional.ofNullable(instructions)
                            .map(text -> text.render(scope).strip())
                            .orElse(null),
                    content.responsible());
        }
    }
}
