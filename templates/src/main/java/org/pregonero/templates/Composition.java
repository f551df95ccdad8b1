package org.pregonero.templates;

import java.util.Locale;

/**
 * How the parts of a piece are arranged. Lengths are in units: a unit is a 210th of the piece's width, a millimetre on A4.
 */
enum Composition {
    HEADLINE(27, 178, 0.3, 0.39, 45, 19),
    DATE(19, 112, 0.42, 0.44, 64, 19),
    TICKET(22, 162, 0.4, 0.42, 64, 15),
    DIAGONAL(27, 178, 0.34, 0.41, 64, 19),
    CARD(19, 164, 0.4, 0.5, 70, 24),
    VERTICAL_BANNER(44, 178, 0.27, 0.305, 90, 34),
    STREET_BANNER(15, 117, 0.3, 1, 27, 13),
    WALLPAPER(15, 118, 0.34, 0.39, 40, 15),
    SQUARE_POST(34, 182, 0.25, 0.352, 54, 18),
    STORY(40, 178, 0.27, 0.45, 64, 19);

    private final double headlineSize;
    private final double headlineWidth;
    private final double smallestHeadline;
    private final double smallestBody;
    private final int logoWidth;
    private final int logoHeight;

    Composition(
            double headlineSize,
            double headlineWidth,
            double smallestHeadline,
            double smallestBody,
            int logoWidth,
            int logoHeight) {
        this.headlineSize = headlineSize;
        this.headlineWidth = headlineWidth;
        this.smallestHeadline = smallestHeadline;
        this.smallestBody = smallestBody;
        this.logoWidth = logoWidth;
        this.logoHeight = logoHeight;
    }

    /** Posters and flyers follow the layout that the office chose; the other pieces have an arrangement of their own. */
    static Composition of(Paper paper, PosterLayout layout) {
        return switch (paper) {
            case A4, LETTER, A3, TABLOID, FLYER -> valueOf(layout.name());
            case INVITATION -> CARD;
            case VERTICAL_BANNER -> VERTICAL_BANNER;
            case STREET_BANNER -> STREET_BANNER;
            case WALLPAPER -> WALLPAPER;
            case SQUARE_POST -> SQUARE_POST;
            case STORY -> STORY;
        };
    }

    /** What a file with this composition's {@code .html} or {@code .css} is called. */
    String file(String extension) {
        return "poster-" + name().toLowerCase(Locale.ROOT).replace('_', '-') + extension;
    }

    /** The largest scale at which a word that is so many times its own size wide stays in one line. */
    double headlineScale(double widestWord) {
        return Math.min(1, headlineWidth / (Math.max(0.1, widestWord) * headlineSize));
    }

    /** How far a text may shrink to fit its box before it is no longer read from where people stand. */
    double smallest(String text) {
        return switch (text) {
            case "headline" -> smallestHeadline;
            case "facts" -> 0.4;
            case "body" -> smallestBody;
            case "action" -> 0.55;
            default -> 1;
        };
    }

    int logoWidth() {
        return logoWidth;
    }

    int logoHeight() {
        return logoHeight;
    }
}
