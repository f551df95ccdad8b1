package org.pregonero.templates;

import com.openhtmltopdf.extend.FSUriResolver;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.PageSizeUnits;
import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.render.Box;
import com.openhtmltopdf.svgsupport.BatikSVGDrawer;
import com.samskivert.mustache.Mustache;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One page of paper: puts a piece into its layout and prints it as tagged PDF (PDF/UA-1).
 *
 * <p>Layouts have boxes of fixed size, named {@code box-x}, around texts named {@code fit-x}. Each text is laid out,
 * measured and made smaller until it fits its box, so nothing can run over another part or off the page.
 *
 * <p>Lengths in a layout stand in brackets: {@code u} is a 210th of the page's width (a millimetre on A4), {@code h} a
 * hundredth of its height, and {@code *x} takes part in the shrinking of text {@code x}.
 */
record PosterPage(Paper paper, PosterLayout layout, Setting setting, Words words, PosterFont font) {

    private static final List<String> SHRINKING = List.of("headline", "facts", "body", "action");
    private static final int MOST_ATTEMPTS = 40;
    private static final Pattern LENGTH = Pattern.compile("\\[([-+0-9.uh]+)(?:\\*(\\w+))?]");
    private static final Pattern TERM = Pattern.compile("([-+]?[0-9.]+)([uh])");
    private static final FSUriResolver NOTHING_OUTSIDE =
            (base, uri) -> uri != null && uri.startsWith("data:") ? uri : "";

    /**
     * What changes from poster to poster, without characters that cannot be written.
     *
     * @param body HTML
     * @param link checked address, or empty
     */
    record Piece(String headline, String body, String callToAction, String link) {}

