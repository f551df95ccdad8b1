package org.pregonero.dispatcher.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.tabular.Headings;
import org.pregonero.dispatcher.tabular.Notice;
import org.pregonero.dispatcher.tabular.Table;
import org.pregonero.dispatcher.tabular.Table.MergedArea;
import org.pregonero.dispatcher.tabular.TableRow;
import org.pregonero.dispatcher.tabular.UnreadableFileException;
import org.pregonero.dispatcher.tabular.UnreadableFileException.Kind;
import org.pregonero.dispatcher.tabular.Words;

/** Reads the actions out of a plan table. */
final class PlanTable {

    private static final Headings<PlanField> HEADINGS = new Headings<>(
            PlanField.class, Arrays.stream(PlanField.values()).collect(Collectors.toMap(f -> f, PlanField::synonyms)));

    private final Table table;
    private final TableRow heading;
    private final int headingIndex;
    private final Map<PlanField, Integer> columns = new EnumMap<>(PlanField.class);
    private final List<PlanAction> actions = new ArrayList<>();
    private final List<PlanDoubt> doubts = new ArrayList<>();
    private String stage = "";

    /** @throws UnreadableFileException if no heading tells where the actions stand */
    PlanTable(Table table) {
        this.table = table;
        Headings.Found<PlanField> found = HEADINGS.find(table)
                .filter(f -> Set.copyOf(f.fieldByColumn().values()).size() > 1)
                .filter(f -> f.fieldByColumn().containsValue(PlanField.NAME)
                        || f.fieldByColumn().containsValue(PlanField.DESCRIPTION))
                .orElseThrow(() -> new UnreadableFileException(
                        Kind.NOT_UNDERSTOOD,
                        PlanImport.TEXTS,
                        Notice.of("headings", Headings.listed(firstFilled(table)))));
        this.headingIndex = found.index();
        this.heading = table.rows().get(headingIndex);
        found.fieldByColumn().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> columns.putIfAbsent(entry.getValue(), entry.getKey()));
        @Nullable Integer description = columns.get(PlanField.DESCRIPTION);
        if (!columns.containsKey(PlanField.NAME) && description != null) {
            columns.put(PlanField.NAME, description);
            columns.remove(PlanField.DESCRIPTION);
        }
        for (TableRow row : table.rows().subList(headingIndex + 1, table.rows().size())) {
            if (!row.isBlank() && !isHeading(row)) {
                read(row);
            }
        }
        for (String sheet : table.unreadSheets()) {
            doubts.add(new PlanDoubt(1, "", sheet, Notice.of("unread-sheet")));
        }
    }

    List<PlanAction> actions() {
        return actions;
    }

    List<PlanDoubt> doubts() {
        return doubts;
    }

    /** What stands above the table, or nothing. */
    String title() {
        return table.rows().subList(0, headingIndex).stream()
                .flatMap(row -> IntStream.range(0, row.width()).mapToObj(row::cell))
                .map(text -> text.replace('\n', ' '))
                .filter(text -> !text.isEmpty())
                .distinct()
                .collect(Collectors.joining(". "));
    }

    private void read(TableRow row) {
        if (isSection(row)) {
            stage = firstText(row);
            doubts.add(new PlanDoubt(row.number(), "", stage, Notice.of("section")));
            return;
        }
        String ownStage = spanned(row, PlanField.STAGE);
        stage = ownStage.isEmpty() ? stage : ownStage;
        Map<String, String> extra = new LinkedHashMap<>();
        for (int column = 0; column < row.width(); column++) {
            if (row.isFormula(column)) {
                doubts.add(new PlanDoubt(row.number(), headingOf(column), row.cell(column), Notice.of("formula")));
            }
            if (!columns.containsValue(column) && !row.cell(column).isEmpty()) {
                extra.merge(headingOf(column), row.cell(column), (a, b) -> a + "\n" + b);
            }
        }
        String name = spanned(row, PlanField.NAME).replace('\n', ' ');
        String description = spanned(row, PlanField.DESCRIPTION);
        if (name.isEmpty()) {
            doubts.add(new PlanDoubt(row.number(), headingOf(PlanField.NAME), firstText(row), Notice.of("no-name")));
            name = description.isEmpty() ? firstText(row) : description;
        }
        String audience = spanned(row, PlanField.AUDIENCE);
        String responsible = spanned(row, PlanField.RESPONSIBLE);
        PlanAction action = new PlanAction(
                name,
                orNull(description),
                orNull(spanned(row, PlanField.SCOPE)),
                orNull(stage),
                PlanWording.audiences(audience),
                orNull(spanned(row, PlanField.FREQUENCY)),
                PlanWording.responsible(responsible),
                orNull(spanned(row, PlanField.INDICATOR)),
                extra,
                row.number());
        actions.add(action);
        doubt(action, audience, responsible);
    }

    private void doubt(PlanAction action, String audience, String responsible) {
        doubtAudience(action, audience);
        if (action.scope() != null && !PlanWording.isScope(action.scope())) {
            doubt(action, PlanField.SCOPE, action.scope(), Notice.of("scope"));
        }
        if (action.frequency() != null && PlanWording.dependsOnSomethingElse(action.frequency())) {
            doubt(action, PlanField.FREQUENCY, action.frequency(), Notice.of("frequency-relative"));
        } else if (action.frequency() != null && PlanWording.isOnlyAMonth(action.frequency())) {
            doubt(action, PlanField.FREQUENCY, action.frequency(), Notice.of("frequency-month"));
        }
        if (columns.containsKey(PlanField.RESPONSIBLE) && responsible.isEmpty()) {
            doubt(action, PlanField.RESPONSIBLE, "", Notice.of("no-responsible"));
        }
        for (String person : action.responsible()) {
            List<String> roles = PlanWording.rolesIn(person);
            if (roles.size() > 1) {
                String listed = String.join("», «", roles);
                doubt(action, PlanField.RESPONSIBLE, person, Notice.of("several-roles", listed));
            } else if (PlanWording.isBareRole(person)) {
                doubt(action, PlanField.RESPONSIBLE, person, Notice.of("bare-role"));
            }
        }
    }

    private void doubtAudience(PlanAction action, String audience) {
        if (columns.containsKey(PlanField.AUDIENCE) && audience.isEmpty()) {
            doubt(action, PlanField.AUDIENCE, "", Notice.of("no-audience"));
            return;
        }
        String text = action.description() == null ? "" : action.description();
        List<String> beyond = PlanWording.namedBeyond(text, action.audiences());
        List<String> passedOver = PlanWording.passedOver(text, action.audiences());
        if (!audience.isEmpty() && !beyond.isEmpty() && !passedOver.isEmpty()) {
            doubt(
                    action,
                    PlanField.AUDIENCE,
                    audience,
                    Notice.of("audience-other", String.join(", ", beyond), String.join(", ", passedOver)));
        } else if (!audience.isEmpty() && !beyond.isEmpty()) {
            doubt(action, PlanField.AUDIENCE, audience, Notice.of("audience-more", String.join(", ", beyond)));
        } else if (!audience.isEmpty() && !passedOver.isEmpty()) {
            doubt(action, PlanField.AUDIENCE, audience, Notice.of("audience-less", String.join(", ", passedOver)));
        }
        if (action.scope() != null
                && PlanWording.onlyInternal(action.scope())
                && PlanWording.addressesOutsiders(action.audiences())) {
            doubt(action, PlanField.SCOPE, action.scope(), Notice.of("scope-audience", audience));
        }
    }

    private void doubt(PlanAction action, PlanField field, String value, Notice reason) {
        doubts.add(new PlanDoubt(action.row(), headingOf(field), value, reason));
    }

    /** A line across the table ("Etapa Preparación"), not an action. */
    private boolean isSection(TableRow row) {
        if (row.filled() != 1) {
            return false;
        }
        @Nullable Integer name = columns.get(PlanField.NAME);
        boolean across = table.merged().stream()
                .anyMatch(area -> area.firstRow() == row.number()
                        && area.lastRow() == row.number()
                        && area.lastColumn() > area.firstColumn()
                        && !row.cell(area.firstColumn()).isEmpty());
        @Nullable Integer stageColumn = columns.get(PlanField.STAGE);
        boolean inStage = stageColumn != null && !row.cell(stageColumn).isEmpty();
        return !inStage && (across || (name != null && row.cell(name).isEmpty()));
    }

    /** The cell's text, or that of the cell it was merged with. */
    private String spanned(TableRow row, PlanField field) {
        @Nullable Integer column = columns.get(field);
        if (column == null) {
            return "";
        }
        String text = row.cell(column);
        if (!text.isEmpty()) {
            return text;
        }
        for (MergedArea area : table.merged()) {
            if (area.contains(row.number(), column) && area.firstRow() > heading.number()) {
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
        for (int column = 0; column < Math.max(row.width(), heading.width()); column++) {
            if (!Words.fold(row.cell(column)).equals(Words.fold(heading.cell(column)))) {
                return false;
            }
        }
        return true;
    }

    private String headingOf(PlanField field) {
        @Nullable Integer column = columns.get(field);
        return column == null ? "" : headingOf(column);
    }

    private String headingOf(int column) {
        String text = heading.cell(column).replace('\n', ' ');
        return text.isEmpty() ? "Columna " + (column + 1) : text;
    }

    private static TableRow firstFilled(Table table) {
        return table.rows().stream()
                .filter(row -> row.filled() > 1)
                .findFirst()
                .orElse(table.rows().get(0));
    }

    private static String firstText(TableRow row) {
        for (int column = 0; column < row.width(); column++) {
            if (!row.cell(column).isEmpty()) {
                return row.cell(column);
            }
        }
        return "";
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
