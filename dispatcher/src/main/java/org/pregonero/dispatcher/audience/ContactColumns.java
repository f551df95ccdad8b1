package org.pregonero.dispatcher.audience;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.tabular.Headings;
import org.pregonero.dispatcher.tabular.Notice;
import org.pregonero.dispatcher.tabular.Table;
import org.pregonero.dispatcher.tabular.TableRow;
import org.pregonero.dispatcher.tabular.UnreadableFileException;
import org.pregonero.dispatcher.tabular.UnreadableFileException.Kind;
import org.pregonero.dispatcher.tabular.Words;

/**
 * Which column of a list says what.
 *
 * @param headings as they stand in the file, or the column's letter where there is none
 * @param fieldByColumn columns not in here are kept as the person's attributes
 * @param ignored columns that are not taken in
 * @param headingIsGuessed whether a row counts as the heading though none of its words is known
 * @param firstRow index of the first row of data in the table
 */
record ContactColumns(
        List<String> headings,
        Map<Integer, ContactField> fieldByColumn,
        Set<Integer> ignored,
        boolean headingIsGuessed,
        int firstRow) {

    private static final int SAMPLE = 200;
    private static final int LONGEST_NAME = 200;
    private static final Pattern NAME = Pattern.compile("\\p{L}[\\p{L}.' -]+ [\\p{L}.' -]+");

    /** Whether a table seems to be a list: of a workbook's sheets, the one with people is taken. */
    static boolean understands(Table table, PhoneNumbers phones) {
        List<TableRow> first = table.rows().stream()
                .filter(row -> !row.isBlank())
                .limit(SAMPLE)
                .toList();
        long addressed =
                first.stream().filter(row -> looksLikeData(row, phones)).count();
        boolean headed = ContactHeadings.find(table, row -> looksLikeData(row, phones))
                .map(found -> found.fieldByColumn().values())
                .filter(fields -> fields.contains(ContactField.EMAIL) || fields.contains(ContactField.PHONE))
                .filter(fields -> fields.contains(ContactField.NAME) || addressed > 0)
                .isPresent();
        return headed || isMost(addressed, first);
    }

    /** @throws UnreadableFileException if nothing in the table looks like people with names and addresses */
    static ContactColumns of(Table table, PhoneNumbers phones, ContactCorrections said) {
        Optional<Headings.Found<ContactField>> found = ContactHeadings.find(table, row -> looksLikeData(row, phones));
        TableRow heading = table.rows().get(found.map(Headings.Found::index).orElse(firstFilled(table)));
        boolean hasHeading = found.isPresent() || !looksLikeData(heading, phones);
        if (hasHeading && isInOneColumn(heading, table)) {
            throw new UnreadableFileException(Kind.NOT_UNDERSTOOD, ContactImport.TEXTS, Notice.of("one-column"));
        }
        int headingIndex = table.rows().indexOf(heading);
        boolean isTitle = found.isEmpty() && heading.filled() == 1;
        int answers = hasHeading ? ContactHeadings.answersBelow(table, headingIndex) : -1;
        boolean guessed = hasHeading && found.isEmpty();
        int firstRow = hasHeading ? Math.max(headingIndex, answers) + 1 : headingIndex;
        int width = table.rows().stream().mapToInt(TableRow::width).max().orElse(0);
        List<String> headings = new ArrayList<>();
        Map<Integer, ContactField> fields = new LinkedHashMap<>();
        for (int column = 0; column < width; column++) {
            String text = hasHeading ? ContactHeadings.text(table, headingIndex, answers, column) : "";
            headings.add(text.isEmpty() ? letter(column) : text);
            int current = column;
            ContactHeadings.field(isTitle ? "" : text).ifPresent(field -> fields.put(current, field));
        }
        keepProvenDates(headings, fields);
        Set<Integer> ignored = new HashSet<>();
        for (int column = 0; column < headings.size(); column++) {
            if (Words.fold(headings.get(column)).equals(RowsToMend.HEADING_KEY)) {
                fields.remove(column);
                ignored.add(column);
            }
        }
        ContactColumns columns = new ContactColumns(List.copyOf(headings), fields, ignored, guessed, firstRow);
        if (!said.columns().isEmpty()) {
            return corrected(table, columns, said);
        }
        keepOneName(headings, fields);
        List<TableRow> sample =
                table.rows().stream().skip(firstRow).limit(SAMPLE).toList();
        proposeByContent(sample, width, fields, phones);
        boolean reachable = fields.containsValue(ContactField.EMAIL) || fields.containsValue(ContactField.PHONE);
        boolean named = fields.containsValue(ContactField.NAME) || fields.containsValue(ContactField.LAST_NAME);
        if (!reachable && (!named || found.isEmpty())) {
            throw new UnreadableFileException(
                    Kind.NOT_UNDERSTOOD, ContactImport.TEXTS, Headings.unknown(table, heading));
        }
        return columns;
    }

    /** What a person says of a column counts, whatever its heading. */
    private static ContactColumns corrected(Table table, ContactColumns columns, ContactCorrections said) {
        Map<Integer, ContactField> fields = columns.fieldByColumn;
        Set<Integer> ignored = columns.ignored;
        said.columns().forEach((column, meaning) -> {
            fields.remove(column);
            ignored.remove(column);
            if (meaning.equals(ContactCorrections.IGNORED)) {
                ignored.add(column);
            }
            for (ContactField field : ContactField.values()) {
                if (field.name().equals(meaning) && column < columns.headings.size()) {
                    fields.put(column, field);
                }
            }
        });
        boolean tells = Stream.of(ContactField.NAME, ContactField.LAST_NAME, ContactField.EMAIL, ContactField.PHONE)
                .anyMatch(fields::containsValue);
        if (!tells) {
            TableRow heading = table.rows().get(Math.max(0, columns.firstRow - 1));
            throw new UnreadableFileException(
                    Kind.NOT_UNDERSTOOD, ContactImport.TEXTS, Notice.of("headings", Headings.listed(heading)));
        }
        return columns;
    }

    /** Columns that ask whether somebody accepts and not what: a no is a no, a yes authorises nothing. */
    Set<Integer> accepting() {
        return IntStream.range(0, headings.size())
                .filter(column -> !fieldByColumn.containsKey(column) && !ignored.contains(column))
                .filter(column -> ContactHeadings.asksToAcceptAnything(headings.get(column)))
                .boxed()
                .collect(Collectors.toSet());
    }

    /**
     * The table with what stands in cells merged downwards in all their rows, but for who somebody is and their addresses,
     * and what a person named answered where nobody is named.
     */
    Table filledDown(Table table) {
        int heading = firstRow == 0 ? 0 : table.rows().get(firstRow - 1).number();
        return table.filledDown((row, column) -> column < headings.size() && fills(row, column), heading);
    }

    private boolean fills(TableRow row, int column) {
        @Nullable ContactField field = fieldByColumn.get(column);
        if (field == ContactField.AUTHORISATION || field == ContactField.AUTHORISED_ON) {
            return isNamed(row);
        }
        return field != ContactField.NAME
                && field != ContactField.LAST_NAME
                && field != ContactField.EMAIL
                && field != ContactField.PHONE;
    }

    /** Whether a row has a name, in a list of names. */
    private boolean isNamed(TableRow row) {
        return !has(ContactField.NAME)
                || fieldByColumn.entrySet().stream()
                        .filter(entry ->
                                entry.getValue() == ContactField.NAME || entry.getValue() == ContactField.LAST_NAME)
                        .anyMatch(entry -> !row.cell(entry.getKey()).isEmpty());
    }

    /** Whether a row has an address, in whatever column. */
    static boolean looksLikeData(TableRow row, PhoneNumbers phones) {
        return IntStream.range(0, row.width())
                .mapToObj(row::cell)
                .anyMatch(text -> EmailAddresses.read(text).looksLikeAddresses()
                        || phones.read(text).looksLikeAddresses());
    }

    /** Whether a row says the headings again. */
    boolean repeatedIn(TableRow row) {
        return row.filled() > 1
                && IntStream.range(0, row.width())
                        .filter(column -> !row.cell(column).isEmpty())
                        .allMatch(column -> Words.fold(row.cell(column)).equals(Words.fold(headings.get(column))));
    }

    /** Whether the days of the authorisations are written with the month first. */
    boolean haveMonthFirst(Table table) {
        return fieldByColumn.entrySet().stream()
                .filter(entry -> entry.getValue() == ContactField.AUTHORISED_ON)
                .anyMatch(entry -> SpanishDates.haveMonthFirst(
                        table.rows().stream().skip(firstRow).map(row -> row.cell(entry.getKey()))));
    }

    boolean has(ContactField field) {
        return fieldByColumn.containsValue(field);
    }

    /** Every column with what it was taken for and its first different texts. */
    List<ImportReport.Column> layout(Table table) {
        List<ImportReport.Column> columns = new ArrayList<>();
        for (int column = 0; column < headings.size(); column++) {
            int current = column;
            ContactField field = fieldByColumn.get(column);
            String meaning = ignored.contains(column)
                    ? ContactCorrections.IGNORED
                    : field == null ? ContactCorrections.ATTRIBUTE : field.name();
            List<String> samples = table.rows().stream()
                    .skip(firstRow)
                    .limit(SAMPLE)
                    .map(row -> row.cell(current))
                    .filter(text -> !text.isEmpty())
                    .distinct()
                    .limit(3)
                    .map(text -> text.substring(0, Math.min(80, text.length())))
                    .toList();
            columns.add(new ImportReport.Column(column, headings.get(column), meaning, samples));
        }
        return columns;
    }

    /** How each heading was understood, for the user to check. */
    Map<String, String> understood() {
        Map<String, String> result = new LinkedHashMap<>();
        for (int column = 0; column < headings.size(); column++) {
            ContactField field = fieldByColumn.get(column);
            result.put(
                    unique(result, headings.get(column)),
                    field == null ? "attribute" : field.name().toLowerCase(Locale.ROOT));
        }
        return result;
    }

    /** The heading of the first column that says this, empty where none does. */
    String heading(ContactField field) {
        return fieldByColumn.entrySet().stream()
                .filter(entry -> entry.getValue() == field)
                .min(Map.Entry.comparingByKey())
                .map(entry -> headings.get(entry.getKey()))
                .orElse("");
    }

    private static String unique(Map<String, String> taken, String heading) {
        String name = heading;
        for (int n = 2; taken.containsKey(name); n++) {
            name = heading + " (" + n + ")";
        }
        return name;
    }

    /** A text file that was opened without its separator and saved as a workbook: "Nombre,Correo,Celular" in one cell. */
    private static boolean isInOneColumn(TableRow heading, Table table) {
        Set<ContactField> fields = EnumSet.noneOf(ContactField.class);
        for (String part : heading.cell(0).split("[,;|\t]", -1)) {
            ContactHeadings.field(part).ifPresent(fields::add);
        }
        List<TableRow> others = table.rows().stream()
                .filter(row -> row != heading && !row.isBlank())
                .toList();
        long wider = others.stream().filter(row -> row.filled() > 1).count();
        return heading.filled() == 1
                && fields.size() > 1
                && (fields.contains(ContactField.EMAIL) || fields.contains(ContactField.PHONE))
                && !isMost(wider, others);
    }

    /** Beside the authorisation's own date, a bare "Fecha" is another one. */
    private static void keepProvenDates(List<String> headings, Map<Integer, ContactField> fields) {
        List<Integer> dates = fields.keySet().stream()
                .filter(column -> fields.get(column) == ContactField.AUTHORISED_ON)
                .toList();
        List<Integer> others = dates.stream()
                .filter(column -> !ContactHeadings.speaksOfConsent(headings.get(column)))
                .toList();
        if (others.size() < dates.size()) {
            others.forEach(fields::remove);
        }
    }

    /** The column that fits best, and second names. */
    private static void keepOneName(List<String> headings, Map<Integer, ContactField> fields) {
        fields.entrySet().stream()
                .filter(entry -> entry.getValue() == ContactField.NAME)
                .map(Map.Entry::getKey)
                .filter(column -> !ContactHeadings.isSecondName(headings.get(column)))
                .sorted(Comparator.comparing(column -> ContactHeadings.rankAsName(headings.get(column))))
                .skip(1)
                .toList()
                .forEach(fields::remove);
    }

    private static void proposeByContent(
            List<TableRow> sample, int width, Map<Integer, ContactField> fields, PhoneNumbers phones) {
        propose(sample, width, fields, ContactField.EMAIL, text -> EmailAddresses.read(text)
                .looksLikeAddresses());
        propose(sample, width, fields, ContactField.PHONE, text -> phones.read(text)
                .looksLikeAddresses());
        if (!fields.containsValue(ContactField.LAST_NAME)) {
            propose(
                    sample,
                    width,
                    fields,
                    ContactField.NAME,
                    text -> text.length() <= LONGEST_NAME && NAME.matcher(text).matches());
        }
    }

    private static void propose(
            List<TableRow> sample,
            int width,
            Map<Integer, ContactField> fields,
            ContactField field,
            Predicate<String> looksRight) {
        if (fields.containsValue(field)) {
            return;
        }
        for (int column = 0; column < width; column++) {
            int current = column;
            List<String> texts = sample.stream()
                    .map(row -> row.cell(current))
                    .filter(text -> !text.isEmpty())
                    .toList();
            long right = texts.stream().filter(looksRight).count();
            if (!fields.containsKey(column) && isMost(right, texts)) {
                fields.put(column, field);
                return;
            }
        }
    }

    private static boolean isMost(long right, List<?> all) {
        return !all.isEmpty() && right * 10 >= all.size() * 6L;
    }

    private static int firstFilled(Table table) {
        for (int index = 0; index < table.rows().size(); index++) {
            if (!table.rows().get(index).isBlank()) {
                return index;
            }
        }
        return 0;
    }

    private static String letter(int column) {
        String last = String.valueOf((char) ('A' + column % 26));
        return column < 26 ? last : letter(column / 26 - 1) + last;
    }
}
