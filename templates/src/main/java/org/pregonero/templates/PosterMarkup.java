package org.pregonero.templates;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes the page of pieces as HTML for the renderer.
 *
 * <p>Lengths in a layout stand in brackets: {@code u} is a 210th of the piece's width (a millimetre on A4), {@code h} a
 * hundredth of its height, {@code b} the bleed, and {@code *x} takes part in the shrinking of text {@code x}.
 */
final class PosterMarkup {

    /** Where the renderer finds the logo, which would be too large to be repeated on every page. */
    static final String LOGO = "pregonero:logo";

    private static final Pattern LENGTH = Pattern.compile("\\[([-+0-9.uhb]+)(?:\\*(\\w+))?]");
    private static final Pattern TERM = Pattern.compile("([-+]?[0-9.]+)([uhb])");
    private static final double ROUNDING = 0.3;
    private static final Mustache.Compiler MUSTACHE =
            Mustache.compiler().escapeHTML(true).emptyStringIsFalse(true);

    private final Paper paper;
    private final Sheet sheet;
    private final Composition composition;
    private final Words words;
    private final Map<String, Object> common = new HashMap<>();

    PosterMarkup(Paper paper, Composition composition, Setting setting, Words words, PosterFont font) {
        this.paper = paper;
        this.sheet = Sheet.of(paper);
        this.composition = composition;
        this.words = words;
        Identity identity = setting.identity();
        colours(identity);
        common.put("institution", font.writable(identity.name()));
        common.put("website", identity.website() == null ? "" : WebAddress.bare(identity.website()));
        common.put("email", font.writable(identity.email()));
        common.put("scan", words.get("poster.scan"));
        common.put("invitation", words.get("poster.invitation"));
        logo(identity);
        event(setting.event(), font);
    }

    private void colours(Identity identity) {
        Colour primary = Colour.of(identity.primaryColor(), words);
        Colour accent = Colour.of(identity.accentColor(), words);
        common.put("primary", primary.css());
        common.put("onPrimary", primary.text().css());
        common.put("accent", accent.css());
        common.put("onAccent", accent.text().css());
        common.put("heading", Colour.onPaper(primary, accent).css());
        common.put("ink", Colour.INK.css());
    }

    private void logo(Identity identity) {
        InlineImage logo = identity.logo();
        common.put("hasLogo", logo != null);
        common.put("logoWidth", "0");
        common.put("logoHeight", "0");
        if (logo != null) {
            ImageSize size = ImageSize.of(logo)
                    .orElseThrow(() -> words.invalid("error.logo"))
                    .within(composition.logoWidth() * 100, composition.logoHeight() * 100);
            common.put("logoWidth", mm(units(size.width() / 100.0)));
            common.put("logoHeight", mm(units(size.height() / 100.0)));
            common.put("logoText", words.get("poster.logo", identity.name()));
            common.put("logo", LOGO);
        }
    }

    private void event(@Nullable PublicEvent event, PosterFont font) {
        common.put("event", event != null);
        if (event != null) {
            EventWords dates = new EventWords(words);
            common.put("date", capital(dates.date(event.start())));
            common.put("weekday", capital(dates.part(event.start(), "date.weekday")));
            common.put("day", dates.part(event.start(), "date.day"));
            common.put("month", dates.part(event.start(), "date.month"));
            common.put("monthYear", dates.part(event.start(), "date.monthYear"));
            common.put("dayMonth", capital(dates.part(event.start(), "date.dayMonth")));
            common.put("hours", dates.hours(event));
            common.put("place", font.writable(event.place()));
        }
    }

    private String capital(String text) {
        return text.substring(0, 1).toUpperCase(words.locale()) + text.substring(1);
    }

    /**
     * The whole document.
     *
     * @param scales how far each piece's texts are shrunk
     */
    String document(String title, List<Piece> pieces, List<Map<String, Double>> scales) {
        Map<String, Object> fields = new HashMap<>(common);
        fields.put("lang", words.locale().toLanguageTag());
        fields.put("title", title);
        fields.put("pageWidth", mm(sheet.width()));
        fields.put("pageHeight", mm(sheet.height()));
        // Lengths are rounded to pixels: a sheet as high as its page could begin a second one.
        fields.put("sheetHeight", mm(sheet.height() - ROUNDING));
        String style = LayoutFile.read("poster.css") + LayoutFile.read(composition.file(".css"));
        fields.put("style", MUSTACHE.compile(measured(style, Map.of())).execute(fields));
        fields.put("sheets", sheets(pieces, scales));
        return MUSTACHE.compile(LayoutFile.read("poster.html")).execute(fields);
    }

    private String sheets(List<Piece> pieces, List<Map<String, Double>> scales) {
        String layout = LayoutFile.read(composition.file(".html"));
        StringBuilder html = new StringBuilder();
        for (int i = 0; i < pieces.size(); i++) {
            if (i % sheet.copies() == 0) {
                html.append(i == 0 ? "<div class=\"sheet\">" : "</div><div class=\"sheet next\">");
            }
            html.append("<div class=\"piece\" style=\"left:")
                    .append(mm(sheet.edge() + i % sheet.copies() * paper.width() / sheet.scale()))
                    .append(";top:")
                    .append(mm(sheet.edge()))
                    .append("\">");
            Template template = MUSTACHE.compile(measured(layout, scales.get(i)));
            html.append(template.execute(fields(pieces.get(i), i))).append("</div>");
        }
        return html.append("</div>").toString();
    }

    private Map<String, Object> fields(Piece piece, int index) {
        Map<String, Object> fields = new HashMap<>(common);
        fields.put("n", index);
        fields.put("headline", piece.headline());
        fields.put("body", piece.body());
        fields.put("callToAction", piece.callToAction());
        fields.put("shortLink", piece.shortLink());
        fields.put("qr", piece.link().isEmpty() ? "" : QrCode.dataUri(piece.link()));
        fields.put("qrText", words.get("poster.qr", piece.link()));
        return fields;
    }

    private String measured(String layout, Map<String, Double> scales) {
        return LENGTH.matcher(layout).replaceAll(length -> {
            double scale = length.group(2) == null ? 1 : scales.getOrDefault(length.group(2), 1.0);
            return Matcher.quoteReplacement(mm(millimetres(length.group(1)) * scale));
        });
    }

    private double millimetres(String expression) {
        return TERM.matcher(expression)
                .results()
                .mapToDouble(term -> Double.parseDouble(term.group(1)) * unit(term.group(2)))
                .sum();
    }

    private double unit(String name) {
        return switch (name) {
            case "u" -> units(1);
            case "h" -> paper.height() / sheet.scale() / 100;
            default -> sheet.bleed();
        };
    }

    private double units(double count) {
        return paper.width() / sheet.scale() / 210 * count;
    }

    private static String mm(double length) {
        return String.format(Locale.ROOT, "%.3fmm", length);
    }
}
