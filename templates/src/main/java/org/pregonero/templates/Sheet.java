package org.pregonero.templates;

/**
 * The page that a paper's pieces are printed on. All lengths are millimetres of the file; a millimetre of the file is
 * {@code scale} millimetres of the piece.
 *
 * @param width of the whole page
 * @param height of the whole page
 * @param bleed colour beyond the edge of the finished piece, so that cutting inexactly leaves no white
 * @param edge from the edge of the page to that of the finished piece: bleed and room for crop marks
 * @param copies pieces side by side, without a gap
 */
record Sheet(double width, double height, int scale, double bleed, double edge, int copies) {

    private static final double VERTICAL_BANNER_BLEED = 20;
    private static final double STREET_BANNER_BLEED = 30;

    static Sheet of(Paper paper) {
        return switch (paper) {
            case VERTICAL_BANNER -> printShop(paper, 1, VERTICAL_BANNER_BLEED);
            // A page may be 5080 mm long at most (PDF 32000-1, annex C); print shops are used to files at a tenth.
            case STREET_BANNER -> printShop(paper, 10, STREET_BANNER_BLEED);
            case FLYER -> new Sheet(2 * paper.width(), paper.height(), 1, 0, 0, 2);
            default -> new Sheet(paper.width(), paper.height(), 1, 0, 0, 1);
        };
    }

    private static Sheet printShop(Paper paper, int scale, double bleed) {
        double edge = 3 * bleed;
        return new Sheet(
                (paper.width() + 2 * edge) / scale,
                (paper.height() + 2 * edge) / scale,
                scale,
                bleed / scale,
                edge / scale,
                1);
    }

    /** Whether a page is one piece as an office printer prints it. */
    boolean onePage() {
        return copies == 1 && !hasMarks();
    }

    boolean hasMarks() {
        return edge > 0;
    }
}
