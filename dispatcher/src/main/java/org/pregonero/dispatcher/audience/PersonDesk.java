package org.pregonero.dispatcher.audience;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.account.AuditTrail;
import org.pregonero.dispatcher.account.ChangedMeanwhileException;
import org.pregonero.dispatcher.audience.People.Person;
import org.pregonero.dispatcher.institution.DataProtectionNotices;
import org.pregonero.dispatcher.tabular.Notice;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** What the office does for one person: corrects, writes down what they decide, forgets them. */
@Service
public class PersonDesk {

    /** What an authorisation can be given for. */
    public static final List<String> CHANNELS = List.of("EMAIL", "WHATSAPP", "SMS", "INTERNAL");

    private final JdbcClient jdbc;
    private final PhoneNumbers phones;
    private final ConsentLedger ledger;
    private final DataProtectionNotices notices;
    private final AuditTrail audit;
    private final ApplicationEventPublisher publisher;
    private final List<KeepsPersonalData> keepers;
    private final TransactionOperations transaction;
    private final Clock clock;

    PersonDesk(
            JdbcClient jdbc,
            PhoneNumbers phones,
            ConsentLedger ledger,
            DataProtectionNotices notices,
            AuditTrail audit,
            ApplicationEventPublisher publisher,
            List<KeepsPersonalData> keepers,
            TransactionOperations transaction,
            Clock clock) {
        this.jdbc = jdbc;
        this.phones = phones;
        this.ledger = ledger;
        this.notices = notices;
        this.audit = audit;
        this.publisher = publisher;
        this.keepers = keepers;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** What is wrong with an e-mail address or a telephone as written, if anything. */
    public Optional<Notice> wrong(String kind, String address) {
        ReadAddresses read = read(kind, address);
        return read.invalid().isEmpty()
                ? Optional.empty()
                : Optional.of(read.invalid().get(0).reason());
    }

    /** @throws org.pregonero.dispatcher.account.ChangedMeanwhileException if the person is no longer at that version */
    public void change(Person before, int version, PersonDraft draft, Actor actor) {
        transaction.executeWithoutResult(status -> {
            int changed = jdbc.sql("""
                            update contact set name = :name, position = :position, organisation = :organisation,
                                preferred_channel = :preferred, version = version + 1, changed_by = :who, updated_at = now()
                            where id = :id and version = :version and erased_at is null
                            """)
                    .param("name", draft.name())
                    .param("position", draft.position())
                    .param("organisation", draft.organisation())
                    .param("preferred", draft.preferredChannel())
                    .param("who", actor.displayName())
                    .param("id", before.id())
                    .param("version", version)
                    .update();
            if (changed == 0) {
                throw ChangedMeanwhileException.of(jdbc, "contact", "updated_at", before.id());
            }
            addresses(before.id(), "EMAIL", draft.emails());
            addresses(before.id(), "PHONE", draft.phones());
            memberships(before.id(), draft.audiences());
            // what changed, not the addresses themselves: people are in the trail by their number only
            audit.record(
                    actor,
                    "person.change",
                    "person/" + before.id(),
                    Map.of(
                            "addresses",
                            before.addresses().size(),
                            "audiences",
                            before.audiences().size()),
                    Map.of(
                            "addresses",
                            draft.emails().size() + draft.phones().size(),
                            "audiences",
                            draft.audiences().size(),
                            "renamed",
                            !before.name().equals(draft.name())));
        });
    }

    private void addresses(long contact, String kind, List<String> written) {
        Set<String> wanted = new LinkedHashSet<>();
        written.forEach(text -> wanted.addAll(read(kind, text).valid()));
        jdbc.sql("""
                        delete from contact_address
                        where contact_id = :id and kind = :kind and valid and not address = any (:wanted::text[])
                        """)
                .param("id", contact)
                .param("kind", kind)
                .param("wanted", wanted.toArray(String[]::new))
                .update();
        jdbc.sql("""
                        insert into contact_address (contact_id, kind, address, valid)
                        select :id, :kind, a, true from unnest(:wanted::text[]) as a
                        on conflict (contact_id, kind, address) do update set valid = true
                        """)
                .param("id", contact)
                .param("kind", kind)
                .param("wanted", wanted.toArray(String[]::new))
                .update();
    }

    private void memberships(long contact, List<Long> audiences) {
        Long[] ids = audiences.toArray(Long[]::new);
        // in the order in which all lock audiences, so that nobody waits in a circle
        jdbc.sql("""
                        select a.id from audience a
                        where a.id = any (:ids::bigint[])
                           or a.id in (select m.audience_id from audience_member m where m.contact_id = :id)
                        order by a.id for no key update
                        """).param("id", contact).param("ids", ids).query(rs -> {});
        jdbc.sql("""
                        with gone as (
                            delete from audience_member m using audience a
                            where m.contact_id = :id and a.id = m.audience_id and a.filter is null
                              and not a.id = any (:ids::bigint[])
                            returning m.audience_id
                        ), come as (
                            insert into audience_member (audience_id, contact_id)
                            select a.id, :id from audience a where a.id = any (:ids::bigint[]) and a.filter is null
                            on conflict do nothing
                            returning audience_id
                        )
                        update audience a set touches = touches + 1
                        where a.id in (select audience_id from gone union all select audience_id from come)
                           or exists (select from audience_member m where m.audience_id = a.id and m.contact_id = :id)
                        """).param("id", contact).param("ids", ids).update();
    }

    /**
     * Writes down that a person allowed to be written to.
     *
     * @param channels codes out of {@link #CHANNELS}
     * @param day on which it was given
     * @param evidence where it can be seen
     * @param wordingVersion of the data-protection notice that the person saw; blank or null means the current one
     */
    public void authorise(
            Person person,
            Collection<String> channels,
            LocalDate day,
            String evidence,
            @Nullable String wordingVersion,
            Actor actor) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("""
                            insert into consent (contact_id, channel, purpose, decision, means, decided_at, evidence,
                                                 wording_version)
                            select :id, channel, :purpose, 'GRANTED', 'registrada en la oficina', :day::timestamptz, :evidence,
                                   :wording
                            from unnest(:channels::text[]) as channel
                            """)
                    .param("id", person.id())
                    .param("purpose", Audiences.DEFAULT_PURPOSE)
                    .param("day", moment(day))
                    .param("evidence", evidence)
                    .param(
                            "wording",
                            wordingVersion == null || wordingVersion.isBlank()
                                    ? currentWording()
                                    : wordingVersion.strip())
                    .param("channels", channels.toArray(String[]::new))
                    .update();
            audit.record(actor, "person.authorise", "person/" + person.id(), null, Map.of("channels", channels));
        });
    }

    /**
     * Writes down that a person wants no more messages on these channels, for whatever purpose, and stops what is queued.
     *
     * @param means how the person said so
     * @param evidence where that can be seen
     */
    public void revoke(Person person, Collection<String> channels, String means, String evidence, Actor actor) {
        transaction.executeWithoutResult(status -> {
            for (String channel : channels) {
                publisher.publishEvent(new AuthorisationRevoked(person.id(), channel));
                if (ledger.revokeAll(List.of(person.id()), channel, means, evidence) == 0
                        && !ledger.decided(List.of(person.id()), channel)) {
                    ledger.revoke(person.id(), List.of(channel), Audiences.DEFAULT_PURPOSE, means, evidence);
                }
            }
            audit.record(actor, "person.revoke", "person/" + person.id(), null, Map.of("channels", channels));
        });
    }

    /**
     * Gives the proof that was missing: whoever said yes without it, in an audience or in a list, has then authorised.
     *
     * @param audience null for all
     * @param list number of an import; null for all
     * @return how many decisions were proven
     */
    public int prove(@Nullable Long audience, @Nullable Long list, LocalDate day, String evidence, Actor actor) {
        return Objects.requireNonNull(transaction.execute(status -> {
            int proven = jdbc.sql("""
                            insert into consent (contact_id, channel, purpose, decision, means, decided_at, evidence,
                                                 wording_version, import_id)
                            select u.contact_id, u.channel, u.purpose, 'GRANTED', 'prueba aportada después', :day::timestamptz,
                                   :evidence, :wording, u.import_id
                            from consent u
                            where u.decision = 'UNPROVEN'
                              and (:list::bigint is null or u.import_id = :list::bigint)
                              and (:audience::bigint is null
                                   or exists (select from audience_member m
                                              where m.contact_id = u.contact_id and m.audience_id = :audience::bigint))
                              and not exists (select from consent n where n.contact_id = u.contact_id
                                              and n.channel = u.channel and n.purpose = u.purpose and n.id > u.id)
                            """)
                    .param("day", moment(day))
                    .param("evidence", evidence)
                    .param("wording", currentWording())
                    .param("list", list)
                    .param("audience", audience)
                    .update();
            Map<String, Object> after = new HashMap<>();
            after.put("audience", audience);
            after.put("import", list);
            after.put("decisions", proven);
            audit.record(actor, "people.prove", "people", null, after);
            return proven;
        }));
    }

    /**
     * Forgets a person: name, addresses, attributes and lists go; the decisions stay as proof that they were kept, and what
     * was sent stays in the figures, both without a name.
     *
     * @param keepExcluded whether the addresses stay where it says who must not be written to, so that an old list does not
     *     bring the person back. Otherwise they go from there too, for whatever reason they stood there. Who shares an address
     *     with the person is written to as before
     */
    public void erase(Person person, boolean keepExcluded, Actor actor) {
        transaction.executeWithoutResult(status -> {
            revoke(person, CHANNELS, "supresión de datos", "person/" + person.id(), actor);
            DataSubject subject = subject(person, keepExcluded);
            keepers.forEach(keeper -> keeper.forget(subject));
            jdbc.sql("delete from contact_address where contact_id = ?")
                    .param(person.id())
                    .update();
            jdbc.sql("delete from audience_member where contact_id = ?")
                    .param(person.id())
                    .update();
            jdbc.sql("""
                            update contact set name = 'Persona suprimida', position = null, organisation = null,
                                preferred_channel = null, attributes = '{}', version = version + 1, changed_by = :who,
                                updated_at = now(), erased_at = :now::timestamptz
                            where id = :id
                            """)
                    .param("who", actor.displayName())
                    .param("now", clock.instant().toString())
                    .param("id", person.id())
                    .update();
            audit.record(actor, "person.erase", "person/" + person.id(), null, Map.of("excluded", keepExcluded));
        });
    }

    /**
     * All that is kept of a person besides the entry itself, for that person to read.
     *
     * @return JSON objects
     */
    public List<String> known(Person person) {
        DataSubject subject = subject(person, true);
        // some of it is locked while it is read
        return Objects.requireNonNull(transaction.execute(
                status -> keepers.stream().map(keeper -> keeper.known(subject)).toList()));
    }

    private DataSubject subject(Person person, boolean keepExcluded) {
        Map<Boolean, List<String>> addresses = jdbc
                .sql("""
                        select a.address, exists (select from contact_address o where o.kind = a.kind and o.address = a.address
                                                  and o.contact_id <> a.contact_id) as shared
                        from contact_address a where a.contact_id = :id
                        """)
                .param("id", person.id())
                .query((rs, n) -> Map.entry(rs.getBoolean("shared"), rs.getString("address")))
                .list()
                .stream()
                .collect(Collectors.partitioningBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        return new DataSubject(
                person.id(),
                person.name(),
                addresses.getOrDefault(false, List.of()),
                addresses.getOrDefault(true, List.of()),
                keepExcluded);
    }

    private ReadAddresses read(String kind, String address) {
        return kind.equals("EMAIL") ? EmailAddresses.read(address) : phones.read(address);
    }

    private String currentWording() {
        return String.valueOf(notices.current());
    }

    private static String moment(LocalDate day) {
        return day.atStartOfDay(Ledger.ZONE).toOffsetDateTime().toString();
    }

    /** Normalised, those that can be written to. */
    public List<String> valid(String kind, Collection<String> written) {
        List<String> valid = new ArrayList<>();
        written.forEach(text -> valid.addAll(read(kind, text).valid()));
        return valid;
    }
}
