package org.pregonero.dispatcher.audience;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.audience.Ledger.Decision;
import org.pregonero.dispatcher.audience.Ledger.OnRecord;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Contacts, their addresses and decisions, read and written many at a time. */
@Repository
class ContactRepository {

    private static final int CHUNK = 10_000;

    private final JdbcClient jdbc;
    private final JsonMapper json = JsonMapper.builder().build();

    ContactRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A contact that is stored already. */
    record Stored(long id, String name) {}

    /** An address of a contact. */
    record Address(long contactId, String kind, String address, boolean valid) {}

    /** A decision to be written down. */
    record NewDecision(
            long contactId,
            String channel,
            Decision decision,
            @Nullable String decidedAt,
            String evidence) {}

    /** Of two imports at the same time, the second would not see the first one's people and create them again. */
    void oneImportAtATime() {
        jdbc.sql("select pg_advisory_xact_lock(hashtext('pregonero.audience.import'))")
                .query(rs -> {});
    }

    Map<String, List<Stored>> byValidAddress(Collection<String> addresses) {
        Map<String, List<Stored>> found = new HashMap<>();
        inChunks(addresses, chunk -> jdbc.sql("""
                        select a.address, c.id, c.name
                        from unnest(?::text[]) as asked (address)
                        join contact_address a
                          on a.address = asked.address
                         and a.kind = case when position('@' in asked.address) > 0 then 'EMAIL' else 'PHONE' end
                         and a.valid
                        join contact c on c.id = a.contact_id
                        order by c.id
                        """)
                .param(strings(chunk, Function.identity()))
                .query(rs -> {
                    found.computeIfAbsent(rs.getString(1), address -> new ArrayList<>(1))
                            .add(new Stored(rs.getLong(2), rs.getString(3)));
                }));
        return found;
    }

    /** People without any valid address can only be known again by what they are called. */
    Map<String, List<Long>> unreachableByNameAndOrganisation(Collection<String> names) {
        Map<String, List<Long>> found = new HashMap<>();
        inChunks(names, chunk -> jdbc.sql("""
                        select c.id, c.name, c.organisation
                        from contact c
                        where c.name = any (?::text[])
                          and not exists (select from contact_address a where a.contact_id = c.id and a.valid)
                        order by c.id
                        """)
                .param(strings(chunk, Function.identity()))
                .query(rs -> {
                    found.computeIfAbsent(unreachableKey(rs.getString(2), rs.getString(3)), k -> new ArrayList<>(1))
                            .add(rs.getLong(1));
                }));
        return found;
    }

    static String unreachableKey(String name, @Nullable String organisation) {
        return name + '\n' + (organisation == null ? "" : organisation);
    }

    /**
     * Makes opt-outs of these people wait until the import is through, so that an opt-out is always the later decision.
     * Does not hinder deliveries, which only refer to a contact.
     */
    void lock(Collection<Long> contacts) {
        inChunks(contacts.stream().sorted().toList(), chunk -> jdbc.sql(
                        "select id from contact where id = any (?::bigint[]) order by id for no key update")
                .param(chunk.toArray(Long[]::new))
                .query(rs -> {}));
    }

    Map<Long, Map<String, OnRecord>> decisions(Collection<Long> contacts, String purpose) {
        Map<Long, Map<String, OnRecord>> found = new HashMap<>();
        inChunks(contacts, chunk -> jdbc.sql("""
                        select distinct on (contact_id, channel)
                               contact_id, channel, decision, coalesce(decided_at, recorded_at)
                        from consent
                        where contact_id = any (?::bigint[]) and purpose = ?
                        order by contact_id, channel, id desc
                        """)
                .param(chunk.toArray(Long[]::new))
                .param(purpose)
                .query(rs -> {
                    found.computeIfAbsent(rs.getLong(1), id -> new HashMap<>(4)).put(rs.getString(2), onRecord(rs));
                }));
        return found;
    }

    /**
     * An address that somebody would be written to at.
     *
     * @param contactId null for somebody who is not on record yet
     * @param authorisedAt when the person said yes
     */
    record Use(
            String address,
            String channel,
            @Nullable Long contactId,
            @Nullable String authorisedAt) {}

    /** Those of these addresses that somebody must not be written to at, on some channel. */
    Set<String> suppressed(Collection<String> addresses) {
        Set<String> found = new HashSet<>();
        inChunks(addresses, chunk -> jdbc.sql("select address from suppression where address = any (?::text[])")
                .param(strings(chunk, Function.identity()))
                .query(rs -> {
                    found.add(rs.getString(1));
                }));
        return found;
    }

