package org.pregonero.dispatcher.tabular;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Predicate;
import org.pregonero.dispatcher.tabular.UnreadableFileException.Kind;
import org.springframework.stereotype.Component;

/** Reads a table out of an uploaded file, deciding by its content what it is. */
@Component
public class TableReader {

    /** The largest file that is looked at, in bytes. */
    public static final int MAX_BYTES = 20 * 1024 * 1024;

    static final int MAX_ROWS = 200_000;
    static final int MAX_COLUMNS = 200;
    static final int MAX_CELL = 32_767;
    static final Texts TEXTS = new Texts("tabular");

    private static final int OLE2 = 0xD0CF11E0;
    private static final int ZIP = 0x504B0304;
    private static final int EMPTY_ZIP = 0x504B0506;

    /**
     * Reads the whole table.
     *
     * @throws UnreadableFileException if the file holds no table that can be read within the limits
     */
    public Table read(UploadedFile file) {
        return read(file, table -> true);
    }

    /**
     * Reads the first sheet of a workbook that is understood; the first one with content where none is.
     *
     * @throws UnreadableFileException if the file holds no table that can be read within the limits
     */
    public Table read(UploadedFile file, Predicate<Table> understood) {
        byte[] content = file.content();
        if (content.length == 0) {
            throw refuse(Kind.NOT_UNDERSTOOD, "empty");
        }
        if (content.length > MAX_BYTES) {
            throw refuse(Kind.TOO_LARGE, "too-large", megabytes(content.length), MAX_BYTES / 1024 / 1024);
        }
        int magic = firstInt(content);
        if (magic == ZIP || magic == EMPTY_ZIP) {
            return new XlsxTable(content).read(understood);
        }
        if (magic == OLE2) {
            throw refuse(Kind.NOT_A_TABLE, oldOfficeFormat(content));
        }
        refuseKnownOthers(content);
        return new CsvTable(content).read();
    }

    static UnreadableFileException refuse(Kind kind, String key, Object... arguments) {
        return new UnreadableFileException(kind, TEXTS, Notice.of(key, arguments));
    }

    private static String oldOfficeFormat(byte[] content) {
        String names = new String(content, StandardCharsets.UTF_16LE);
        if (names.contains("EncryptedPackage") || names.contains("EncryptionInfo")) {
            return "password";
        }
        return names.contains("Workbook") || names.contains("Book") ? "old-excel" : "old-office";
    }

    private static void refuseKnownOthers(byte[] content) {
        String start = new String(content, 0, Math.min(content.length, 1024), StandardCharsets.ISO_8859_1);
        String name = null;
        if (start.startsWith("%PDF")) {
            name = "PDF";
        } else if (start.startsWith("\u0089PNG")
                || start.startsWith("\u00ff\u00d8\u00ff")
                || start.startsWith("GIF8")
                || start.startsWith("RIFF")
                || start.startsWith("II*\0")
                || (start.startsWith("BM") && start.indexOf('\0') >= 0)) {
            name = "imagen";
        } else if (start.startsWith("Rar!") || start.startsWith("7z\u00bc\u00af") || start.startsWith("\u001f\u008b")) {
            name = "comprimido";
        }
        if (name != null) {
            throw refuse(Kind.NOT_A_TABLE, "other-format", name);
        }
        String markup = start.replace("\u00ef\u00bb\u00bf", "")
                .replace("\0", "")
                .strip()
                .toLowerCase(Locale.ROOT);
        if (markup.startsWith("<")) {
            throw refuse(Kind.NOT_A_TABLE, "markup");
        }
        if (markup.startsWith("begin:vcard")) {
            throw refuse(Kind.NOT_A_TABLE, "vcard");
        }
        if (markup.startsWith("{\\rtf")) {
            throw refuse(Kind.NOT_A_TABLE, "other-format", "RTF");
        }
    }

    private static int firstInt(byte[] content) {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            value = value << 8 | (i < content.length ? content[i] & 0xff : 0);
        }
        return value;
    }

    private static String megabytes(int bytes) {
        return String.valueOf((bytes + 1024 * 1024 - 1) / 1024 / 1024);
    }
}
