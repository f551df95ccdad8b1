package org.pregonero.templates;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A WhatsApp message as the office wrote it: a template that WhatsApp has approved, or a free text, which WhatsApp lets
 * through only within 24 hours of the person's own last message. One of the two, and not both.
 *
 * @param text may contain placeholders; addresses that begin with http can be counted
 */
public record WhatsAppContent(
        @Nullable Template template, @Nullable String text) implements MessageContent {

    /**
     * A text that WhatsApp has approved.
     *
     * @param contentSid how the provider names it, {@code HX…}
     * @param body as approved, with variables such as {@code {{1}}}; what a preview shows, and what the variables are
     *     checked against
     * @param variables what stands for each, by number; may contain placeholders
     */
    public record Template(String contentSid, String body, Map<String, String> variables) {

        @SuppressWarnings("ConstantValue") // JSON may leave it out
        public Template {
            variables = variables == null ? Map.of() : Map.copyOf(variables);
        }
    }

    private static final Pattern CONTENT_SID = Pattern.compile("HX[0-9a-fA-F]{32}");
    private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*([1-9][0-9]{0,2})\\s*}}");
    /** WhatsApp refuses line breaks, tabs and more than four spaces in a row in the value of a variable. */
    private static final Pattern GAP = Pattern.compile("[\\s\\p{Z}\\p{Cntrl}]+");

    @Override
    public CompiledContent compile(Setting setting) {
        Words words = Words.in(setting.locale());
        Vocabulary vocabulary = new Vocabulary(setting, words);
        boolean free = text != null && !text.isBlank();
        if (template == null) {
            return new FreeText(
                    vocabulary, PlainText.compile("body", text, vocabulary), words.get("note.whatsappFreeText"));
        }
        if (free) {
            throw words.invalid("error.whatsappBoth");
        }
        return Approved.of(template, vocabulary);
    }

    private static String composed(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    private record FreeText(Vocabulary vocabulary, CompiledText text, String note) implements OfVocabulary {

        @Override
        public List<String> notes() {
            return List.of(note);
        }

        @Override
        public RenderedWhatsApp render(Map<String, String> values) {
            return new RenderedWhatsApp(
                    null,
                    Map.of(),
                    composed(text.render(vocabulary.scope(values))).strip());
        }
    }

    /**
     * @param names what the office's text for a variable refers to
     */
    private record Value(CompiledText text, Set<String> names) {

        String render(Scope scope) {
            return GAP.matcher(composed(text.render(scope))).replaceAll(" ").strip();
        }
    }

    private record Approved(Vocabulary vocabulary, String contentSid, String body, Map<String, Value> variables)
            implements OfVocabulary {

        @SuppressWarnings("ConstantValue") // JSON may leave fields out
        static Approved of(Template template, Vocabulary vocabulary) {
            Words words = vocabulary.words();
            if (template.contentSid() == null
                    || !CONTENT_SID.matcher(template.contentSid().strip()).matches()) {
                throw words.invalid("error.whatsappSid");
            }
            if (template.body() == null || template.body().isBlank()) {
                throw words.invalid("error.emptyField", words.get("field.whatsappBody"));
            }
            Set<String> inBody = variablesOf(template.body(), words);
            Map<String, Value> variables = new TreeMap<>();
            for (String number : inBody) {
                String source = template.variables().get(number);
                if (source == null || source.isBlank()) {
                    throw words.invalid("error.whatsappUnmapped", number);
                }
                TemplateText parsed = vocabulary.learn(TemplateText.parse("whatsappVariable", source, words));
                variables.put(number, new Value(PlainText.compile(parsed, vocabulary), names(parsed)));
            }
            template.variables().keySet().stream()
                    .filter(number -> !inBody.contains(number))
                    .sorted()
                    .findFirst()
                    .ifPresent(number -> {
                        throw words.invalid("error.whatsappUnused", number);
                    });
            return new Approved(vocabulary, template.contentSid().strip(), template.body(), variables);
        }

        private static Set<String> variablesOf(String body, Words words) {
            Set<String> numbers = new TreeSet<>();
            Matcher variable = VARIABLE.matcher(body);
            while (variable.find()) {
                numbers.add(variable.group(1));
            }
            String rest = VARIABLE.matcher(body).replaceAll("");
            if (rest.contains("{{") || rest.contains("}}")) {
                throw words.invalid("error.whatsappBody");
            }
            return numbers;
        }

        private static Set<String> names(TemplateText text) {
            Set<String> names = new TreeSet<>();
            for (TemplateText.Token token : text.tokens()) {
                if (token instanceof TemplateText.Variable variable) {
                    names.add(variable.name());
                } else if (token instanceof TemplateText.Open open) {
                    names.add(open.name());
                }
            }
            return names;
        }

        /** WhatsApp refuses an empty value, even one that the office made optional. */
        @Override
        public Set<String> missing(Map<String, String> values) {
            Set<String> missing = new TreeSet<>(vocabulary.missing(values));
            Scope scope = new Scope(vocabulary, values);
            for (Value variable : variables.values()) {
                if (variable.render(scope).isEmpty()) {
                    variable.names().stream().filter(name -> !scope.has(name)).forEach(missing::add);
                }
            }
            return missing;
        }

        @Override
        public RenderedWhatsApp render(Map<String, String> values) {
            Set<String> missing = missing(values);
            if (!missing.isEmpty()) {
                throw new MissingValueException(missing);
            }
            Scope scope = vocabulary.scope(values);
            Map<String, String> rendered = new TreeMap<>();
            variables.forEach((number, value) -> rendered.put(number, value.render(scope)));
            List<String> pieces = new ArrayList<>();
            Matcher variable = VARIABLE.matcher(body);
            int position = 0;
            while (variable.find()) {
                pieces.add(body.substring(position, variable.start()));
                pieces.add(rendered.getOrDefault(variable.group(1), ""));
                position = variable.end();
            }
            pieces.add(body.substring(position));
            return new RenderedWhatsApp(contentSid, rendered, composed(String.join("", pieces)));
        }
    }
}
