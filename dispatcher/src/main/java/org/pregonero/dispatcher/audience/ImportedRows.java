package org.pregonero.dispatcher.audience;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.tabular.Notice;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What is left of lists that were imported: rows that somebody should mend, and texts that show what was understood. */
@Component
class ImportedRows implements KeepsPersonalData {

    private final JdbcClient jdbc;
    private final PhoneNumbers phones;
    private final JsonMapper json = JsonMapper.builder().build();

    ImportedRows(JdbcClient jdbc, PhoneNumbers phones) {
        this.jdbc = jdbc;
        this.phones = phones;
    }

    record Leftover(@Nullable String report, @Nullable String mend) {}

    @Override
    public String known(DataSubject person) {
        var lists = json.createObjectNode();
        var origins = lists.putArray("lists");
        jdbc.sql("""
                        select distinct i.id, i.name, i.created_at::text as at
                        from consent c join contact_import i on i.id = c.import_id where c.contact_id = :contact order by i.id
                        """).param("contact", person.contactId()).query(rs -> {
            origins.addObject().put("name", rs.getString("name")).put("at", rs.getString("at"));
        });
        var rows = lists.putArray("rowsToMend");
        for (long id : imports()) {
            var mend = leftover(id).mend();
            RowsToMend.rows(mend == null ? "" : mend).stream()
                    .skip(1)
                    .filter(row -> tells(row, person))
                    .forEach(row -> rows.add(json.valueToTree(row)));
        }
        return lists.toString();
    }

    @Override
    public void forget(DataSubject person) {
        // a file that was never confirmed is nobody's any more
        jdbc.sql("delete from upload where expires_at <= now()").update();
        for (long id : imports()) {
            var before = leftover(id);
            jdbc.sql("update contact_import set report = :report::jsonb, mend = :mend where id = :id")
                    .param("report", before.report() == null ? null : without(before.report(), person))
                    .param("mend", before.mend() == null ? null : mendable(before.mend(), person))
                    .param("id", id)
                    .update();
        }
    }

    /** One after the other: together they may be large. */
    private List<Long> imports() {
        return jdbc.sql("select id from contact_import where report is not null or mend is not null order by id")
                .query(Long.class)
                .list();
    }

    private Leftover leftover(long id) {
        return jdbc.sql("select report::text as report, mend from contact_import where id = :id for update")
                .param("id", id)
                .query(Leftover.class)
                .single();
    }

    private String mendable(String csv, DataSubject person) {
        var rows = new ArrayList<>(RowsToMend.rows(csv));
        rows.removeIf(row -> tells(row, person));
        // the reason at the end of somebody else's row may name the person
        rows.replaceAll(row -> {
            List<String> cells = new ArrayList<>(row);
            cells.set(cells.size() - 1, unnamed(cells.get(cells.size() - 1), person));
            return cells;
        });
        return RowsToMend.csv(rows);
    }

    private String without(String text, DataSubject person) {
        var report = json.readValue(text, ImportReport.class);
        return json.writeValueAsString(report.withTexts(
                report.problems().stream()
                        .map(problem -> new ImportProblem(
                                problem.row(),
                                problem.column(),
                                tells(List.of(problem.value()), person) ? "" : problem.value(),
                                new Notice(
                                        problem.reason().key(),
                                        problem.reason().arguments().stream()
                                                .map(argument -> unnamed(argument, person))
                                                .toList())))
                        .toList(),
                report.layout().stream()
                        .map(column -> new ImportReport.Column(
                                column.index(),
                                column.heading(),
                                column.meaning(),
                                column.samples().stream()
                                        .filter(sample -> !tells(List.of(sample), person))
                                        .toList()))
                        .toList()));
    }

    private static String unnamed(String text, DataSubject person) {
        return person.name().isBlank() ? text : text.replace(person.name(), "Persona suprimida");
    }

    /** Whether cells hold an address that is only this person's, or the name without the address of somebody else. */
    private boolean tells(List<String> cells, DataSubject person) {
        Set<String> addresses = cells.stream()
                .flatMap(cell -> Stream.of(
                                List.of(cell.strip()),
                                EmailAddresses.read(cell).valid(),
                                phones.read(cell).valid())
                        .flatMap(List::stream))
                .collect(Collectors.toSet());
        return person.own().stream().anyMatch(addresses::contains)
                || (named(cells, Names.words(person.name())) && !somebodyElses(addresses, person));
    }

    /** In one cell, or in two beside each other for first and last names, and nothing else in them. */
    private static boolean named(List<String> cells, Set<String> name) {
        return !name.isEmpty()
                && IntStream.range(0, cells.size())
                        .anyMatch(i -> Names.words(cells.get(i)).equals(name)
                                || (i > 0
                                        && Names.words(cells.get(i - 1) + " " + cells.get(i))
                                                .equals(name)));
    }

    private boolean somebodyElses(Set<String> addresses, DataSubject person) {
        return jdbc.sql("""
                        select exists (select from contact_address a
                                       where a.kind in ('EMAIL', 'PHONE') and a.address = any (:addresses)
                                         and a.contact_id <> :contact and not a.address = any (:shared))
                        """)
                .param("addresses", addresses.toArray(String[]::new))
                .param("contact", person.contactId())
                .param("shared", person.shared().toArray(String[]::new))
                .query(Boolean.class)
                .single();
    }
}
