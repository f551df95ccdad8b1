package org.pregonero.dispatcher.tabular;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;

/** One row of a table; cells that are not there are empty. */
public final class TableRow {

    private final int number;
    private final String[] cells;
    private final BitSet formulas;

    TableRow(int number, String[] cells, BitSet formulas) {
        this.number = number;
        this.cells = cells;
        this.formulas = formulas;
    }

    /** As a spreadsheet numbers it: the first row of the file is 1. */
    public int number() {
        return number;
    }

    public int width() {
        return cells.length;
    }

    /** The visible text, cleaned; never null. */
    public String cell(int column) {
        return column < cells.length ? cells[column] : "";
    }

    /** Whether the cell holds a formula; its text is then what the program that saved the file last computed. */
    public boolean isFormula(int column) {
        return formulas.get(column);
    }

    public boolean isBlank() {
        return filled() == 0;
    }

    /** How many cells say something. */
    public int filled() {
        int filled = 0;
        for (String cell : cells) {
            filled += cell.isEmpty() ? 0 : 1;
        }
        return filled;
    }

    TableRow corrected(Map<Table.Cell, String> texts) {
        String[] others = cells;
        BitSet left = formulas;
        for (Map.Entry<Table.Cell, String> text : texts.entrySet()) {
            int column = text.getKey().column();
            if (text.getKey().row() == number && column >= 0 && column < TableReader.MAX_COLUMNS) {
                int before = others.length;
                others = Arrays.copyOf(others, Math.max(before, column + 1));
                Arrays.fill(others, before, others.length, "");
                others[column] = Words.clean(text.getValue());
                left = (BitSet) left.clone();
                left.clear(column);
            }
        }
        return others == cells ? this : new TableRow(number, others, left);
    }
}