    /** @throws InvalidTemplateException when the text does not fit on the page in a readable size */
    byte[] pdf(Piece piece) {
        Map<String, Object> fields = fields(piece);
        Map<String, Double> scales = new HashMap<>();
        SHRINKING.forEach(text -> scales.put(text, 1.0));
        scales.put("headline", layout.headlineScale(font.widestWord(piece.headline())));
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            scales.forEach((text, scale) -> {
                if (scale < layout.smallest(text)) {
                    throw tooLong();
                }
            });
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (PdfBoxRenderer renderer = renderer(html(fields, scales), out)) {
                renderer.layout();
                if (shrunk(renderer, scales)) {
                    continue;
                }
                if (renderer.getRootBox().getLayer().getPages().size() != 1) {
                    throw tooLong();
                }
                renderer.createPDF();
                return out.toByteArray();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw tooLong();
    }

    private InvalidTemplateException tooLong() {
        return words.invalid(
                "error.doesNotFit", words.get("paper." + paper.name()).toUpperCase(Locale.ROOT));
    }

    /** Makes every text that is larger than its box smaller; tells whether there was one. */
    private static boolean shrunk(PdfBoxRenderer renderer, Map<String, Double> scales) {
        boolean shrunk = false;
        for (Map.Entry<String, Double> scale : scales.entrySet()) {
            Box text = renderer.getSharedContext().getBoxById("fit-" + scale.getKey());
            Box room = renderer.getSharedContext().getBoxById("box-" + scale.getKey());
            if (text != null && room != null && text.getHeight() > room.getHeight()) {
                double share = Math.sqrt((double) room.getHeight() / text.getHeight());
                scale.setValue(scale.getValue() * Math.min(0.97, Math.max(0.7, share * 1.02)));
                shrunk = true;
            }
        }
        return shrunk;
    }

    private PdfBoxRenderer renderer(String html, ByteArrayOutputStream out) {
        PdfRendererBuilder builder = new PdfRendererBuilder();
        builder.usePdfUaAccessibility(true);
        builder.useDefaultPageSize((float) paper.width(), (float) paper.height(), PageSizeUnits.MM);
        builder.useSVGDrawer(new BatikSVGDrawer());
        builder.useUriResolver(NOTHING_OUTSIDE);
        builder.useExternalResourceAccessControl(
                (uri, type) -> uri != null && uri.startsWith("data:"),
                ExternalResourceControlPriority.RUN_AFTER_RESOLVING_URI);
        builder.withProducer("Pregonero");
        PosterFont.addTo(builder);
        builder.withHtmlContent(html, null);
        builder.toStream(out);
        return builder.buildPdfRenderer();
    }

    private String html(Map<String, Object> fields, Map<String, Double> scales) {
        String template = LENGTH.matcher(LayoutFile.read(layout.resource())).replaceAll(length -> {
            double scale = length.group(2) == null ? 1 : scales.getOrDefault(length.group(2), 1.0);
            return Matcher.quoteReplacement(mm(millimetres(length.group(1)) * scale));
        });
        return Mustache.compiler()
                .escapeHTML(true)
                .emptyStringIsFalse(true)
                .compile(template)
                .execute(fields);
    }

    private double millimetres(String expression) {
        return TERM.matcher(expression)
                .results()
                .mapToDouble(term -> Double.parseDouble(term.group(1))
                        * ("u".equals(term.group(2)) ? paper.width() / 210 : paper.height() / 100))
                .sum();
    }

    private static String mm(double length) {
        return String.format(Locale.ROOT, "%.3fmm", length);
    }

    private Map<String, Object> fields(Piece piece) {
        Map<String, Object> fields = new HashMap<>();
        Identity identity = setting.identity();
        Colour primary = Colour.of(identity.primaryColor(), words);
        Colour accent = Colour.of(identity.accentColor(), words);
        fields.put("lang", words.locale().toLanguageTag());
        fields.put("pageWidth", mm(paper.width()));
        fields.put("pageHeight", mm(paper.height()));
        fields.put("primary", primary.css());
        fields.put("onPrimary", primary.text().css());
        fields.put("accent", accent.css());
        fields.put("onAccent", accent.text().css());
        fields.put("heading", primary.readableOn(Colour.WHITE).css());
        fields.put("ink", Colour.INK.css());
        fields.put("headline", piece.headline());
        fields.put("body", piece.body());
        fields.put("callToAction", piece.callToAction());
        fields.put("institution", font.writable(identity.name()));
        fields.put("website", identity.website() == null ? "" : bare(identity.website()));
        fields.put("email", font.writable(identity.email()));
        fields.put("qr", piece.link().isEmpty() ? "" : QrCode.dataUri(piece.link()));
        fields.put("qrText", words.get("poster.qr", piece.link()));
        fields.put("scan", words.get("poster.scan"));
        logo(identity, fields);
        event(fields);
        return fields;
    }

    private void logo(Identity identity, Map<String, Object> fields) {
        InlineImage logo = identity.logo();
        fields.put("hasLogo", logo != null);
        if (logo != null) {
            ImageSize size = ImageSize.of(logo)
                    .orElseThrow(() -> words.invalid("error.logo"))
                    .within(6400, 1900);
            double unit = paper.width() / 210 / 100;
            fields.put("logoWidth", mm(size.width() * unit));
            fields.put("logoHeight", mm(size.height() * unit));
            fields.put("logoText", words.get("poster.logo", identity.name()));
            fields.put(
                    "logo",
                    "data:" + logo.mediaType() + ";base64,"
                            + Base64.getEncoder().encodeToString(logo.bytes()));
        }
    }

    private void event(Map<String, Object> fields) {
        PublicEvent event = setting.event();
        fields.put("event", event != null);
        if (event != null) {
            EventWords dates = new EventWords(words);
            fields.put("date", capital(dates.date(event.start())));
            fields.put("weekday", capital(dates.part(event.start(), "date.weekday")));
            fields.put("day", dates.part(event.start(), "date.day"));
            fields.put("monthYear", dates.part(event.start(), "date.monthYear"));
            fields.put("hours", dates.hours(event));
            fields.put("place", font.writable(event.place()));
        }
    }

    private static String bare(String address) {
        return address.replaceFirst("^https?://", "").replaceFirst("/$", "");
    }

    private String capital(String text) {
        return text.substring(0, 1).toUpperCase(words.locale()) + text.substring(1);
    }
}
