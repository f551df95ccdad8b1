package org.pregonero.templates;

/**
 * What a piece is printed or shown on. Sheets are upright: A series of ISO 216, and the North American sizes that Colombian
 * offices print on. Banners are for the print shop, with bleed and crop marks. Pictures are for screens.
 */
public enum Paper {
    A4(210, 297),
    LETTER(215.9, 279.4),
    A3(297, 420),
    TABLOID(279.4, 431.8),

    /** Volante: half a letter sheet; the document is one letter sheet with two of them. */
    FLYER(139.7, 215.9),

    /** Tarjeta de invitación: A6. */
    INVITATION(105, 148),

    /** Pendón: stands or hangs, read from top to bottom by who walks past. */
    VERTICAL_BANNER(800, 2000),

    /** Pasacalle: hangs across a street. */
    STREET_BANNER(6000, 1000),

    /** Background of a computer's screen, 1920 by 1080 pixels. */
    WALLPAPER(1920, 1080, true),

    /** Picture for a post, 1080 by 1080 pixels. */
    SQUARE_POST(1080, 1080, true),

    /** Picture for a telephone's whole screen, 1080 by 1920 pixels. */
    STORY(1080, 1920, true);

    /** A pixel is a point, of which 72 make an inch; in millimetres. */
    private static final double PIXEL = 25.4 / 72;

    private final double width;
    private final double height;
    private final boolean picture;

    Paper(double width, double height) {
        this.width = width;
        this.height = height;
        this.picture = false;
    }

    Paper(int widthInPixels, int heightInPixels, boolean picture) {
        this.width = widthInPixels * PIXEL;
        this.height = heightInPixels * PIXEL;
        this.picture = picture;
    }

    /** Of the finished piece, in millimetres; a picture's at 72 pixels to the inch. */
    public double width() {
        return width;
    }

    /** Of the finished piece, in millimetres; a picture's at 72 pixels to the inch. */
    public double height() {
        return height;
    }

    /** Whether the piece is a picture (PNG) and not a document (PDF). */
    public boolean picture() {
        return picture;
    }
}
