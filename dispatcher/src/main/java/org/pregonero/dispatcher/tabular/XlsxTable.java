package org.pregonero.dispatcher.tabular;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
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
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.tabular.Table.MergedArea;
import org.pregonero.dispatcher.tabular.UnreadableFileException.Kind;

/** A visible sheet with content of an XLSX workbook, its cells as they look to the user. */
final class XlsxTable {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/uuuu", Locale.ROOT);
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("dd/MM/uuuu HH:mm", Locale.ROOT);
    private static final Pattern NOT_FORMAT = Pattern.compile("\"[^\"]*\"|\\\\.|\\[[^\\]]*\\]");
    /** Of a format for numbers, in which an "m" is something else than the month. */
    private static final String DIGITS = "0#?";
    /** With how many digits a spreadsheet computes; 0.07 * 100 is 7 for it. */
    private static final MathContext PRECISION = new MathContext(15);

    private static final int MAX_CELLS = 6_000_000;

    private final byte[] content;
    private long cells;

    XlsxTable(byte[] content) {
        this.content = content;
    }

    Table read(Predicate<Table> understood) {
        new WorkbookGuard(content).check();
        try (ReadableWorkbook workbook =
                new ReadableWorkbook(new ByteArrayInputStream(content), new ReadingOptions(true, true))) {
            Map<String, List<MergedArea>> mergedById = mergedAreasBySheetId();
            List<String> names = new ArrayList<>();
            int chosen = 0;
            @Nullable Table table = null;
            boolean found = false;
            for (Sheet sheet : workbook.getSheets().toList()) {
                if (sheet.getVisibility() != SheetVisibility.VISIBLE) {
                    continue;
                }
                if (found) {
                    if (hasContent(sheet)) {
                        names.add(sheet.getName());
                    }
                    continue;
                }
                List<TableRow> rows = rows(sheet);
                if (!rows.isEmpty()) {
                    List<MergedArea> merged = mergedById.getOrDefault(sheet.getId(), List.of());
                    Table read = new Table("XLSX", "", List.copyOf(rows), merged, List.of());
                    found = understood.test(read);
                    if (found || table == null) {
                        table = read;
                        chosen = names.size();
                    }
                    names.add(sheet.getName());
                }
            }
            if (table == null) {
                throw TableReader.refuse(Kind.NOT_UNDERSTOOD, "empty");
            }
            names.remove(chosen);
            return new Table(table.encoding(), table.separator(), table.rows(), table.merged(), List.copyOf(names));
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
        // a formula's last result, too
        if (cell.getValue() instanceof BigDecimal number) {
            return number(number, cell);
        }
        if (cell.getType() == CellType.BOOLEAN) {
            return cell.asBoolean() ? "VERDADERO" : "FALSO";
        }
        String raw = cell.getType() == CellType.STRING ? cell.asString() : cell.getRawValue();
        return raw == null ? "" : raw;
    }

    private static String number(BigDecimal number, Cell cell) {
        String format = shownParts(cell);
        boolean hours = format.indexOf('h') >= 0 || format.indexOf(':') >= 0;
        if (format.indexOf('d') >= 0
                || format.indexOf('y') >= 0
                || (!hours
                        && format.indexOf('m') >= 0
                        && format.chars().noneMatch(sign -> DIGITS.indexOf(sign) >= 0))) {
            return date(cell.asDate(), format);
        }
        if (hours && number.signum() >= 0 && number.compareTo(BigDecimal.ONE) < 0) {
            return cell.asDate().toLocalTime().toString();
        }
        if (format.indexOf('%') >= 0) {
            return plain(number.movePointRight(2).round(PRECISION)) + "%";
        }
        return plain(number);
    }

    /** Who types a month has its first day in the cell; that day is neither shown nor meant. */
    private static String date(LocalDateTime moment, String format) {
        boolean midnight = moment.toLocalTime().toSecondOfDay() == 0;
        if (format.indexOf('m') >= 0 && format.indexOf('d') < 0 && moment.getDayOfMonth() == 1 && midnight) {
            String month = Words.MONTHS.get(moment.getMonthValue() - 1);
            return format.indexOf('y') < 0 ? month : month + " " + moment.getYear();
        }
        return moment.format(midnight ? DAY : MOMENT);
    }

    /** A telephone number must not become 3.15E9. */
    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    /** The signs of a cell's format without its literal texts; for a built-in one, what matters of it. */
    private static String shownParts(Cell cell) {
        int id = cell.getDataFormatId() == null ? 0 : cell.getDataFormatId();
        String format = cell.getDataFormatString();
        if (id == 17) {
            return "mmm-yy";
        }
        // ECMA-376 part 1, 18.8.30
        if ((id >= 14 && id <= 16) || id == 22 || (id >= 27 && id <= 31) || (id >= 50 && id <= 58)) {
            return "d";
        }
        if ((id >= 18 && id <= 21) || (id >= 45 && id <= 47)) {
            return "h:mm";
        }
        if (id == 9 || id == 10) {
            return "0%";
        }
        String signs =
                format == null ? "" : NOT_FORMAT.matcher(format).replaceAll("").toLowerCase(Locale.ROOT);
        return signs.contains("general") ? "" : signs;
    }
}
