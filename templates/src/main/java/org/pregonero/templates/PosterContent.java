package org.pregonero.templates;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A printed piece, or a picture for screens, as the office wrote it. Headline, body, call to action and link may contain
 * placeholders. Characters that the posters' typeface does not have, such as emoji, are left out.
 *
 * @param layout of posters and flyers; the other pieces have one arrangement each
 * @param headline what is read from across the street
 * @param body Markdown; links keep their label only; a street banner does without it
 * @param callToAction stands beside the QR code, except on a street banner, or null
 * @param link where the QR code leads: http, https or mailto; or null for a poster without one
 */
public record PosterContent(
        Paper paper,
        PosterLayout layout,
        String headline,
        String body,
        @Nullable String callToAction,
        @Nullable String link)
        implements MessageContent {

    private static final Pattern NOT_PORTABLE = Pattern.compile("[^a-z0-9]+");
    /** The page layout may break a line between bold text and the full stop after it; so the stop becomes bold. */
    private static final Pattern PUNCTUATION_AFTER_STYLE = Pattern.compile("(</(?:strong|em)>)([.,;:!?)]+)");

    private static final int LONGEST_SLUG = 40;

    @Override
    public CompiledContent compile(Setting setting) {
        Words words = Words.in(setting.locale());
        Vocabulary vocabulary = new Vocabulary(setting, words);
        TemplateText title = vocabulary.learn(TemplateText.required("headline", headline, words));
        TemplateText text = vocabulary.learn(TemplateText.required("body", body, words));
        PosterFont font = new PosterFont();
        return new Compiled(
                vocabulary,
                new PosterPress(paper, layout, setting, words, font),
                CompiledText.oneLine(CompiledText.marked(title), words),
                CompiledText.html(
                        MarkdownBody.compile(text, vocabulary, tag -> null, false)
                                .html(),
                        words),
                callToAction == null || callToAction.isBlank()
                        ? null
                        : CompiledText.oneLine(
                                CompiledText.marked(
                                        vocabulary.learn(TemplateText.required("callToAction", callToAction, words))),
                                words),
                link == null || link.isBlank()
                        ? null
                        : vocabulary.add(UrlTemplate.of(
                                vocabulary.learn(TemplateText.required("link", link.strip(), words)), words)),
                font);
    }

    private record Compiled(
            Vocabulary vocabulary,
            PosterPress press,
            CompiledText headline,
            CompiledText body,
            @Nullable CompiledText callToAction,
            @Nullable Integer link,
            PosterFont font)
            implements MailMerge, OfVocabulary {

        @Override
        public RenderedPoster render(Map<String, String> values) {
            Scope scope = vocabulary.scope(values);
            Piece piece = piece(scope);
            byte[] bytes = press.printed(piece.headline(), List.of(piece));
            return new RenderedPoster(
                    piece.headline(),
                    fileName(piece.headline(), scope.value(Vocabulary.PLACE)),
                    press.paper().picture() ? "image/png" : "application/pdf",
                    bytes);
        }

        @Override
        public RenderedPoster merged(String title, List<Map<String, String>> people) {
            Paper paper = press.paper();
            if (paper.picture() || !Sheet.of(paper).onePage()) {
                throw vocabulary
                        .words()
                        .invalid("error.notPersonal", vocabulary.words().get("paper." + paper.name()));
            }
            List<Piece> pieces = people.stream()
                    .map(values -> piece(vocabulary.scope(values)))
                    .toList();
            return new RenderedPoster(
                    title,
                    slug(vocabulary.words().get("poster.invitations") + " " + title) + ".pdf",
                    "application/pdf",
                    press.printed(title, pieces));
        }

        private Piece piece(Scope scope) {
            return new Piece(
                    written(headline, scope),
                    PUNCTUATION_AFTER_STYLE.matcher(written(body, scope)).replaceAll("$2$1"),
                    callToAction == null ? "" : written(callToAction, scope),
                    link == null ? "" : address(link, scope),
                    link == null ? "" : WebAddress.typed(vocabulary.url(link).resolve(scope)));
        }

        private String written(CompiledText text, Scope scope) {
            return font.writable(Normalizer.normalize(text.render(scope), Normalizer.Form.NFC))
                    .strip();
        }

        private String address(int index, Scope scope) {
            Words words = vocabulary.words();
            String address = scope.url(index);
            if (address.isEmpty()) {
                throw words.invalid("error.qrLink");
            }
            if (address.length() > QrCode.LONGEST) {
                throw words.invalid("error.qrTooLong", address.length(), QrCode.LONGEST);
            }
            return address;
        }

        private String fileName(String title, String place) {
            Words words = vocabulary.words();
            return Stream.of(words.get("paper.file." + press.paper().name()), slug(title), slug(place))
                            .filter(Predicate.not(String::isEmpty))
                            .collect(Collectors.joining("-"))
                    + (press.paper().picture() ? ".png" : ".pdf");
        }

        private static String slug(String text) {
            String plain = Normalizer.normalize(text, Normalizer.Form.NFD)
                    .replaceAll("\\p{M}+", "")
                    .toLowerCase(Locale.ROOT);
            String slug = NOT_PORTABLE.matcher(plain).replaceAll("-");
            return slug.substring(0, Math.min(LONGEST_SLUG, slug.length())).replaceAll("^-+|-+$", "");
        }
    }
}
