package org.pregonero.templates;

/**
 * A printable piece.
 *
 * @param title what the piece announces
 * @param fileName a portable name such as {@code afiche-a4-cartelera-piso-1.pdf}
 * @param pdf the document; not copied, so the owner must not change it
 */
@SuppressWarnings("ArrayRecordComponent")
public record RenderedPoster(String title, String fileName, byte[] pdf) implements RenderedContent {}
