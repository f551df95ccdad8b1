package org.pregonero.templates;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A colour of the institution, and the colours that can be read on it. Contrast is that of WCAG 2.1, 1.4.3.
 *
 * @param rgb 24 bits
 */
record Colour(int rgb) {

    static final Colour WHITE = new Colour(0xffffff);
    static final Colour BLACK = new Colour(0x000000);
    static final Colour INK = new Colour(0x1a1f29);

    private static final double READABLE = 4.5;
    private static final double NEARLY_READABLE = 3;
    private static final Pattern HEX = Pattern.compile("#[0-9a-fA-F]{6}");

    /** @throws InvalidTemplateException when it is not {@code #rrggbb} */
    static Colour of(String css, Words words) {
        if (!HEX.matcher(css).matches()) {
            throw words.invalid("error.colour", css);
        }
        return new Colour(Integer.parseInt(css.substring(1), 16));
    }

    /** White, or else black: on every colour one of them has the contrast that WCAG 2.1 asks for (1.4.3). */
    Colour text() {
        return contrast(WHITE) >= READABLE ? WHITE : BLACK;
    }

    /** This colour, darkened until it can be read as text on a background. */
    Colour readableOn(Colour background) {
        Colour colour = this;
        for (int step = 0; step < 30 && colour.contrast(background) < READABLE; step++) {
            colour = colour.mixedWith(new Colour(0), 0.1);
        }
        return colour;
    }

    /** The first of the colours that reads well on white, if need be a little darker; a much darkened one is another one. */
    static Colour onPaper(Colour... preferred) {
        return Arrays.stream(preferred)
                .filter(colour -> colour.contrast(WHITE) >= NEARLY_READABLE)
                .findFirst()
                .map(colour -> colour.readableOn(WHITE))
                .orElse(INK);
    }

    Colour mixedWith(Colour other, double share) {
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int mine = rgb >> shift & 0xff;
            int theirs = other.rgb >> shift & 0xff;
            mixed |= (int) Math.round(mine + (theirs - mine) * share) << shift;
        }
        return new Colour(mixed);
    }

    double contrast(Colour other) {
        double mine = luminance() + 0.05;
        double theirs = other.luminance() + 0.05;
        return Math.max(mine, theirs) / Math.min(mine, theirs);
    }

    private double luminance() {
        return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
    }

    private static double linear(int channel) {
        double share = (channel & 0xff) / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }

    String css() {
        return String.format(Locale.ROOT, "#%06x", rgb);
    }
}
