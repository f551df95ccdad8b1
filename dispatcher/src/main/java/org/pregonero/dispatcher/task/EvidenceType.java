package org.pregonero.dispatcher.task;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** Kinds of files that are taken as evidence, known by how their content begins and never by their name. */
enum EvidenceType {
    /** ITU-T T.81: the start of image, and the first marker after it. */
    JPEG("image/jpeg", "jpg"),
    /** RFC 2083, 3.1. */
    PNG("image/png", "png"),
    /** RFC 9649, 2.4. */
    WEBP("image/webp", "webp"),
    /** ISO 32000-1, 7.5.2. */
    PDF("application/pdf", "pdf");

    private static final byte[] JPEG_START = HexFormat.of().parseHex("ffd8ff");
    private static final byte[] PNG_START = HexFormat.of().parseHex("89504e470d0a1a0a");

    private final String mediaType;
    private final String extension;

    EvidenceType(String mediaType, String extension) {
        this.mediaType = mediaType;
        this.extension = extension;
    }

    String mediaType() {
        return mediaType;
    }

    /** Of a file that is handed out, without the dot. */
    String extension() {
        return extension;
    }

    /** What the content is; empty when it is nothing that is taken. */
    static Optional<EvidenceType> of(byte[] content) {
        return Arrays.stream(values()).filter(type -> type.begins(content)).findFirst();
    }

    static EvidenceType of(String mediaType) {
        return Arrays.stream(values())
                .filter(type -> type.mediaType.equals(mediaType))
                .findFirst()
                .orElseThrow();
    }

    private boolean begins(byte[] content) {
        return switch (this) {
            case JPEG -> has(content, 0, JPEG_START);
            case PNG -> has(content, 0, PNG_START);
            case WEBP -> has(content, 0, ascii("RIFF")) && has(content, 8, ascii("WEBP"));
            case PDF -> has(content, 0, ascii("%PDF-"));
        };
    }

    private static boolean has(byte[] content, int at, byte[] sign) {
        return content.length >= at + sign.length && Arrays.equals(content, at, at + sign.length, sign, 0, sign.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
