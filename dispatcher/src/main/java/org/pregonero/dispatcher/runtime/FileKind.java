package org.pregonero.dispatcher.runtime;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** Kinds of files that somebody may hand in, known by their content and never by their name. */
public enum FileKind {
    /** RFC 2083, 3.1. */
    PNG("image/png", "png"),
    /** ITU-T T.81: the start of image, and the first marker after it. */
    JPEG("image/jpeg", "jpg"),
    /** RFC 9649, 2.4. */
    WEBP("image/webp", "webp"),
    /** ISO 32000-1, 7.5.2. */
    PDF("application/pdf", "pdf"),
    /** ECMA-376, without macros. */
    DOCX("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    /** ECMA-376, without macros. */
    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx");

    private static final byte[] PNG_START = HexFormat.of().parseHex("89504e470d0a1a0a");
    private static final byte[] JPEG_START = HexFormat.of().parseHex("ffd8ff");
    private static final byte[] RIFF_START = HexFormat.of().parseHex("52494646");
    private static final byte[] WEBP_AFTER_SIZE = HexFormat.of().parseHex("57454250");
    private static final int SIZE_END = 8;
    private static final byte[] PDF_START = HexFormat.of().parseHex("255044462d");
    private static final byte[] ZIP_START = HexFormat.of().parseHex("504b0304");

    private final String mediaType;
    private final String extension;

    FileKind(String mediaType, String extension) {
        this.mediaType = mediaType;
        this.extension = extension;
    }

    public String mediaType() {
        return mediaType;
    }

    /** Of its name, without the dot. */
    public String extension() {
        return extension;
    }

    /** @throws java.util.NoSuchElementException when it is that of no kind here */
    public static FileKind ofMediaType(String mediaType) {
        return Arrays.stream(values())
                .filter(kind -> kind.mediaType.equals(mediaType))
                .findFirst()
                .orElseThrow();
    }

    /** What the content is; empty when it is of no kind here. */
    public static Optional<FileKind> of(byte[] content) {
        if (has(content, 0, PNG_START)) {
            return Optional.of(PNG);
        }
        if (has(content, 0, JPEG_START)) {
            return Optional.of(JPEG);
        }
        if (has(content, 0, RIFF_START) && has(content, SIZE_END, WEBP_AFTER_SIZE)) {
            return Optional.of(WEBP);
        }
        if (has(content, 0, PDF_START)) {
            return Optional.of(PDF);
        }
        return has(content, 0, ZIP_START) ? office(content) : Optional.empty();
    }

    private static Optional<FileKind> office(byte[] content) {
        // By the list at the file's end; nothing is unpacked, so nothing can swell.
        Set<String> names;
        try (var zip = ZipFile.builder().setByteArray(content).get()) {
            names = Collections.list(zip.getEntries()).stream()
                    .map(ZipArchiveEntry::getName)
                    .collect(Collectors.toSet());
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
        if (!names.contains("[Content_Types].xml")
                || names.stream().anyMatch(name -> name.endsWith("vbaProject.bin"))) {
            return Optional.empty();
        }
        return names.contains("word/document.xml")
                ? Optional.of(DOCX)
                : names.contains("xl/workbook.xml") ? Optional.of(XLSX) : Optional.empty();
    }

    private static boolean has(byte[] content, int at, byte[] sign) {
        return content.length >= at + sign.length && Arrays.equals(content, at, at + sign.length, sign, 0, sign.length);
    }
}