    /** Those of these uses that must not be, just as when a message goes out. */
    Set<Use> barred(Collection<Use> uses) {
        Set<Use> found = new HashSet<>();
        inChunks(uses, chunk -> jdbc.sql("""
                        select u.nr
                        from unnest(?::text[], ?::text[], ?::bigint[], ?::timestamptz[])
                                 with ordinality as u (address, channel, contact_id, authorised_at, nr)
                        left join contact c on c.id = u.contact_id
                        where exists (select from suppression s
                                      where s.kind = case when position('@' in u.address) > 0 then 'EMAIL' else 'PHONE' end
                                        and s.address = u.address and (s.channel is null or s.channel = u.channel)
                                        and bars(s.reason, s.created_at, u.authorised_at,
                                                 coalesce(c.created_at, 'infinity')))
                        """)
                .param(strings(chunk, Use::address))
                .param(strings(chunk, Use::channel))
                .param(chunk.stream().map(Use::contactId).toArray(Long[]::new))
                .param(strings(chunk, Use::authorisedAt))
                .query(rs -> {
                    found.add(chunk.get(rs.getInt(1) - 1));
                }));
        return found;
    }

    /** Gives everybody without one a contact, and brings the others up to date. */
    void save(List<PersonRow> people) {
        Map<Boolean, List<PersonRow>> byStored =
                people.stream().collect(Collectors.partitioningBy(person -> person.contactId != null));
        inChunks(byStored.getOrDefault(false, List.of()), this::insert);
        inChunks(byStored.getOrDefault(true, List.of()), this::update);
    }

    private void insert(List<PersonRow> people) {
        // the numbers first, so that each person knows theirs
        List<Long> ids = jdbc.sql("select nextval(pg_get_serial_sequence('contact', 'id')) from generate_series(1, ?)")
                .param(people.size())
                .query(Long.class)
                .list();
        for (int i = 0; i < people.size(); i++) {
            people.get(i).contactId = ids.get(i);
        }
        write(people, """
                insert into contact (id, name, position, organisation, preferred_channel, attributes)
                    overriding system value
                select * from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::jsonb[])
                """);
    }

    private void update(List<PersonRow> people) {
        write(people, """
                update contact c
                set name = v.name,
                    position = coalesce(v.position, c.position),
                    organisation = coalesce(v.organisation, c.organisation),
                    preferred_channel = coalesce(v.preferred_channel, c.preferred_channel),
                    attributes = c.attributes || v.attributes,
                    version = c.version + 1,
                    updated_at = now()
                from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::jsonb[])
                         as v (id, name, position, organisation, preferred_channel, attributes)
                where c.id = v.id
                """);
    }

    private void write(List<PersonRow> people, String sql) {
        jdbc.sql(sql)
                .param(people.stream().map(PersonRow::savedId).toArray(Long[]::new))
                .param(strings(people, person -> person.name))
                .param(strings(people, person -> person.position))
                .param(strings(people, person -> person.organisation))
                .param(strings(people, person -> person.preferredChannel))
                .param(strings(people, person -> json.writeValueAsString(person.attributes)))
                .update();
    }

    void addAddresses(List<Address> addresses) {
        inChunks(addresses, chunk -> jdbc.sql("""
                        insert into contact_address (contact_id, kind, address, valid)
                        select * from unnest(?::bigint[], ?::text[], ?::text[], ?::boolean[])
                        on conflict (contact_id, kind, address) do nothing
                        """)
                .param(chunk.stream().map(Address::contactId).toArray(Long[]::new))
                .param(strings(chunk, Address::kind))
                .param(strings(chunk, Address::address))
                .param(chunk.stream().map(Address::valid).toArray(Boolean[]::new))
                .update());
    }

    /** @param wording number of the data-protection notice that authorisations refer to */
    void writeDown(List<NewDecision> decisions, String purpose, int wording, @Nullable Long list) {
        inChunks(decisions, chunk -> jdbc.sql("""
                        insert into consent (contact_id, channel, purpose, decision, means, decided_at, evidence,
                                             wording_version, import_id)
                        select v.contact_id, v.channel, ?, v.decision, 'lista importada', v.decided_at, v.evidence,
                               case when v.decision = 'GRANTED' then ?::text end, ?::bigint
                        from unnest(?::bigint[], ?::text[], ?::text[], ?::timestamptz[], ?::text[])
                                 as v (contact_id, channel, decision, decided_at, evidence)
                        """)
                .param(purpose)
                .param(String.valueOf(wording))
                .param(list)
                .param(chunk.stream().map(NewDecision::contactId).toArray(Long[]::new))
                .param(strings(chunk, NewDecision::channel))
                .param(strings(chunk, decision -> decision.decision().name()))
                .param(strings(chunk, NewDecision::decidedAt))
                .param(strings(chunk, NewDecision::evidence))
                .update());
    }

    private static OnRecord onRecord(ResultSet rs) throws SQLException {
        Timestamp at = rs.getTimestamp(4);
        return new OnRecord(Decision.valueOf(rs.getString(3)), at.toInstant());
    }

    private static <T> @Nullable String[] strings(List<T> values, Function<T, @Nullable String> text) {
        @Nullable String[] result = new @Nullable String[values.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = text.apply(values.get(i));
        }
        return result;
    }

    private static <T> void inChunks(Collection<T> all, Consumer<List<T>> work) {
        List<T> list = List.copyOf(all);
        for (int from = 0; from < list.size(); from += CHUNK) {
            work.accept(list.subList(from, Math.min(list.size(), from + CHUNK)));
        }
    }
}
