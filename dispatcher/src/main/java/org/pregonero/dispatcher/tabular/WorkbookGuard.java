package org.pregonero.dispatcher.tabular;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.pregonero.dispatcher.tabular.UnreadableFileException.Kind;

/**
 * Looks into a ZIP archive before anything parses it: whether it is a workbook at all, and whether unpacking it stays
 * within bounds. Sizes are counted while unpacking, never taken from the archive's own word.
 */
final class WorkbookGuard {

    private static final int MAX_ENTRIES = 2_000;
    private static final long MAX_UNPACKED = 100L * 1024 * 1024;
    /** Real sheets compress about 10 to 50 times. */
    private static final long MAX_RATIO = 300;

    private static final long RATIO_MATTERS_FROM = 5L * 1024 * 1024;
    private static final int PROLOG = 4 * 1024;

    private final byte[] content;

    WorkbookGuard(byte[] content) {
        this.content = content;
    }

    /** @throws UnreadableFileException if the archive is not a workbook that is safe to open */
    void check() {
        Set<String> names = new HashSet<>();
        try (ZipFile zip = ZipFile.builder()
                .setSeekableByteChannel(new SeekableInMemoryByteChannel(content))
                .get()) {
            long unpacked = 0;
            for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
                if (!names.add(entry.getName()) || names.size() > MAX_ENTRIES) {
                    throw TableReader.refuse(Kind.TOO_LARGE, "bomb");
                }
                if (entry.getGeneralPurposeBit().usesEncryption()) {
                    throw TableReader.refuse(Kind.NOT_A_TABLE, "password");
                }
                unpacked = unpack(zip, entry, unpacked);
            }
        } catch (ZipException e) {
            throw TableReader.refuse(Kind.NOT_A_TABLE, "damaged");
        } catch (IOException | IllegalArgumentException e) {
            throw TableReader.refuse(Kind.NOT_A_TABLE, "damaged");
        }
        refuseOthers(names);
    }

    private static long unpack(ZipFile zip, ZipArchiveEntry entry, long before) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        long size = 0;
        boolean markup = entry.getName().endsWith(".xml") || entry.getName().endsWith(".rels");
        try (InputStream in = zip.getInputStream(entry)) {
            if (in == null) {
                throw TableReader.refuse(Kind.NOT_A_TABLE, "damaged");
            }
            if (markup) {
                byte[] prolog = in.readNBytes(PROLOG);
                size += prolog.length;
                refuseDocumentType(prolog);
            }
            int read;
            while ((read = in.read(buffer)) >= 0) {
                size += read;
                boolean ratioBroken =
                        size > RATIO_MATTERS_FROM && size > MAX_RATIO * Math.max(1, entry.getCompressedSize());
                if (before + size > MAX_UNPACKED || ratioBroken) {
                    throw TableReader.refuse(Kind.TOO_LARGE, "bomb");
                }
            }
        }
        return before + size;
    }

    /** No spreadsheet program writes a document type; it is only of use to somebody who attacks the parser. */
    private static void refuseDocumentType(byte[] prolog) {
        String text = new String(prolog, StandardCharsets.ISO_8859_1).replace("\0", "");
        String upper = text.toUpperCase(Locale.ROOT);
        if (upper.contains("<!DOCTYPE") || upper.contains("<!ENTITY")) {
            throw TableReader.refuse(Kind.NOT_A_TABLE, "hostile-xml");
        }
    }

    private static void refuseOthers(Set<String> names) {
        if (names.contains("xl/workbook.xml") && names.contains("[Content_Types].xml")) {
            return;
        }
        String key = "archive";
        if (names.contains("xl/workbook.bin")) {
            key = "binary-workbook";
        } else if (names.contains("word/document.xml")) {
            key = "word";
        } else if (names.contains("content.xml") && names.contains("mimetype")) {
            key = "opendocument";
        }
        throw TableReader.refuse(Kind.NOT_A_TABLE, key);
    }
}
