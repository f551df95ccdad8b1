package org.pregonero.templates;

import com.openhtmltopdf.extend.FSStream;
import com.openhtmltopdf.extend.FSStreamFactory;
import com.openhtmltopdf.extend.FSUriResolver;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.PageSizeUnits;
import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.render.Box;
import com.openhtmltopdf.svgsupport.BatikSVGDrawer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * Lays pieces out and prints them as tagged PDF (PDF/UA-1), or as a picture.
 *
 * <p>Layouts have boxes of fixed size, named {@code box-x-n}, around texts named {@code fit-x-n}, where {@code n} is the
 * piece's number. Each text is laid out, measured and made smaller until it fits its box, so nothing can run over another
 * part or off the page.
 */
final class PosterPress {

    private static final List<String> SHRINKING = List.of("headline", "facts", "body", "action");
    private static final int MOST_ATTEMPTS = 60;
    private static final FSUriResolver NOTHING_OUTSIDE = (base, uri) -> isOurs(uri) ? uri : "";

    private final Paper paper;
    private final Sheet sheet;
    private final Composition composition;
    private final PosterMarkup markup;
    private final Words words;
    private final PosterFont font;
    private final byte[] logo;

    PosterPress(Paper paper, PosterLayout layout, Setting setting, Words words, PosterFont font) {
        this.paper = paper;
        this.sheet = Sheet.of(paper);
        this.composition = Composition.of(paper, layout);
        this.markup = new PosterMarkup(paper, composition, setting, words, font);
        this.words = words;
        this.font = font;
        InlineImage image = setting.identity().logo();
        this.logo = image == null ? new byte[0] : image.bytes();
    }

    Paper paper() {
        return paper;
    }

    /**
     * One page per piece; or one page with as many copies of each piece as the paper's sheet carries.
     *
     * @throws InvalidTemplateException when a text does not fit on its page in a readable size
     */
    byte[] printed(String title, List<Piece> each) {
        List<Piece> pieces = each.stream()
                .flatMap(piece -> IntStream.range(0, sheet.copies()).mapToObj(copy -> piece))
                .toList();
        List<Map<String, Double>> scales =
                pieces.stream().map(this::firstScales).toList();
        List<Integer> open = IntStream.range(0, pieces.size()).boxed().toList();
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            List<Piece> tried = open.stream().map(pieces::get).toList();
            List<Map<String, Double>> triedScales =
                    open.stream().map(scales::get).toList();
            try (PdfBoxRenderer renderer = renderer(markup.document(title, tried, triedScales))) {
                renderer.layout();
                List<Integer> shrunk = new ArrayList<>();
                for (int i = 0; i < open.size(); i++) {
                    if (shrunk(renderer, i, triedScales.get(i))) {
                        shrunk.add(open.get(i));
                    }
                }
                if (shrunk.isEmpty() && open.size() == pieces.size()) {
                    if (renderer.getRootBox().getLayer().getPages().size() * sheet.copies() != pieces.size()) {
                        throw tooLong();
                    }
                    try (PDDocument document = renderer.createPDFKeepOpen()) {
                        return new Prepress(paper, words).finished(document);
                    }
                }
                open = shrunk.isEmpty()
                        ? IntStream.range(0, pieces.size()).boxed().toList()
                        : shrunk;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw tooLong();
    }

    private Map<String, Double> firstScales(Piece piece) {
        Map<String, Double> scales = new HashMap<>();
        SHRINKING.forEach(text -> scales.put(text, 1.0));
        scales.put("headline", composition.headlineScale(font.widestWord(piece.headline())));
        if (scales.get("headline") < composition.smallest("headline")) {
            throw tooLong();
        }
        return scales;
    }

    /** Makes every text of a piece that is larger than its box smaller; tells whether there was one. */
    private boolean shrunk(PdfBoxRenderer renderer, int piece, Map<String, Double> scales) {
        boolean shrunk = false;
        for (String name : SHRINKING) {
            Box text = renderer.getSharedContext().getBoxById("fit-" + name + "-" + piece);
            Box room = renderer.getSharedContext().getBoxById("box-" + name + "-" + piece);
            if (text != null && room != null && text.getHeight() > room.getHeight()) {
                double share = Math.sqrt((double) room.getHeight() / text.getHeight());
                shrink(scales, name, Math.min(0.97, Math.max(0.7, share * 1.02)));
                shrunk = true;
            }
        }
        return shrunk;
    }

    /** A body that is as small as may be gets its room from the headline above it. */
    private void shrink(Map<String, Double> scales, String name, double factor) {
        double smallest = composition.smallest(name);
        double scale = scales.getOrDefault(name, 1.0);
        if (scale > smallest) {
            scales.put(name, Math.max(smallest, scale * factor));
        } else if ("body".equals(name)) {
            shrink(scales, "headline", factor);
        } else {
            throw tooLong();
        }
    }

    private InvalidTemplateException tooLong() {
        return words.invalid(
                "error.doesNotFit", words.get("paper." + paper.name()).toUpperCase(Locale.ROOT));
    }

    private PdfBoxRenderer renderer(String html) {
        PdfRendererBuilder builder = new PdfRendererBuilder();
        builder.usePdfUaAccessibility(true);
        builder.useDefaultPageSize((float) sheet.width(), (float) sheet.height(), PageSizeUnits.MM);
        builder.useSVGDrawer(new BatikSVGDrawer());
        builder.useUriResolver(NOTHING_OUTSIDE);
        builder.useProtocolsStreamImplementation((FSStreamFactory) uri -> new Bytes(logo), "pregonero");
        builder.useExternalResourceAccessControl(
                (uri, type) -> isOurs(uri), ExternalResourceControlPriority.RUN_AFTER_RESOLVING_URI);
        builder.withProducer("Pregonero");
        PosterFont.addTo(builder);
        builder.withHtmlContent(html, null);
        builder.toStream(OutputStream.nullOutputStream());
        return builder.buildPdfRenderer();
    }

    private static boolean isOurs(String uri) {
        return uri != null && (uri.startsWith("data:") || uri.equals(PosterMarkup.LOGO));
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Bytes(byte[] content) implements FSStream {

        @Override
        public InputStream getStream() {
            return new ByteArrayInputStream(content);
        }

        @Override
        public Reader getReader() {
            return new InputStreamReader(getStream(), StandardCharsets.UTF_8);
        }
    }
}
