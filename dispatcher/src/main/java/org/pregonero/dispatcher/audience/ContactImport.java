package org.pregonero.dispatcher.audience;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.audience.ContactRepository.Address;
import org.pregonero.dispatcher.audience.ContactRepository.NewDecision;
import org.pregonero.dispatcher.audience.ContactRepository.Stored;
import org.pregonero.dispatcher.audience.ContactRepository.Use;
import org.pregonero.dispatcher.audience.Ledger.Decision;
import org.pregonero.dispatcher.audience.Ledger.OnRecord;
import org.pregonero.dispatcher.institution.DataProtectionNotices;
import org.pregonero.dispatcher.tabular.Headings;
import org.pregonero.dispatcher.tabular.Notice;
import org.pregonero.dispatcher.tabular.Table;
import org.pregonero.dispatcher.tabular.TableReader;
import org.pregonero.dispatcher.tabular.TableRow;
import org.pregonero.dispatcher.tabular.Texts;
import org.pregonero.dispatcher.tabular.UnreadableFileException;
import org.pregonero.dispatcher.tabular.UnreadableFileException.Kind;
import org.pregonero.dispatcher.tabular.UploadedFile;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Takes in a list of contacts: all of it, or, where it cannot be read, nothing of it. */
@Service
public class ContactImport {

    static final Texts TEXTS = new Texts("audience");

    /** How far an import is, in per cent, by what a list of two hundred thousand rows takes. */
    private static final int READ = 15;

    private static final int UNDERSTOOD = 35;
    private static final int COMPARED = 45;
    private static final int SAVED = 65;
    private static final int ADDRESSED = 80;

    private static final List<String> EMAIL_CHANNELS = List.of("EMAIL");
    private static final List<String> STAFF_CHANNELS = List.of("EMAIL", "INTERNAL");
    private static final List<String> PHONE_CHANNELS = List.of("WHATSAPP", "SMS");

    private final TableReader tables;
    private final PhoneNumbers phones;
    private final ContactRepository contacts;
    private final AudienceRepository audiences;
    private final DataProtectionNotices notices;
    private final TransactionOperations transaction;
    private final Clock clock;

