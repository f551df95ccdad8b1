package org.pregonero.templates;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/** Lato, the typeface of the posters (SIL Open Font License, beside the font files): what it can write, and how wide. */
final class PosterFont {

    private static final int MISSING = -1;
    private static final char SOFT_HYPHEN = '\u00ad';

    /** Tags of the OpenType table directory: "GSUB", and one that no reader knows. */
    private static final int SUBSTITUTIONS = 0x47535542;

    private static final int UNKNOWN_TABLE = 0x78535542;

    /** Advance widths of the heaviest weight in thousandths of the size, by character of the basic plane. */
    private final short[] widths = new short[Character.MAX_VALUE + 1];

    PosterFont() {
        Arrays.fill(widths, (short) MISSING);
        try (InputStream in = open("Lato-Black.ttf");
                TrueTypeFont font = new TTFParser().parse(new RandomAccessReadBuffer(in))) {
            CmapLookup glyphs = font.getUnicodeCmapLookup();
            for (int character = ' '; character < widths.length; character++) {
                int glyph = glyphs.getGlyphId(character);
                if (glyph > 0) {
                    widths[character] = (short) (font.getAdvanceWidth(glyph) * 1000 / font.getUnitsPerEm());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void addTo(PdfRendererBuilder builder) {
        builder.useFont(() -> open("Lato-Regular.ttf"), "Lato", 400, FontStyle.NORMAL, true);
        builder.useFont(() -> open("Lato-Bold.ttf"), "Lato", 700, FontStyle.NORMAL, true);
        builder.useFont(() -> open("Lato-Black.ttf"), "Lato", 900, FontStyle.NORMAL, true);
    }

    /**
     * A typeface without its substitutions: a ligature such as Lato's "ti" would be drawn by a glyph that stands for no
     * character, and who searches, copies or listens to the poster would miss these letters. Looking for
     * them also took most of the time of printing. The directory of tables begins at byte 12, with 16 bytes for each
     * (OpenType, "Table Directory"); a table of an unknown name is passed over.
     */
    static InputStream open(String file) {
        try (InputStream in = PosterFont.class.getResourceAsStream("fonts/" + file)) {
            if (in == null) {
                throw new IllegalStateException("Font not found: " + file);
            }
            ByteBuffer font = ByteBuffer.wrap(in.readAllBytes());
            int tables = font.getShort(4);
            for (int entry = 12; entry < 12 + 16 * tables; entry += 16) {
                if (font.getInt(entry) == SUBSTITUTIONS) {
                    font.putInt(entry, UNKNOWN_TABLE);
                }
            }
            return new ByteArrayInputStream(font.array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Leaves out what the typeface has no glyph for, such as pictographs; on paper it would be an empty box. */
    String writable(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        boolean gap = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\n' && c != '\t' && (widths[c] == MISSING || c == SOFT_HYPHEN)) {
                gap = true;
                continue;
            }
            int last = kept.length() - 1;
            if (gap && last >= 0 && kept.charAt(last) == ' ' && !Character.isLetterOrDigit(c)) {
                kept.setLength(last);
            }
            gap = false;
            kept.append(c);
        }
        return kept.toString();
    }

    /** The widest word's width when the size is 1. */
    double widestWord(String text) {
        return Arrays.stream(text.split("\\s+"))
                .mapToDouble(
                        word -> word.chars().map(c -> Math.max(0, widths[c])).sum() / 1000.0)
                .max()
                .orElse(0);
    }
}
