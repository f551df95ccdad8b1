package org.pregonero.dispatcher.audience;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.audience.Ledger.Decision;
import org.pregonero.dispatcher.tabular.Notice;
import org.pregonero.dispatcher.tabular.TableRow;
import org.pregonero.dispatcher.tabular.Words;

/** Reads one row after the other of a list into what it says about a person, and counts what it could not read. */
final class RowReader {

    /** An empty row that was numbered before. */
    private static final Pattern NUMBER = Pattern.compile("\\d{1,6}[.)]?");
    /** What stands below a list. */
    private static final Pattern NOTE = Pattern.compile("(sub)?total(es| general| de \\w+)?"
            + "|(elaboro|elaborado por|reviso|revisado por|aprobo|aprobado por|proyecto por)\\b.*");

    private static final Set<String> NO_DATA = Set.of("n a", "na", "no aplica", "no registra", "sin dato", "sin datos");
    /** To a question that the list asks besides, these are answers. */
    private static final Set<String> NONE = Set.of("ninguno", "ninguna", "no tiene");

    private static final Pattern DASHES = Pattern.compile("[-–—]+");
    /** Of a section, where a name might stand. */
    private static final Pattern TITLE = Pattern.compile("[\\d:]");

    private final ContactColumns columns;
    private final PhoneNumbers phones;
    private final Problems problems;
    private final LocalDate today;
    private final ImportOptions options;
    private final boolean monthFirst;
    private final Set<Integer> accepting;
    private int invalidEmails;
    private int invalidPhones;

    /** @param monthFirst whether the list's days seem to be written 3/15/2025 */
    RowReader(
            ContactColumns columns,
            PhoneNumbers phones,
            Problems problems,
            LocalDate today,
            ImportOptions options,
            boolean monthFirst) {
        this.columns = columns;
        this.monthFirst = monthFirst;
        this.accepting = columns.accepting();
        this.phones = phones;
        this.problems = problems;
        this.today = today;
        this.options = options;
    }

    int invalidEmails() {
        return invalidEmails;
    }

    int invalidPhones() {
        return invalidPhones;
    }

    /**
     * Whether a row tells of somebody. What is left out is told, but for what nobody would miss: the headings again, a bare
     * number. A name alone is a section's title where the list says more of people; in doubt it is a person.
     */
    boolean isPerson(TableRow row) {
        OptionalInt first = IntStream.range(0, row.width())
                .filter(column -> !row.cell(column).isEmpty())
                .findFirst();
        if (first.isEmpty() || columns.repeatedIn(row)) {
            return false;
        }
        int column = first.getAsInt();
        String text = row.cell(column);
        @Nullable ContactField field = columns.fieldByColumn().get(column);
        boolean alone = row.filled() == 1;
        if (alone && field == null && NUMBER.matcher(text).matches()) {
            return false;
        }
        boolean address = field == ContactField.EMAIL || field == ContactField.PHONE;
        boolean addressed = columns.has(ContactField.EMAIL) || columns.has(ContactField.PHONE);
        boolean note = NOTE.matcher(Words.fold(text)).matches() && !ContactColumns.looksLikeData(row, phones);
        if (!note && !(alone && addressed && !address)) {
            return true;
        }
        boolean mayBePerson = !note
                && field == ContactField.NAME
                && columns.headings().size() < 3
                && !TITLE.matcher(text).find();
        problems.add(row.number(), heading(column), text, Notice.of(mayBePerson ? "name-alone" : "nobody"));
        return mayBePerson;
    }

    PersonRow read(TableRow row) {
        PersonRow person = new PersonRow(row.number());
        StringBuilder firstName = new StringBuilder();
        StringBuilder lastName = new StringBuilder();
        Answers answers = new Answers();
        for (int column = 0; column < row.width(); column++) {
            String text = columns.ignored().contains(column) ? "" : row.cell(column);
            if (row.isFormula(column)) {
                problems.add(row.number(), heading(column), text, Notice.of("formula"));
                text = "";
            }
            if (text.isEmpty()) {
                continue;
            }
            @Nullable ContactField field = columns.fieldByColumn().get(column);
            if (field == null) {
                keep(person, column, text);
                if (accepting.contains(column) && Answer.of(text) == Answer.NO) {
                    answers.add(column, text, Answer.NO);
                }
                continue;
            }
            switch (field) {
                case NAME -> append(firstName, text);
                case LAST_NAME -> append(lastName, text);
                case EMAIL -> email(person, column, text);
                case PHONE -> phone(person, column, text);
                case ORGANISATION -> person.organisation = firstOf(person, column, person.organisation, text);
                case POSITION -> person.position = firstOf(person, column, person.position, text);
                case GROUP -> groups(person, text);
                case AUTHORISATION -> answers.add(column, text, Answer.of(text));
                case REFUSAL -> answers.denied(column, text);
                case AUTHORISED_ON -> answers.date(column, text);
                case PREFERRED_CHANNEL -> preferredChannel(person, column, text);
            }
        }
        append(firstName, lastName.toString());
        person.name = firstName.toString();
        if (person.name.isEmpty()) {
            problems.add(row.number(), columns.heading(ContactField.NAME), "", Notice.of("no-name"));
        }
        decide(person, answers);
        return person;
    }

    private void email(PersonRow person, int column, String text) {
        ReadAddresses found = EmailAddresses.read(text);
        person.emails.addAll(found.valid());
        for (ReadAddresses.Invalid invalid : found.invalid()) {
            invalidEmails++;
            person.invalidEmails.add(invalid.value());
            problems.add(person.row, heading(column), invalid.value(), invalid.reason());
        }
    }