    ContactImport(
            TableReader tables,
            PhoneNumbers phones,
            ContactRepository contacts,
            AudienceRepository audiences,
            DataProtectionNotices notices,
            TransactionOperations transaction,
            Clock clock) {
        this.tables = tables;
        this.phones = phones;
        this.contacts = contacts;
        this.audiences = audiences;
        this.notices = notices;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Reads a list and, unless it is only to be looked at, stores it in one transaction.
     *
     * @throws UnreadableFileException if the file holds no list of people that can be read
     */
    public ImportReport run(UploadedFile file, ImportOptions options) {
        return run(file, options, ContactCorrections.NONE, null, percent -> {}).report();
    }

    /**
     * What came of a list.
     *
     * @param mend the rows to be mended, as CSV; empty where there are none
     */
    record Result(ImportReport report, String mend) {}

    /**
     * The same, with what a person said of the columns.
     *
     * @param list number of the import that the decisions belong to; null where nobody counts them together
     * @param progress is told now and then how many per cent are done
     */
    Result run(
            UploadedFile file,
            ImportOptions options,
            ContactCorrections corrections,
            @Nullable Long list,
            IntConsumer progress) {
        Table written = tables.read(file, sheet -> ContactColumns.understands(sheet, phones));
        progress.accept(READ);
        ContactColumns columns = ContactColumns.of(written, phones, corrections);
        Table table = columns.filledDown(written);
        Problems problems = new Problems();
        LocalDate today = LocalDate.now(clock.withZone(Ledger.ZONE));
        if (options.authorisedOn() != null && options.authorisedOn().isAfter(today)) {
            throw new UnreadableFileException(Kind.NOT_UNDERSTOOD, TEXTS, Notice.of("authorized-on-future"));
        }
        if (columns.headingIsGuessed()) {
            TableRow heading = table.rows().get(columns.firstRow() - 1);
            problems.add(heading.number(), "", Headings.listed(heading), Notice.of("heading-guessed"));
        }
        for (int column : columns.accepting()) {
            int heading = table.rows().get(columns.firstRow() - 1).number();
            problems.add(heading, columns.headings().get(column), "", Notice.of("accepts-what"));
        }
        RowReader reader = new RowReader(columns, phones, problems, today, options, columns.haveMonthFirst(table));
        List<PersonRow> rows = new ArrayList<>();
        for (int index = columns.firstRow(); index < table.rows().size(); index++) {
            if (reader.isPerson(written.rows().get(index))) {
                rows.add(reader.read(table.rows().get(index)));
            }
        }
        for (String sheet : table.unreadSheets()) {
            problems.add(1, "", sheet, Notice.of("unread-sheet"));
        }
        Counts counts = new Counts(table, columns, reader, rows.size());
        MergedPerson merge = new MergedPerson(columns, problems);
        List<PersonRow> inFile = new SamePerson(rows, merge, problems).people();
        progress.accept(UNDERSTOOD);
        Taking taking = new Taking(file, options, list, merge, problems, counts, progress);
        ImportReport report = Objects.requireNonNull(transaction.execute(status -> take(taking, inFile)));
        return new Result(report, RowsToMend.csv(table, columns, problems.all()));
    }

    /** What an import has in its hands while it is taken in. */
    private record Taking(
            UploadedFile file,
            ImportOptions options,
            @Nullable Long list,
            MergedPerson merge,
            Problems problems,
            Counts counts,
            IntConsumer progress) {}

    /** What is known before looking at the stored contacts. */
    private record Counts(Table table, ContactColumns columns, RowReader reader, int filledRows) {}

    private ImportReport take(Taking taking, List<PersonRow> inFile) {
        ImportOptions options = taking.options();
        MergedPerson merge = taking.merge();
        Problems problems = taking.problems();
        Counts counts = taking.counts();
        if (options.apply()) {
            contacts.oneImportAtATime();
        }
        List<PersonRow> people = recognised(inFile, merge, problems);
        List<Long> known = people.stream()
                .map(person -> person.contactId)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
        if (options.apply()) {
            contacts.lock(known);
        }
        List<Long> asked = Stream.concat(known.stream(), people.stream().flatMap(person -> person.namesakes.stream()))
                .distinct()
                .toList();
        Map<Long, Map<String, OnRecord>> onRecord = contacts.decisions(asked, options.purpose());
        Set<String> suppressed = contacts.suppressed(addresses(people));
        Standing standing = new Standing(onRecord, merge, problems, options.staff());
        Set<Use> barred = contacts.barred(people.stream()
                .flatMap(standing::uses)
                .filter(use -> suppressed.contains(use.address()))
                .toList());
        people.forEach(person -> standing.look(person, barred));
        if (options.apply()) {
            taking.progress().accept(COMPARED);
            store(taking, people, standing);
        }
        int rows = rows(counts);
        return new ImportReport(
                rows,
                rows - counts.filledRows(),
                people.size(),
                counts.filledRows() - people.size(),
                counts.reader().invalidEmails(),
                counts.reader().invalidPhones(),
                (int) people.stream().filter(person -> !person.reachable()).count(),
                standing.withoutAuthorisation(),
                standing.contactableEmail(),
                standing.contactablePhone(),
                problems.first(),
                problems.total(),
                counts.columns().understood(),
                counts.table().encoding(),
                counts.table().separator(),
                options.apply(),
                people.size() - known.size(),
                known.size(),
                counts.columns().layout(counts.table()));
    }

    /** Finds out who is stored already. A person two rows brought to the same contact becomes one. */
    private List<PersonRow> recognised(List<PersonRow> inFile, MergedPerson merge, Problems problems) {
        Map<String, List<Stored>> stored = contacts.byValidAddress(addresses(inFile));
        Map<String, List<Long>> unreachable = contacts.unreachableByNameAndOrganisation(inFile.stream()
                .filter(person -> !person.reachable())
                .map(person -> person.name)
                .distinct()
                .toList());
        Map<Long, PersonRow> byContact = new LinkedHashMap<>();
        List<PersonRow> people = new ArrayList<>(inFile.size());
        for (PersonRow person : inFile) {
            @Nullable
            Stored match =
                    person.reachable() ? match(person, stored, merge, problems) : matchUnreachable(person, unreachable);
            if (match == null) {
                people.add(person);
                continue;
            }
            @Nullable PersonRow first = byContact.get(match.id());
            if (first != null) {
                // a bare "Gómez" on record is Ana or Luis, not both
                if (Names.differ(Names.words(first.name), Names.words(person.name))) {
                    people.add(person);
                } else {
                    merge.into(first, person);
                }
                continue;
            }
            person.contactId = match.id();
            person.name = Names.fuller(person.name, match.name());
            byContact.put(match.id(), person);
            people.add(person);
        }
        return people;
    }

    private static @Nullable Stored match(
            PersonRow person, Map<String, List<Stored>> stored, MergedPerson merge, Problems problems) {
        Set<String> words = Names.words(person.name);
        @Nullable Stored match = null;
        for (String address : addresses(List.of(person))) {
            // who is called exactly so comes before whoever may be the same person
            List<Stored> holders = stored.getOrDefault(address, List.of()).stream()
                    .sorted(Comparator.comparing(
                            holder -> !Names.words(holder.name()).equals(words)))
                    .toList();
            boolean recognised = false;
            for (Stored holder : holders) {
                Set<String> name = Names.words(holder.name());
                if (!Names.mayBeOne(words, name, address)) {
                    if (Names.alike(words, name)) {
                        person.namesakes.add(holder.id());
                    }
                } else {
                    recognised = true;
                    if (match == null) {
                        match = holder;
                    } else if (match.id() != holder.id()) {
                        problems.add(
                                person.row,
                                merge.headingOf(address),
                                address,
                                Notice.of("two-stored", match.name(), holder.name()));
                    }
                }
            }
            if (!recognised && !holders.isEmpty()) {
                String name = holders.get(0).name();
                problems.add(person.row, merge.headingOf(address), address, Notice.of("shared-with-stored", name));
            }
        }
        return match;
    }

    private static @Nullable Stored matchUnreachable(PersonRow person, Map<String, List<Long>> unreachable) {
        List<Long> ids =
                unreachable.getOrDefault(ContactRepository.unreachableKey(person.name, person.organisation), List.of());
        return ids.isEmpty() ? null : new Stored(ids.remove(0), person.name);
    }

    private void store(Taking taking, List<PersonRow> people, Standing standing) {
        UploadedFile file = taking.file();
        ImportOptions options = taking.options();
        contacts.save(people);
        taking.progress().accept(SAVED);
        List<Address> addresses = new ArrayList<>();
        List<NewDecision> decisions = new ArrayList<>();
        Map<String, List<Long>> members = new HashMap<>();
        String source = "«" + file.name() + "», SHA-256 " + file.sha256();
        String proof = options.evidence() == null ? "" : "; autorizaciones: " + options.evidence();
        for (PersonRow person : people) {
            long id = person.savedId();
            person.emails.forEach(address -> addresses.add(new Address(id, "EMAIL", address, true)));
            person.invalidEmails.forEach(text -> addresses.add(new Address(id, "EMAIL", text, false)));
            person.phones.forEach(address -> addresses.add(new Address(id, "PHONE", address, true)));
            person.invalidPhones.forEach(text -> addresses.add(new Address(id, "PHONE", text, false)));
            person.groups.forEach(group ->
                    members.computeIfAbsent(group, g -> new ArrayList<>()).add(id));
            @Nullable String day = day(person);
            for (String channel : standing.changedChannels(person)) {
                decisions.add(new NewDecision(
                        id,
                        channel,
                        Objects.requireNonNull(person.decision),
                        day,
                        source + ", fila " + person.decidedInRow + proof));
            }
        }
        contacts.addAddresses(addresses);
        taking.progress().accept(ADDRESSED);
        contacts.writeDown(decisions, options.purpose(), notices.current(), taking.list());
        audiences.addMembers(members);
    }

    private static @Nullable String day(PersonRow person) {
        return person.decidedOn == null
                ? null
                : person.decidedOn.atStartOfDay(Ledger.ZONE).toOffsetDateTime().toString();
    }

    private static Collection<String> addresses(List<PersonRow> people) {
        Set<String> addresses = new LinkedHashSet<>();
        for (PersonRow person : people) {
            addresses.addAll(person.emails);
            addresses.addAll(person.phones);
        }
        return addresses;
    }

    private static int rows(Counts counts) {
        List<TableRow> rows = counts.table().rows();
        int first = counts.columns().firstRow();
        int before = first == 0 ? rows.get(0).number() - 1 : rows.get(first - 1).number();
        return rows.get(rows.size() - 1).number() - before;
    }

    /** Where everybody stands once this list is taken in: what was on record, changed by what the list may change. */
    private static final class Standing {

        private final Map<Long, Map<String, OnRecord>> onRecord;
        private final MergedPerson merge;
        private final Problems problems;
        private final List<String> emailChannels;
        private int withoutAuthorisation;
        private int contactableEmail;
        private int contactablePhone;

        Standing(Map<Long, Map<String, OnRecord>> onRecord, MergedPerson merge, Problems problems, boolean staff) {
            this.emailChannels = staff ? STAFF_CHANNELS : EMAIL_CHANNELS;
            this.onRecord = onRecord;
            this.merge = merge;
            this.problems = problems;
        }

        int withoutAuthorisation() {
            return withoutAuthorisation;
        }

        int contactableEmail() {
            return contactableEmail;
        }

        int contactablePhone() {
            return contactablePhone;
        }

        void look(PersonRow person, Set<Use> barred) {
            boolean email = granted(person, "EMAIL");
            boolean phone = PHONE_CHANNELS.stream().anyMatch(channel -> granted(person, channel));
            withoutAuthorisation += email || phone ? 0 : 1;
            Set<Boolean> ways = uses(person)
                    .filter(use -> !barred.contains(use))
                    .map(use -> use.channel().equals("EMAIL"))
                    .collect(Collectors.toSet());
            contactableEmail += ways.contains(true) ? 1 : 0;
            contactablePhone += ways.contains(false) ? 1 : 0;
            if (person.decision == Decision.GRANTED && !email && !phone) {
                problems.add(person.decidedInRow, merge.headingOfAuthorisation(), "", Notice.of("opted-out-before"));
            }
        }

        /** The channels for which this list changes what is on record. */
        List<String> changedChannels(PersonRow person) {
            return Stream.concat(
                            person.emails.isEmpty() ? Stream.<String>empty() : emailChannels.stream(),
                            person.phones.isEmpty() ? Stream.<String>empty() : PHONE_CHANNELS.stream())
                    .filter(channel -> changes(person, channel))
                    .toList();
        }

        private boolean granted(PersonRow person, String channel) {
            if (changes(person, channel)) {
                return person.decision == Decision.GRANTED;
            }
            @Nullable OnRecord stored = stored(person, channel);
            return stored != null && stored.decision() == Decision.GRANTED;
        }

        private boolean changes(PersonRow person, String channel) {
            return person.decision != null
                    && Ledger.changes(stored(person, channel), person.decision, person.decidedOn);
        }

        /** What the person decided; where nothing is known of them, the latest no of a namesake, who may be the same person. */
        private @Nullable OnRecord stored(PersonRow person, String channel) {
            @Nullable OnRecord own = person.contactId == null ? null : stored(person.contactId, channel);
            return own != null
                    ? own
                    : person.namesakes.stream()
                            .map(namesake -> stored(namesake, channel))
                            .filter(Objects::nonNull)
                            .map(Objects::requireNonNull)
                            .filter(said -> said.decision() == Decision.REVOKED || said.decision() == Decision.REFUSED)
                            .max(Comparator.comparing(OnRecord::at))
                            .orElse(null);
        }

        private @Nullable OnRecord stored(long contact, String channel) {
            Map<String, OnRecord> decisions = onRecord.getOrDefault(contact, Map.of());
            @Nullable OnRecord own = decisions.get(channel);
            // Internal notices are mail: who said no to mail has not said yes to them.
            @Nullable OnRecord mail = decisions.get("EMAIL");
            return own == null && channel.equals("INTERNAL") && mail != null && mail.decision() != Decision.GRANTED
                    ? mail
                    : own;
        }

        /** The addresses on the channels that the person allows. */
        Stream<Use> uses(PersonRow person) {
            return Stream.concat(Stream.of("EMAIL"), PHONE_CHANNELS.stream())
                    .filter(channel -> granted(person, channel))
                    .flatMap(channel -> (channel.equals("EMAIL") ? person.emails : person.phones)
                            .stream()
                                    .map(address -> new Use(
                                            address, channel, person.contactId, authorisedAt(person, channel))));
        }

        private @Nullable String authorisedAt(PersonRow person, String channel) {
            if (changes(person, channel)) {
                return day(person);
            }
            @Nullable OnRecord stored = stored(person, channel);
            return stored == null ? null : stored.at().toString();
        }
    }
}
