package org.pregonero.templates;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

/**
 * Finishes laid-out pages: exact page size, the boxes of ISO 32000-1 (14.11.2), crop or cut marks and a line for the print
 * shop, all of them artifacts for screen readers; or turns the page into a picture.
 */
final class Prepress {

    private static final float POINTS = 72 / 25.4f;
    private static final float HAIRLINE = 0.5f;
    private static final float CUT_MARK = 4 * POINTS;
    private static final COSName USER_UNIT = COSName.getPDFName("UserUnit");

    private final Paper paper;
    private final Sheet sheet;
    private final Words words;

    Prepress(Paper paper, Words words) {
        this.paper = paper;
        this.sheet = Sheet.of(paper);
        this.words = words;
    }

    /**
     * The document, or the picture of its first page, as a file: the same bytes for the same pages, whenever it is asked.
     */
    byte[] finished(PDDocument document) throws IOException {
        PDType0Font font = sheet.hasMarks() ? PDType0Font.load(document, PosterFont.open("Lato-Regular.ttf")) : null;
        for (PDPage page : document.getPages()) {
            page.setMediaBox(box(0, 0, sheet.width(), sheet.height()));
            page.setCropBox(page.getMediaBox());
            trim(page);
            if (sheet.scale() > 1) {
                page.getCOSObject().setInt(USER_UNIT, sheet.scale());
            }
            if (font != null) {
                cropMarks(document, page, font);
            } else if (sheet.copies() > 1) {
                cutMarks(document, page);
            }
        }
        return paper.picture() ? png(document) : saved(document);
    }

    private void trim(PDPage page) {
        double bleed = sheet.edge() - sheet.bleed();
        page.setTrimBox(box(sheet.edge(), sheet.edge(), sheet.width() - sheet.edge(), sheet.height() - sheet.edge()));
        page.setBleedBox(box(bleed, bleed, sheet.width() - bleed, sheet.height() - bleed));
    }

    private static PDRectangle box(double left, double bottom, double right, double top) {
        return new PDRectangle(
                (float) left * POINTS,
                (float) bottom * POINTS,
                (float) (right - left) * POINTS,
                (float) (top - bottom) * POINTS);
    }

    private void cropMarks(PDDocument document, PDPage page, PDType0Font font) throws IOException {
        PDRectangle trim = page.getTrimBox();
        PDRectangle bleed = page.getBleedBox();
        PDRectangle media = page.getMediaBox();
        try (PDPageContentStream marks = over(document, page)) {
            marks.setLineWidth(HAIRLINE);
            for (float x : new float[] {trim.getLowerLeftX(), trim.getUpperRightX()}) {
                line(marks, x, 0, x, bleed.getLowerLeftY());
                line(marks, x, bleed.getUpperRightY(), x, media.getHeight());
            }
            for (float y : new float[] {trim.getLowerLeftY(), trim.getUpperRightY()}) {
                line(marks, 0, y, bleed.getLowerLeftX(), y);
                line(marks, bleed.getUpperRightX(), y, media.getWidth(), y);
            }
            marks.stroke();
            float size = bleed.getLowerLeftY() / 3;
            marks.beginText();
            marks.setFont(font, size);
            marks.newLineAtOffset(trim.getLowerLeftX() + size, size);
            marks.showText(words.get(
                    "poster.printShop",
                    words.get("paper." + paper.name()).toUpperCase(Locale.ROOT),
                    paper.width() / 10,
                    paper.height() / 10,
                    sheet.bleed() * sheet.scale() / 10,
                    sheet.scale()));
            marks.endText();
            marks.endMarkedContent();
        }
    }

    /** Short strokes at both ends of the cut, dark on light so that they are seen on every colour. */
    private void cutMarks(PDDocument document, PDPage page) throws IOException {
        try (PDPageContentStream marks = over(document, page)) {
            for (int copy = 1; copy < sheet.copies(); copy++) {
                float x = (float) (copy * paper.width()) * POINTS;
                float top = page.getMediaBox().getHeight();
                for (boolean light : new boolean[] {true, false}) {
                    marks.setLineWidth(light ? 4 * HAIRLINE : HAIRLINE);
                    marks.setStrokingColor(light ? 1f : 0f);
                    line(marks, x, 0, x, CUT_MARK);
                    line(marks, x, top - CUT_MARK, x, top);
                    marks.stroke();
                }
            }
            marks.endMarkedContent();
        }
    }

    private static PDPageContentStream over(PDDocument document, PDPage page) throws IOException {
        PDPageContentStream marks = new PDPageContentStream(document, page, AppendMode.APPEND, true, true);
        marks.beginMarkedContent(COSName.ARTIFACT);
        return marks;
    }

    private static void line(PDPageContentStream marks, float fromX, float fromY, float toX, float toY)
            throws IOException {
        marks.moveTo(fromX, fromY);
        marks.lineTo(toX, toY);
    }

    private static byte[] saved(PDDocument document) throws IOException {
        // Whether a piece lies where it was published is told by its hash: no time, no random number in it.
        document.getDocumentInformation().getCOSObject().removeItem(COSName.CREATION_DATE);
        document.setDocumentId(0L);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        document.save(out);
        return out.toByteArray();
    }

    /** The first page of a finished piece as PNG, so many pixels wide at most. */
    static byte[] picture(RenderedPoster poster, int width) {
        if ("image/png".equals(poster.mediaType())) {
            return poster.bytes();
        }
        try (PDDocument document = Loader.loadPDF(poster.bytes())) {
            PDPage page = document.getPage(0);
            // without the print shop's marks
            page.setCropBox(page.getTrimBox());
            BufferedImage picture = new PDFRenderer(document)
                    .renderImage(0, width / page.getCropBox().getWidth(), ImageType.RGB);
            return png(picture);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] png(BufferedImage picture) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", out);
        return out.toByteArray();
    }

    private static byte[] png(PDDocument document) throws IOException {
        // Typefaces are written into a document when it is saved; before that nothing can be drawn with them.
        try (PDDocument whole = Loader.loadPDF(saved(document))) {
            return png(new PDFRenderer(whole).renderImage(0, 1, ImageType.RGB));
        }
    }
}