    private void phone(PersonRow person, int column, String text) {
        ReadAddresses found = phones.read(text);
        person.phones.addAll(found.valid());
        for (ReadAddresses.Invalid invalid : found.invalid()) {
            invalidPhones++;
            person.invalidPhones.add(invalid.value());
            problems.add(person.row, heading(column), invalid.value(), invalid.reason());
        }
    }

    private static void groups(PersonRow person, String text) {
        if (namesNothing(text)) {
            return;
        }
        for (String group : Words.listed(text)) {
            if (!Words.fold(group).isEmpty() && !namesNothing(group)) {
                person.groups.add(group);
            }
        }
    }

    private void preferredChannel(PersonRow person, int column, String text) {
        Map<String, String> channels = Map.of(
                "correo", "EMAIL",
                "correo electronico", "EMAIL",
                "email", "EMAIL",
                "e mail", "EMAIL",
                "whatsapp", "WHATSAPP",
                "wpp", "WHATSAPP",
                "sms", "SMS",
                "mensaje de texto", "SMS");
        @Nullable String channel = channels.get(Words.fold(text));
        if (channel == null) {
            keep(person, column, text);
        } else {
            person.preferredChannel = channel;
        }
    }

    private void decide(PersonRow person, Answers answers) {
        if (answers.answer == null) {
            return;
        }
        person.decidedInRow = person.row;
        Optional<LocalDate> day = isDoubtful(answers.dateText) ? Optional.empty() : SpanishDates.read(answers.dateText);
        if (answers.answer == Answer.NO) {
            refuse(person, answers, day);
        } else if (answers.answer == Answer.YES) {
            grant(person, answers, day);
        } else if (!answers.answerText.isEmpty()
                && !Words.fold(answers.answerText).startsWith("pend")) {
            problems.add(
                    person.row, heading(answers.answerColumn), answers.answerText, Notice.of("authorisation-unknown"));
        }
    }

    private void refuse(PersonRow person, Answers answers, Optional<LocalDate> day) {
        if (answers.yesToo) {
            problems.add(person.row, heading(answers.answerColumn), answers.answerText, Notice.of("yes-and-no-in-row"));
        }
        person.decision = Decision.REFUSED;
        // beside a yes, the date is that of the yes
        person.decidedOn = SpanishDates.read(answers.answerText)
                .or(() -> answers.yesToo ? Optional.empty() : day)
                .filter(d -> !d.isAfter(today))
                .orElse(null);
    }

    private void grant(PersonRow person, Answers answers, Optional<LocalDate> day) {
        person.decidedOn = day.filter(d -> !d.isAfter(today)).orElse(null);
        if (person.decidedOn == null && answers.dateText.isEmpty() && options.evidence() != null) {
            person.decidedOn = options.authorisedOn();
        }
        if (person.decidedOn != null) {
            person.decision = Decision.GRANTED;
            return;
        }
        person.decision = Decision.UNPROVEN;
        if (answers.dateText.isEmpty()) {
            problems.add(person.row, heading(answers.answerColumn), answers.answerText, Notice.of("no-date"));
        } else {
            String key = isDoubtful(answers.dateText)
                    ? "date-ambiguous"
                    : day.isPresent() ? "date-future" : "date-unreadable";
            problems.add(person.row, heading(answers.dateColumn), answers.dateText, Notice.of(key));
        }
    }

    private boolean isDoubtful(String day) {
        return monthFirst && SpanishDates.isAmbiguous(day);
    }

    private @Nullable String firstOf(PersonRow person, int column, @Nullable String earlier, String text) {
        if (earlier == null) {
            return namesNothing(text) ? null : text;
        }
        keep(person, column, text);
        return earlier;
    }

    /** Under the column's heading, beside what another column of the same heading says. */
    private void keep(PersonRow person, int column, String text) {
        if (!saysNothing(text)) {
            person.attributes.merge(heading(column), text, (a, b) -> a + " / " + b);
        }
    }

    private static boolean saysNothing(String text) {
        return DASHES.matcher(text).matches() || NO_DATA.contains(Words.fold(text));
    }

    private static boolean namesNothing(String text) {
        return saysNothing(text) || NONE.contains(Words.fold(text));
    }

    private String heading(int column) {
        return column >= 0 && column < columns.headings().size()
                ? columns.headings().get(column)
                : "";
    }

    private static void append(StringBuilder name, String part) {
        if (!part.isEmpty()) {
            name.append(name.isEmpty() ? "" : " ").append(part.replaceAll("\\s+", " "));
        }
    }

    /** What a row answers to the question for authorisation, where several columns may ask it: a no counts first. */
    private static final class Answers {
        @Nullable
        Answer answer;

        String answerText = "";
        int answerColumn;
        String dateText = "";
        int dateColumn;

        /** Whether a column said yes, whatever another one says. */
        boolean yesToo;

        void denied(int column, String text) {
            if (!saysNothing(text)) {
                Answer.denied(text).ifPresent(said -> add(column, text, said));
            }
        }

        void add(int column, String text, Answer next) {
            yesToo |= next == Answer.YES;
            if (answer == null || next == Answer.NO || (answer == Answer.YES && next == Answer.NONE)) {
                answer = next;
                answerText = text;
                answerColumn = column;
            }
        }

        void date(int column, String text) {
            if (dateText.isEmpty()) {
                dateText = text;
                dateColumn = column;
            }
        }
    }
}
