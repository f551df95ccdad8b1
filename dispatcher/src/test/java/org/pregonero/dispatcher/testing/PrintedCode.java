package org.pregonero.dispatcher.testing;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.ChecksumException;
import com.google.zxing.DecodeHintType;
import com.google.zxing.FormatException;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;

/** The QR code on a page, read as a telephone does it: with a few pictures, from near and from far. */
public final class PrintedCode {

    private static final List<Integer> DOTS_PER_INCH = List.of(110, 150, 220);

    private PrintedCode() {}

    /** @param page from 0 */
    public static String on(PDDocument pdf, int page) throws IOException {
        for (int resolution : DOTS_PER_INCH) {
            var picture = new PDFRenderer(pdf).renderImageWithDPI(page, resolution);
            int width = picture.getWidth();
            int height = picture.getHeight();
            var pixels = new RGBLuminanceSource(width, height, picture.getRGB(0, 0, width, height, null, 0, width));
            try {
                return new QRCodeReader()
                        .decode(new BinaryBitmap(new HybridBinarizer(pixels)), Map.of(DecodeHintType.TRY_HARDER, true))
                        .getText();
            } catch (NotFoundException | ChecksumException | FormatException unreadable) {
                // the next picture may be better
            }
        }
        throw new AssertionError("No code can be read on page " + page);
    }
}
