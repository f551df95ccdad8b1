package org.pregonero.templates;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A text message as the office wrote it.
 *
 * @param text may contain placeholders; addresses that begin with http can be counted
 */
public record SmsContent(String text) implements MessageContent {

    /** Twilio, error 21617. */
    private static final int LONGEST = 1600;

    /** What stands for a person's data while nobody in particular is written to. */
    private static final String SOMETHING = "Ana Ruiz M";

    /** About as long as the addresses that count clicks. */
    private static final String SOME_LINK = "https://avisos.entidad.gov.co/i/" + "0".repeat(36) + "/";

    @Override
    public CompiledContent compile(Setting setting) {
        Words words = Words.in(setting.locale());
        Vocabulary vocabulary = new Vocabulary(setting, words);
        Compiled compiled = new Compiled(vocabulary, PlainText.compile("body", text, vocabulary), words);
        int least = compiled.with("-", "-").text().length();
        if (least > LONGEST) {
            throw words.invalid("error.smsTooLong", least, LONGEST);
        }
        return compiled;
    }

    private record Compiled(Vocabulary vocabulary, CompiledText text, Words words) implements OfVocabulary {

        /** The price, which nobody sees in the text itself. */
        @Override
        public List<String> notes() {
            SmsSegments price = with(SOMETHING, SOME_LINK).segments();
            String parts = words.get("note.sms", price.segments(), price.units());
            return price.costly().isEmpty()
                    ? List.of(parts)
                    : List.of(parts, words.get("note.smsCostly", String.join(" ", price.costly())));
        }

        private RenderedSms with(String data, String link) {
            Map<String, String> somebody = new HashMap<>();
            placeholders().forEach(name -> somebody.put(name, data));
            somebody.put(Vocabulary.TRACKING, link);
            return render(somebody);
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
