package org.pregonero.dispatcher.tabular;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** In what form a table leaves, to be kept or opened in a spreadsheet. */
public enum TableFormat {
    CSV("text/csv;charset=UTF-8"),
    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

    private final String mediaType;

    TableFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /** By the ending of a file's name, or of an address. */
    public static TableFormat of(String name) {
        return name.endsWith(".xlsx") ? XLSX : CSV;
    }

    /** Writes the rows of a table, the headings first. */
    @FunctionalInterface
    public interface Rows {

        void writeTo(TableWriter table) throws IOException;
    }

    /**
     * A table as a file to be saved, sent as it is written.
     *
     * @param name of the file, without its ending
     * @param title of a workbook's sheet
     */
    public ResponseEntity<StreamingResponseBody> download(String name, String title, Rows rows) {
        var file = name + "." + name().toLowerCase(Locale.ROOT);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(mediaType))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(file).build().toString())
                .body(out -> write(title, rows, out));
    }

    /** A table that breaks off gets no end: nobody shall take it for the whole. */
    public void write(String title, Rows rows, OutputStream out) throws IOException {
        var table = this == CSV ? TableWriter.csv(out) : TableWriter.xlsx(title, out);
        rows.writeTo(table);
        table.end();
    }
}
