package org.pregonero.templates;

import java.text.Normalizer;
import java.util.Map;
import java.util.Set;

/**
 * A text message as the office wrote it.
 *
 * @param text may contain placeholders; addresses that begin with http can be counted
 */
public record SmsContent(String text) implements MessageContent {

    @Override
    public CompiledContent compile(Setting setting) {
        Words words = Words.in(setting.locale());
        Vocabulary vocabulary = new Vocabulary(setting, words);
        return new Compiled(vocabulary, PlainText.compile("body", text, vocabulary));
    }

    private record Compiled(Vocabulary vocabulary, CompiledText text) implements CompiledContent {

        @Override
        public Set<String> placeholders() {
            return vocabulary.placeholders();
        }

        @Override
        public Map<Integer, String> links() {
            return vocabulary.links();
        }

        @Override
        public Set<String> missing(Map<String, String> values) {
            return vocabulary.missing(values);
        }

        /** Composed characters: an "ñ" written as two characters would cost the whole message its cheap encoding. */
        @Override
        public RenderedSms render(Map<String, String> values) {
            String rendered =
                    text.render(vocabulary.scope(values)).replace("\r\n", "\n").strip();
            return new RenderedSms(Normalizer.normalize(rendered, Normalizer.Form.NFC));
        }
    }
}
