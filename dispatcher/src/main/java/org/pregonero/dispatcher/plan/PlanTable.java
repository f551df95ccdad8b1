package org.pregonero.dispatcher.plan;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.tabular.Notice;
import org.pregonero.dispatcher.tabular.Table;
import org.pregonero.dispatcher.tabular.Table.MergedArea;
import org.pregonero.dispatcher.tabular.TableRow;
import org.pregonero.dispatcher.tabular.UnreadableFileException;
import org.pregonero.dispatcher.tabular.UnreadableFileException.Kind;
import org.pregonero.dispatcher.tabular.Words;

/** Reads the actions out of a plan table. */
final class PlanTable {

    private static final int MOST_ACTIONS = 2_000;
    private static final int LONGEST_STAGE = 60;
    private static final int SAMPLES = 3;

    private final Table table;
    private final PlanColumns columns;
    private final Map<Integer, RowKind> said;
    private final List<Draft> drafts = new ArrayList<>();
    private final List<String> audiences = new ArrayList<>();
    private final SortedMap<Integer, String> notes = new TreeMap<>();
    private final SortedMap<Integer, String> sections = new TreeMap<>();
    private final List<PlanDoubt> doubts = new ArrayList<>();
    /** What the rows below the last heading are. */
    private RowKind below = RowKind.ACTION;

    private String stage = "";
    private String stageBefore = "";
    private boolean afterSection;

    /** An action while it is being read; a row cut off by the end of a page goes on in the next one. */
    private record Draft(TableRow row, String stage, Map<PlanField, String> texts, Map<String, String> extra) {

        String text(PlanField field) {
            return texts.getOrDefault(field, "");
        }
    }

    /** @throws UnreadableFileException if no heading tells where the actions stand, or there are too many */
    PlanTable(Table original, PlanCorrections corrections) {
        this.table = original.corrected(corrections.cells());
        this.said = corrections.rows();
        this.columns = PlanColumns.of(table, corrections.columns());
        for (TableRow row :
                table.rows().subList(columns.firstRow(), table.rows().size())) {
            if (!row.isBlank() && !isHeading(row)) {
                read(row);
            }
        }
        for (String sheet : table.unreadSheets()) {
            doubts.add(PlanDoubt.about(1, sheet, Notice.of("unread-sheet"), null));
        }
    }

    /** What was understood, with what is doubtful in it. */
    PlanProposal proposal(String fallbackName) {
        List<PlanAction> actions = drafts.stream().map(this::action).toList();
        PlanDoubts asked = new PlanDoubts(columns);
        for (int i = 0; i < actions.size(); i++) {
            asked.look(actions.get(i), drafts.get(i)::text);
        }
        doubts.addAll(asked.found());
        askAboutSections();
        List<PlanDoubt> sorted = doubts.stream()
                .sorted(java.util.Comparator.comparingInt(PlanDoubt::row))
                .toList();
        String title = title();
        Set<String> stages = drafts.stream()
                .map(Draft::stage)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return new PlanProposal(
                title.isEmpty() ? fallbackName : title,
                IntStream.range(0, columns.headings().size())
                        .mapToObj(this::column)
                        .toList(),
                stages.stream()
                        .map(name ->
                                new PlanProposal.Stage(name, StageWording.manual(name), StageWording.element(name)))
                        .toList(),
                actions,
                audiences,
                List.copyOf(notes.values()),
                sorted,
                EventWording.mentioned(title, actions));
    }

    /** A title without actions of its own says something, too. */
    private void askAboutSections() {
        Set<String> stages = drafts.stream()
                .flatMap(draft -> Stream.of(draft.stage().split(" · ")))
                .collect(Collectors.toSet());
        sections.forEach((row, text) -> {
            boolean names = stages.contains(text);
            if (!names) {
                notes.put(row, text);
            }
            doubts.add(PlanDoubt.about(row, text, Notice.of(names ? "section" : "section-note"), RowKind.STAGE));
        });
    }

