package org.pregonero.templates;

import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A post of any network. Everybody reads the same, so nothing of a recipient may be in it.
 *
 * @param link number of the link, or null
 * @param linkApart whether the link is given to the network beside the text, and not as its last line
 */
record CompiledPost(
        Vocabulary vocabulary,
        CompiledText text,
        @Nullable Integer link,
        @Nullable PostPicture picture,
        boolean linkApart,
        List<String> notes)
        implements OfVocabulary {

    static CompiledPost of(
            Setting setting, String text, @Nullable String link, @Nullable PostPicture picture, boolean linkApart) {
        Words words = Words.in(setting.locale());
        Vocabulary vocabulary = new Vocabulary(setting, words);
        if (picture != null) {
            picture.check(words);
        }
        CompiledText compiled = CompiledText.plain(
                CompiledText.marked(vocabulary.learn(impersonal(TemplateText.required("post", text, words), words))),
                words);
        Integer address = link == null || link.isBlank()
                ? null
                : vocabulary.add(UrlTemplate.of(
                        vocabulary.learn(impersonal(TemplateText.parse("postLink", link.strip(), words), words)),
                        words));
        if (address != null && !vocabulary.links().containsKey(address)) {
            throw words.invalid("error.postLink");
        }
        return new CompiledPost(vocabulary, compiled, address, picture, linkApart, List.of());
    }

    CompiledPost withNote(String note) {
        return new CompiledPost(vocabulary, text, link, picture, linkApart, List.of(note));
    }

    private static TemplateText impersonal(TemplateText text, Words words) {
        for (TemplateText.Token token : text.tokens()) {
            if (token instanceof TemplateText.Variable variable) {
                demandImpersonal(text.field(), variable.line(), variable.name(), words);
            } else if (token instanceof TemplateText.Open open) {
                demandImpersonal(text.field(), open.line(), open.name(), words);
            }
        }
        return text;
    }

    private static void demandImpersonal(String field, int line, String name, Words words) {
        if (!name.startsWith("institucion.") && !name.startsWith("evento.")) {
            throw words.invalidAt(field, line, "error.personalInPost", name);
        }
    }

    @Override
    public RenderedPost render(Map<String, String> values) {
        Scope scope = vocabulary.scope(values);
        // Networks count and compare the composed form.
        String written =
                Normalizer.normalize(text.render(scope), Normalizer.Form.NFC).strip();
        String address = link == null ? null : scope.url(link);
        return address == null || linkApart
                ? new RenderedPost(written, address, picture)
                : new RenderedPost(written + "\n" + address, null, picture);
    }
}
