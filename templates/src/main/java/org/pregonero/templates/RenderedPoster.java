package org.pregonero.templates;

/**
 * A piece to print or to show on a screen.
 *
 * @param title what the piece announces
 * @param fileName a portable name such as {@code afiche-a4-cartelera-piso-1.pdf}
 * @param mediaType {@code application/pdf} or {@code image/png}
 * @param bytes the document or picture; not copied, so the owner must not change it
 */
@SuppressWarnings("ArrayRecordComponent")
public record RenderedPoster(String title, String fileName, String mediaType, byte[] bytes) implements RenderedContent {

    /**
     * Its first page as a picture for a screen.
     *
     * @param width in pixels, at most
     * @return PNG
     */
    public byte[] picture(int width) {
        return Prepress.picture(this, width);
    }
}