    private PlanProposal.Column column(int index) {
        List<String> samples = table.rows().stream()
                .skip(columns.firstRow())
                .filter(row -> !isHeading(row))
                .map(row -> row.cell(index))
                .filter(text -> !text.isEmpty())
                .distinct()
                .limit(SAMPLES)
                .toList();
        return new PlanProposal.Column(
                index, columns.heading(index), columns.field(index).orElse(null), samples);
    }

    /** What stands above the table, or nothing. */
    private String title() {
        int end = columns.headingIndex();
        if (columns.isList()) {
            end = 0;
            while (end < table.rows().size() && isTitleOfList(end)) {
                end++;
            }
        }
        return table.rows().subList(0, Math.max(0, end)).stream()
                .flatMap(row -> IntStream.range(0, row.width()).mapToObj(row::cell))
                .map(text -> text.replace('\n', ' '))
                .filter(text -> !text.isEmpty())
                .distinct()
                .collect(Collectors.joining(". "));
    }

    /** A line above the first item, but for the last such line, which names what the items are. */
    private boolean isTitleOfList(int index) {
        boolean line = !isItem(table.rows().get(index));
        boolean nextIsLine =
                index + 1 < table.rows().size() && !isItem(table.rows().get(index + 1));
        return line && nextIsLine;
    }

    private void read(TableRow row) {
        if (columns.isList()) {
            readItem(row);
            return;
        }
        switch (kind(row)) {
            case STAGE -> section(row);
            case CONTINUED -> goOn(row);
            case ACTION -> drafts.add(draft(row));
            // who calls a lone cell an audience says nothing of the rows below it, unless it is a title that does
            case AUDIENCE -> aside(row, RowKind.AUDIENCE, isSection(row) && PlanWording.namesAudiences(firstText(row)));
            case NOTE -> aside(row, RowKind.NOTE, isSection(row));
        }
        if (drafts.size() > MOST_ACTIONS) {
            throw new UnreadableFileException(
                    Kind.TOO_LARGE, PlanImport.TEXTS, Notice.of("too-many-actions", MOST_ACTIONS));
        }
    }

    private RowKind kind(TableRow row) {
        @Nullable RowKind kind = said.get(row.number());
        if (kind != null && (kind != RowKind.CONTINUED || !drafts.isEmpty())) {
            return kind;
        }
        if (below == RowKind.ACTION && (goesOn(row) || sharesName(row))) {
            return RowKind.CONTINUED;
        }
        return isSection(row) ? RowKind.STAGE : below;
    }

    /** One line of a list: an item is an action, any other line says what the items below are, or names their stage. */
    private void readItem(TableRow row) {
        int index = table.rows().indexOf(row);
        boolean aboveAll = table.rows().subList(0, index + 1).stream().noneMatch(PlanTable::isItem);
        RowKind heading = PlanWording.namesAudiences(row.cell(0)) ? RowKind.AUDIENCE : RowKind.STAGE;
        RowKind kind = said.getOrDefault(row.number(), isItem(row) ? below : heading);
        if (kind == RowKind.ACTION) {
            drafts.add(new Draft(row, stage, new EnumMap<>(Map.of(PlanField.NAME, unmarked(row.cell(0)))), Map.of()));
            afterSection = false;
        } else if (!aboveAll || !isTitleOfList(index)) {
            if (kind == RowKind.AUDIENCE || kind == RowKind.NOTE) {
                aside(row, kind, !isItem(row));
            } else {
                section(row);
            }
        }
    }

    private static String unmarked(String text) {
        String bare = PlanColumns.BULLET.matcher(text).replaceFirst("");
        return bare.isEmpty() ? text : bare;
    }

    /** A row that is no action, or the heading above such rows. */
    private void aside(TableRow row, RowKind kind, boolean heading) {
        String text = texts(row);
        if (heading) {
            below = kind;
        }
        if (kind == RowKind.NOTE) {
            notes.put(row.number(), text);
        } else if (!heading || !PlanWording.namesAudiences(text)) {
            // a lone cell that somebody calls an audience is one, unless it only says what follows
            audiences.add(text);
        }
        if (heading || said.containsKey(row.number())) {
            doubts.add(PlanDoubt.about(row.number(), text, Notice.of("row-" + kind), kind));
        }
    }

