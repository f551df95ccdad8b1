package org.pregonero.dispatcher.tabular;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.dhatim.fastexcel.reader.SheetVisibility;
import org.pregonero.dispatcher.tabular.Table.MergedArea;
import org.pregonero.dispatcher.tabular.UnreadableFileException.Kind;

/** The first visible sheet with content of an XLSX workbook, its cells as they look to the user. */
final class XlsxTable {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/uuuu", Locale.ROOT);
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("dd/MM/uuuu HH:mm", Locale.ROOT);
    private static final Pattern NOT_FORMAT = Pattern.compile("\"[^\"]*\"|\\\\.|\\[[^\\]]*\\]");
    private static final int MAX_CELLS = 6_000_000;

    private final byte[] content;
    private long cells;

    XlsxTable(byte[] content) {
        this.content = content;
    }

    Table read() {
        new WorkbookGuard(content).check();
        try (ReadableWorkbook workbook =
                new ReadableWorkbook(new ByteArrayInputStream(content), new ReadingOptions(true, true))) {
            Map<String, List<MergedArea>> mergedById = mergedAreasBySheetId();
            List<TableRow> rows = List.of();
            List<MergedArea> merged = List.of();
            List<String> unread = new ArrayList<>();
            for (Sheet sheet : workbook.getSheets().toList()) {
                if (sheet.getVisibility() == SheetVisibility.VISIBLE) {
                    if (!rows.isEmpty()) {
                        if (hasContent(sheet)) {
                            unread.add(sheet.getName());
                        }
                        continue;
                    }
                    rows = rows(sheet);
                    merged = mergedById.getOrDefault(sheet.getId(), List.of());
                }
            }
            if (rows.isEmpty()) {
                throw TableReader.refuse(Kind.NOT_UNDERSTOOD, "empty");
            }
            return new Table("XLSX", "", List.copyOf(rows), merged, List.copyOf(unread));
        } catch (UnreadableFileException e) {
            throw e;
        } catch (IOException | XMLStreamException | RuntimeException damaged) {
            // The library and the parsers below it answer damaged files with exceptions of every kind.
            throw TableReader.refuse(Kind.NOT_A_TABLE, "damaged");
        }
    }

    /** Checks every sheet, before the library sees it, and finds its merged areas. */
    private Map<String, List<MergedArea>> mergedAreasBySheetId() throws IOException, XMLStreamException {
        Map<String, List<MergedArea>> areas = new HashMap<>();
        try (ZipFile zip = ZipFile.builder()
                .setSeekableByteChannel(new SeekableInMemoryByteChannel(content))
                .get()) {
            ZipArchiveEntry relations = zip.getEntry("xl/_rels/workbook.xml.rels");
            if (relations == null) {
                throw TableReader.refuse(Kind.NOT_A_TABLE, "damaged");
            }
            Map<String, String> paths;
            try (InputStream in = zip.getInputStream(relations)) {
                paths = SheetOutline.worksheetPaths(in);
            }
            for (Map.Entry<String, String> path : paths.entrySet()) {
                ZipArchiveEntry sheet = zip.getEntry(path.getValue());
                if (sheet != null) {
                    try (InputStream in = zip.getInputStream(sheet)) {
                        areas.put(path.getKey(), SheetOutline.mergedAreas(in));
                    }
                }
            }
        }
        return areas;
    }

    private List<TableRow> rows(Sheet sheet) throws IOException {
        List<TableRow> rows = new ArrayList<>();
        int lastFilled = 0;
        try (Stream<Row> stream = sheet.openStream()) {
            for (Row row : (Iterable<Row>) stream::iterator) {
                TableRow read = row(row);
                if (read.isBlank() && rows.size() > TableReader.MAX_ROWS) {
                    // formatting that reaches to the end of the sheet
                    continue;
                }
                rows.add(read);
                if (!read.isBlank()) {
                    lastFilled = rows.size();
                    if (lastFilled > TableReader.MAX_ROWS + 30) {
                        throw TableReader.refuse(Kind.TOO_LARGE, "too-many-rows", TableReader.MAX_ROWS);
                    }
                }
            }
        }
        return new ArrayList<>(rows.subList(0, lastFilled));
    }

    private static boolean hasContent(Sheet sheet) throws IOException {
        try (Stream<Row> stream = sheet.openStream()) {
            return stream.anyMatch(row -> row.stream()
                    .anyMatch(
                            cell -> cell != null && !Words.clean(cell.getText()).isEmpty()));
        }
    }

    private TableRow row(Row row) {
        BitSet formulas = new BitSet();
        int number = row.getRowNum();
        int width = Math.min(row.getCellCount(), TableReader.MAX_COLUMNS);
        String[] texts = new String[width];
        Arrays.fill(texts, "");
        for (Cell cell : row) {
            if (cell == null) {
                continue;
            }
            String text = Words.clean(text(cell));
            int column = cell.getColumnIndex();
            if (text.isEmpty() && cell.getFormula() == null) {
                continue;
            }
            if (column >= TableReader.MAX_COLUMNS) {
                throw TableReader.refuse(Kind.TOO_LARGE, "too-many-columns", TableReader.MAX_COLUMNS, number);
            }
            if (text.length() > TableReader.MAX_CELL) {
                throw TableReader.refuse(Kind.NOT_UNDERSTOOD, "long-cell", number, column + 1, TableReader.MAX_CELL);
            }
            if (++cells > MAX_CELLS) {
                throw TableReader.refuse(Kind.TOO_LARGE, "bomb");
            }
            texts[column] = text;
            if (cell.getFormula() != null) {
                formulas.set(column);
            }
        }
        return new TableRow(number, texts, formulas);
    }

    private static String text(Cell cell) {
        if (cell.getType() == CellType.NUMBER) {
            if (isDate(cell)) {
                LocalDateTime moment = cell.asDate();
                boolean midnight = moment.toLocalTime().toSecondOfDay() == 0;
                return moment.format(midnight ? DAY : MOMENT);
            }
            // a telephone number must not become 3.15E9
            BigDecimal number = cell.asNumber();
            return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
        }
        if (cell.getType() == CellType.BOOLEAN) {
            return cell.asBoolean() ? "VERDADERO" : "FALSO";
        }
        String raw = cell.getType() == CellType.STRING ? cell.asString() : cell.getRawValue();
        return raw == null ? "" : raw;
    }

    /** ECMA-376 part 1, 18.8.30: the built-in date formats, and every other format that writes days or years. */
    private static boolean isDate(Cell cell) {
        Integer id = cell.getDataFormatId();
        boolean builtIn =
                id != null && ((id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || (id >= 50 && id <= 58));
        if (builtIn) {
            return true;
        }
        String format = cell.getDataFormatString();
        if (format == null) {
            return false;
        }
        String signs = NOT_FORMAT.matcher(format).replaceAll("").toLowerCase(Locale.ROOT);
        return !signs.contains("general") && (signs.indexOf('d') >= 0 || signs.indexOf('y') >= 0);
    }
}
