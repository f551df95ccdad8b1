package org.pregonero.dispatcher.tabular;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pregonero.dispatcher.tabular.UnreadableFileException.Kind;

/** A table in a text file. */
final class CsvTable {

    private static final char[] SEPARATORS = {';', ',', '\t', '|'};
    private static final String BULLETS = "✓✔☑•●▪◦‣➢➤";
    private static final int SAMPLE = 64 * 1024;
    private static final BitSet NO_FORMULAS = new BitSet();

    private final byte[] content;

    CsvTable(byte[] content) {
        this.content = content;
    }

    Table read() {
        TextEncoding encoding = TextEncoding.of(content);
        String text = encoding.decode(content);
        if (looksBinary(text)) {
            throw TableReader.refuse(Kind.NOT_A_TABLE, "binary");
        }
        if (text.isBlank()) {
            throw TableReader.refuse(Kind.NOT_UNDERSTOOD, "empty");
        }
        boolean hinted = text.regionMatches(true, 0, "sep=", 0, 4) && text.length() > 5;
        char separator = hinted ? text.charAt(4) : separator(text);
        List<TableRow> rows = rows(text, separator);
        while (!rows.isEmpty()
                && rows.get(rows.size() - 1).width() <= 1
                && rows.get(rows.size() - 1).isBlank()) {
            // empty lines at the end are no rows to anybody who looks at the file
            rows.remove(rows.size() - 1);
        }
        if (hinted) {
            // the spreadsheet program hides this line and counts the next one as the first
            rows = rows.stream()
                    .skip(1)
                    .map(row -> new TableRow(row.number() - 1, cells(row), NO_FORMULAS))
                    .toList();
        }
        return new Table(encoding.charset().name(), String.valueOf(separator), List.copyOf(rows), List.of(), List.of());
    }

    private static List<TableRow> rows(String text, char separator) {
        List<TableRow> rows = new ArrayList<>();
        try (CsvReader<CsvRecord> reader = lenient(separator).ofCsvRecord(text)) {
            for (CsvRecord line : reader) {
                int number = rows.size() + 1;
                // the heading and the titles above it come on top of the rows of data
                if (number > TableReader.MAX_ROWS + 30) {
                    throw TableReader.refuse(Kind.TOO_LARGE, "too-many-rows", TableReader.MAX_ROWS);
                }
                rows.add(new TableRow(number, cells(line, number), NO_FORMULAS));
            }
        } catch (CsvParseException | IOException e) {
            throw TableReader.refuse(Kind.NOT_UNDERSTOOD, "quotes", rows.size() + 1);
        }
        return rows;
    }

    private static String[] cells(CsvRecord line, int number) {
        int width = line.getFieldCount();
        while (width > TableReader.MAX_COLUMNS && line.getField(width - 1).isBlank()) {
            width--;
        }
        if (width > TableReader.MAX_COLUMNS) {
            throw TableReader.refuse(Kind.TOO_LARGE, "too-many-columns", TableReader.MAX_COLUMNS, number);
        }
        String[] cells = new String[width];
        for (int i = 0; i < width; i++) {
            String field = line.getField(i);
            if (field.length() > TableReader.MAX_CELL) {
                throw TableReader.refuse(Kind.NOT_UNDERSTOOD, "long-cell", number, i + 1, TableReader.MAX_CELL);
            }
            cells[i] = Words.clean(field);
        }
        return cells;
    }

    private static String[] cells(TableRow row) {
        String[] cells = new String[row.width()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = row.cell(i);
        }
        return cells;
    }

    /** The separator that cuts most lines into the same number of columns. */
    private static char separator(String text) {
        String sample = text.length() <= SAMPLE ? text : text.substring(0, text.lastIndexOf('\n', SAMPLE) + 1);
        if (sample.isEmpty()) {
            sample = text.substring(0, SAMPLE);
        }
        if (isList(sample)) {
            return '\t';
        }
        char best = ',';
        double bestScore = 0;
        for (char separator : SEPARATORS) {
            double score = regularity(sample, separator);
            if (score > bestScore) {
                best = separator;
                bestScore = score;
            }
        }
        return best;
    }

    /** The items of a list are sentences: what stands between their parts separates no columns. */
    private static boolean isList(String sample) {
        List<String> lines = sample.lines().filter(line -> !line.isBlank()).toList();
        long items = lines.stream()
                .filter(line -> BULLETS.indexOf(line.charAt(0)) >= 0)
                .count();
        return items * 2 >= lines.size() && items > 1;
    }

    private static double regularity(String sample, char separator) {
        Map<Integer, Integer> linesByWidth = new HashMap<>();
        int lines = 0;
        try (CsvReader<CsvRecord> reader = lenient(separator).ofCsvRecord(sample)) {
            for (CsvRecord line : reader) {
                if (line.getFieldCount() > 1 || !line.getField(0).isBlank()) {
                    lines++;
                    linesByWidth.merge(line.getFieldCount(), 1, Integer::sum);
                }
            }
        } catch (CsvParseException | IOException cut) {
            // the sample may end inside quotes; what was read before still counts
        }
        double best = 0;
        for (Map.Entry<Integer, Integer> entry : linesByWidth.entrySet()) {
            int width = entry.getKey();
            if (width > 1) {
                double share = (double) entry.getValue() / lines;
                best = Math.max(best, share * share * (1 + Math.min(width, 50) / 100.0));
            }
        }
        return best;
    }

    private static CsvReader.CsvReaderBuilder lenient(char separator) {
        return CsvReader.builder()
                .fieldSeparator(separator)
                .skipEmptyLines(false)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(true);
    }

    private static boolean looksBinary(String text) {
        int odd = 0;
        int looked = Math.min(text.length(), 64 * 1024);
        for (int i = 0; i < looked; i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return true;
            }
            boolean control = c < ' ' && c != '\n' && c != '\r' && c != '\t';
            boolean undefined = c >= 0x7f && c < 0xa0;
            if (control || undefined || c == '\uFFFD') {
                odd++;
            }
        }
        return odd > looked / 100 + 2;
    }
}