    private static boolean isItem(TableRow row) {
        return PlanColumns.BULLET.matcher(row.cell(0)).find();
    }

    private void section(TableRow row) {
        String text = texts(row);
        stageBefore = afterSection ? stageBefore : stage;
        stage = afterSection && !columns.isList() ? stage + " · " + text : text;
        afterSection = true;
        below = RowKind.ACTION;
        sections.put(row.number(), text);
    }

    private Draft draft(TableRow row) {
        afterSection = false;
        String ownStage = spanned(row, PlanField.STAGE);
        stage = ownStage.isEmpty() ? stage : ownStage;
        Map<String, String> extra = new LinkedHashMap<>();
        for (int column = 0; column < row.width(); column++) {
            if (row.isFormula(column)) {
                doubts.add(new PlanDoubt(
                        row.number(),
                        column,
                        columns.heading(column),
                        row.cell(column),
                        row.cell(column),
                        Notice.of("formula"),
                        null));
            }
            if (columns.field(column).isEmpty() && !row.cell(column).isEmpty()) {
                extra.merge(columns.heading(column), row.cell(column), (a, b) -> a + "\n" + b);
            }
        }
        Map<PlanField, String> texts = new EnumMap<>(PlanField.class);
        for (PlanField field : PlanField.values()) {
            texts.put(field, spanned(row, field));
        }
        if (texts.getOrDefault(PlanField.NAME, "").isEmpty()) {
            int column = columns.of(PlanField.NAME).stream().findFirst().orElse(-1);
            String heading = column < 0 ? "" : columns.heading(column);
            doubts.add(new PlanDoubt(
                    row.number(), column, heading, firstText(row), "", Notice.of("no-name"), RowKind.ACTION));
        }
        return new Draft(row, stage, texts, extra);
    }

    /** "…la realización de una audiencia", and below, at the top of the next page, "pública participativa". */
    private boolean goesOn(TableRow row) {
        if (row.filled() != 1 || drafts.isEmpty()) {
            return false;
        }
        int column = firstColumn(row);
        PlanField field = columns.field(column).orElse(PlanField.STAGE);
        String before = drafts.get(drafts.size() - 1).text(field);
        return field != PlanField.STAGE
                && Character.isLowerCase(row.cell(column).codePointAt(0))
                && !before.isEmpty()
                && !before.matches("(?s).*[.;:!?]");
    }

    /** A cell alone beside the name of the action above, which is drawn over both rows. */
    private boolean sharesName(TableRow row) {
        if (row.filled() != 1 || drafts.isEmpty()) {
            return false;
        }
        boolean ofTheAction = columns.field(firstColumn(row))
                .filter(field -> field == PlanField.NAME || field == PlanField.STAGE)
                .isEmpty();
        String name = ofTheAction ? spanned(row, PlanField.NAME) : "";
        return !name.isEmpty() && name.equals(drafts.get(drafts.size() - 1).text(PlanField.NAME));
    }

    private void goOn(TableRow row) {
        if (afterSection) {
            // what stands between a row and its rest is the heading of a page
            stage = stageBefore;
            afterSection = false;
            int heading = sections.lastKey();
            String text = sections.remove(heading);
            notes.put(heading, text);
            doubts.add(PlanDoubt.about(heading, text, Notice.of("page-heading"), null));
        }
        Draft last = drafts.get(drafts.size() - 1);
        boolean shared = sharesName(row);
        BinaryOperator<String> joined = (a, b) -> a.isEmpty() ? b : a + (shared ? "\n" : " ") + b;
        for (int column = 0; column < row.width(); column++) {
            String text = row.cell(column);
            if (!text.isEmpty()) {
                // the stage is settled where an action begins
                Optional<PlanField> field = columns.field(column).filter(other -> other != PlanField.STAGE);
                if (field.isPresent()) {
                    last.texts().merge(field.get(), columns.says(field.get(), column, text), joined);
                } else {
                    last.extra().merge(columns.heading(column), text, joined);
                }
                doubts.add(new PlanDoubt(
                        row.number(),
                        -1,
                        columns.heading(column),
                        text,
                        "",
                        Notice.of(
                                shared ? "continued-beside" : "continued",
                                last.row().number()),
                        RowKind.CONTINUED));
            }
        }
    }

