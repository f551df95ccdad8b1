package org.pregonero.templates;

/** Sizes of paper, upright: A series of ISO 216, and the North American ones that Colombian offices print on. */
public enum Paper {
    A4(210, 297),
    LETTER(215.9, 279.4),
    A3(297, 420),
    TABLOID(279.4, 431.8);

    private final double width;
    private final double height;

    Paper(double width, double height) {
        this.width = width;
        this.height = height;
    }

    /** In millimetres. */
    public double width() {
        return width;
    }

    /** In millimetres. */
    public double height() {
        return height;
    }
}
