package org.pregonero.dispatcher.tabular;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.springframework.mock.web.MockMultipartFile;

/** Files as a user uploads them. */
public final class Upload {

    private Upload() {}

    public static MockMultipartFile of(String name, byte[] content) {
        return new MockMultipartFile("file", name, null, content);
    }

    /** One of the real files under {@code imports/}. */
    public static byte[] real(String name) {
        try (InputStream in = Upload.class.getResourceAsStream("/imports/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("No test file " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] workbook(Consumer<Worksheet> content) {
        return workbookOf(List.of(content));
    }

    /** Rows of text cells, from the first row on; an empty text leaves the cell out. */
    public static byte[] workbook(String[]... rows) {
        return workbook(cells(rows));
    }

    /** The same, and what is drawn besides. */
    public static byte[] workbook(String[][] rows, Consumer<Worksheet> drawn) {
        return workbook(cells(rows).andThen(drawn));
    }

    /** The rows of several sheets. */
    public static byte[] sheets(String[][]... sheets) {
        return workbookOf(Stream.of(sheets).map(Upload::cells).toList());
    }

    private static byte[] workbookOf(List<Consumer<Worksheet>> sheets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(out, "Prueba", "1.0")) {
            for (int i = 0; i < sheets.size(); i++) {
                sheets.get(i).accept(workbook.newWorksheet("Hoja" + (i + 1)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static Consumer<Worksheet> cells(String[][] rows) {
        return sheet -> {
            for (int r = 0; r < rows.length; r++) {
                for (int c = 0; c < rows[r].length; c++) {
                    if (!rows[r][c].isEmpty()) {
                        sheet.value(r, c, rows[r][c]);
                    }
                }
            }
        };
    }

    /** The workbook with its sheet's XML changed. */
    public static byte[] changed(byte[] workbook, Function<String, String> change) {
        return changed(workbook, "xl/worksheets/sheet1.xml", change);
    }

    /** The workbook with one of its parts changed. */
    public static byte[] changed(byte[] workbook, String part, Function<String, String> change) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipFile in = ZipFile.builder()
                        .setSeekableByteChannel(new SeekableInMemoryByteChannel(workbook))
                        .get();
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (ZipArchiveEntry entry : Collections.list(in.getEntries())) {
                byte[] content = in.getInputStream(entry).readAllBytes();
                if (entry.getName().equals(part)) {
                    String sheet = new String(content, StandardCharsets.UTF_8);
                    String other = change.apply(sheet);
                    if (other.equals(sheet)) {
                        throw new AssertionError("Nothing to change in " + sheet);
                    }
                    content = other.getBytes(StandardCharsets.UTF_8);
                }
                zip.putNextEntry(new ZipEntry(entry.getName()));
                zip.write(content);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }
}