    private PlanAction action(Draft draft) {
        String description = draft.text(PlanField.DESCRIPTION);
        String name = draft.text(PlanField.NAME).replace('\n', ' ');
        if (name.isEmpty()) {
            name = description.isEmpty() ? firstText(draft.row()) : description;
        }
        return new PlanAction(
                name,
                orNull(description),
                orNull(draft.text(PlanField.SCOPE)),
                orNull(draft.stage()),
                PlanWording.audiences(draft.text(PlanField.AUDIENCE)),
                orNull(draft.text(PlanField.FREQUENCY)),
                PlanWording.responsible(draft.text(PlanField.RESPONSIBLE)),
                orNull(draft.text(PlanField.INDICATOR)),
                draft.extra(),
                draft.row().number());
    }

    /** A line across the table ("Etapa Preparación"), not an action. */
    private boolean isSection(TableRow row) {
        if (row.filled() != 1) {
            return false;
        }
        String text = firstText(row);
        boolean across = table.merged().stream()
                .anyMatch(area -> area.firstRow() == row.number()
                        && area.lastRow() == row.number()
                        && area.lastColumn() > area.firstColumn()
                        && !row.cell(area.firstColumn()).isEmpty());
        boolean named = columns.of(PlanField.NAME).stream()
                .anyMatch(column -> !row.cell(column).isEmpty());
        boolean saysSo =
                text.length() <= LONGEST_STAGE && Words.fold(text).matches("(etapa|fase|componente|subcomponente) .+");
        return across || saysSo || (!columns.of(PlanField.NAME).isEmpty() && !named);
    }

    /** The cells' texts, or those of the cells they were merged with. */
    private String spanned(TableRow row, PlanField field) {
        return columns.of(field).stream()
                .map(column -> columns.says(field, column, spanned(row, column)))
                .filter(text -> !text.isEmpty())
                .distinct()
                .collect(Collectors.joining(field == PlanField.FREQUENCY ? ", " : "\n"));
    }

    private String spanned(TableRow row, int column) {
        String text = row.cell(column);
        if (!text.isEmpty()) {
            return text;
        }
        int headingRow = table.rows().get(columns.firstRow() - 1).number();
        for (MergedArea area : table.merged()) {
            if (area.contains(row.number(), column) && area.firstRow() > headingRow) {
                for (TableRow other : table.rows()) {
                    if (other.number() == area.firstRow()) {
                        return other.cell(area.firstColumn());
                    }
                }
            }
        }
        return "";
    }

    private boolean isHeading(TableRow row) {
        return !columns.isList()
                && table.rows().subList(columns.headingIndex(), columns.firstRow()).stream()
                        .anyMatch(heading -> IntStream.range(0, Math.max(row.width(), heading.width()))
                                .allMatch(column ->
                                        Words.fold(row.cell(column)).equals(Words.fold(heading.cell(column)))));
    }

    private static int firstColumn(TableRow row) {
        int column = 0;
        while (column < row.width() && row.cell(column).isEmpty()) {
            column++;
        }
        return column;
    }

    private static String firstText(TableRow row) {
        return row.cell(firstColumn(row));
    }

    private static String texts(TableRow row) {
        return IntStream.range(0, row.width())
                .mapToObj(column -> unmarked(row.cell(column)))
                .filter(cell -> !cell.isEmpty())
                .collect(Collectors.joining(" · "));
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
