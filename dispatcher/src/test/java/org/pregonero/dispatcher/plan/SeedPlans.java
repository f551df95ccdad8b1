package org.pregonero.dispatcher.plan;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.dhatim.fastexcel.Worksheet;
import org.pregonero.dispatcher.tabular.Upload;

/** Plans as public institutions publish them, each in its own shape: as text, and as the workbook it was typed in. */
public final class SeedPlans {

    private SeedPlans() {}

    public static byte[] csv(String name) {
        return Upload.real("planes/" + name + ".csv");
    }

    /** Lines across the table and stages beside their actions are merged cells, as people draw them. */
    public static byte[] workbook(String name) {
        List<CsvRecord> rows = rows(csv(name));
        return Upload.workbook(sheet -> {
            for (int r = 0; r < rows.size(); r++) {
                CsvRecord row = rows.get(r);
                for (int c = 0; c < row.getFieldCount(); c++) {
                    if (!row.getField(c).isEmpty()) {
                        sheet.value(r, c, row.getField(c));
                    }
                }
                if (row.getFieldCount() > 1 && filled(row) == 1 && isLine(r, row.getField(0))) {
                    sheet.range(r, 0, r, row.getFieldCount() - 1).merge();
                }
            }
            mergeStages(sheet, rows);
        });
    }

    private static void mergeStages(Worksheet sheet, List<CsvRecord> rows) {
        int first = -1;
        for (int r = 0; r <= rows.size(); r++) {
            boolean below = r < rows.size() && rows.get(r).getField(0).isEmpty();
            if (!below) {
                if (first >= 0 && r - first > 1) {
                    sheet.range(first, 0, r - 1, 0).merge();
                }
                first = r < rows.size() && filled(rows.get(r)) > 1 ? r : -1;
            }
        }
    }

    /** A title, a stage, or a page's heading; an action may lack everything but its name. */
    private static boolean isLine(int row, String text) {
        return (row < 3 && !text.isEmpty()) || text.startsWith("Etapa") || text.startsWith("Cronograma");
    }

    private static long filled(CsvRecord row) {
        return row.getFields().stream().filter(field -> !field.isEmpty()).count();
    }

    private static List<CsvRecord> rows(byte[] csv) {
        try (CsvReader<CsvRecord> reader =
                CsvReader.builder().fieldSeparator(';').ofCsvRecord(new String(csv, StandardCharsets.UTF_8))) {
            return reader.stream().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
