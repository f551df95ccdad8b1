package org.pregonero.dispatcher.audience;

import java.util.List;
import java.util.Map;

/**
 * What a list held, and what was done with it.
 *
 * @param rows of data, blank ones included, the heading not
 * @param blankRows rows that tell of nobody
 * @param people different persons in the file
 * @param mergedRows rows that told of a person another row had told of
 * @param invalidEmail values that are no address one could write to
 * @param invalidPhone values that are no number that takes WhatsApp or SMS
 * @param withoutAnyAddress people left without any valid address
 * @param withoutAuthorization people who may not be written to on any channel
 * @param contactableEmail people who may be written to, and have an address for it
 * @param contactablePhone the same for WhatsApp or SMS
 * @param problems at most {@value #MOST_PROBLEMS} of them, in the order of the rows
 * @param problemsTotal how many there are
 * @param columns how each heading was understood
 * @param layout the columns in their order, for a person to correct
 * @param separator of a text file's columns; empty for a workbook
 */
public record ImportReport(
        int rows,
        int blankRows,
        int people,
        int mergedRows,
        int invalidEmail,
        int invalidPhone,
        int withoutAnyAddress,
        int withoutAuthorization,
        int contactableEmail,
        int contactablePhone,
        List<ImportProblem> problems,
        int problemsTotal,
        Map<String, String> columns,
        String encoding,
        String separator,
        boolean applied,
        int created,
        int updated,
        List<Column> layout) {

    /**
     * A column of the list.
     *
     * @param meaning name of a {@link ContactField}, or one of those in {@link ContactCorrections}
     * @param samples its first different texts
     */
    public record Column(int index, String heading, String meaning, List<String> samples) {}

    /** The same with other texts to look at. */
    ImportReport withTexts(List<ImportProblem> others, List<Column> columnsSeen) {
        return new ImportReport(
                rows,
                blankRows,
                people,
                mergedRows,
                invalidEmail,
                invalidPhone,
                withoutAnyAddress,
                withoutAuthorization,
                contactableEmail,
                contactablePhone,
                others,
                problemsTotal,
                columns,
                encoding,
                separator,
                applied,
                created,
                updated,
                columnsSeen);
    }

    static final int MOST_PROBLEMS = 5_000;
}
