package org.pregonero.dispatcher.audience;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.tabular.Words;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The people on record: found by name, mail or telephone, and each with all that is known. */
@Repository
public class People {

    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    /** So many are found at most by a text; who is looked for more exactly is found. */
    public static final int MOST_FOUND = 1_000;

    private static final String MEMBER =
            "exists (select from audience_member m where m.contact_id = %s and m.audience_id = :audience)";

    private static final String UNPROVEN = """
            exists (select from consent u
                    where u.contact_id = c.id and u.decision = 'UNPROVEN'
                      and not exists (select from consent n
                                      where n.contact_id = u.contact_id and n.channel = u.channel
                                        and n.purpose = u.purpose and n.id > u.id))""";

    private final JdbcClient jdbc;
    private final JsonMapper json = JsonMapper.builder().build();

    People(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A person in a list of people. */
    public record Row(
            long id,
            String name,
            @Nullable String position,
            @Nullable String organisation,
            List<String> addresses,
            boolean unproven) {}

    /** An address as it was given; not valid, it cannot be written to. */
    public record PersonAddress(String kind, String address, boolean valid, boolean suppressed) {}

    /** One decision of the ledger. */
    public record Entry(
            long id,
            String channel,
            String purpose,
            String decision,
            @Nullable String wordingVersion,
            String means,
            @Nullable Instant decidedAt,
            @Nullable String evidence,
            Instant recordedAt,
            boolean latest) {}

    /** An audience that a person belongs to. */
    public record Membership(long id, String name, boolean byFilter) {}

    /** All that is known of a person. */
    public record Person(
            long id,
            String name,
            @Nullable String position,
            @Nullable String organisation,
            @Nullable String preferredChannel,
            Map<String, String> attributes,
            int version,
            @Nullable Instant erasedAt,
            List<PersonAddress> addresses,
            List<Membership> audiences,
            List<Entry> ledger) {

        public List<String> valid(String kind) {
            return addresses.stream()
                    .filter(address -> address.kind().equals(kind) && address.valid())
                    .map(PersonAddress::address)
                    .toList();
        }
    }

    /**
     * People in the order of their names.
     *
     * @param text the beginning of words of the name or organisation, of a mail address, or of a telephone; empty for all
     * @param audience null for all
     * @param unproven only those whose yes nobody can show
     * @param after number of the last person of the page before; 0 for the first page
     */
    public List<Row> search(String text, @Nullable Long audience, boolean unproven, long after, int limit) {
        List<String> prefixes = prefixes(text);
        String words = Stream.of(Words.fold(text).split(" "))
                .filter(word -> !word.isEmpty())
                .map(word -> word + ":*")
                .collect(Collectors.joining(" & "));
        StringBuilder where = new StringBuilder("c.erased_at is null");
        if (text.isBlank()) {
            where.append(audience == null ? "" : " and " + MEMBER.formatted("c.id"));
        } else {
            // so many at most: the beginning of a common name fits tens of thousands, whom nobody would read
            String member = audience == null ? "true" : MEMBER.formatted("f.id");
            where.append(" and c.id in ((select f.id from contact f where ")
                    .append(words.isEmpty() ? "false" : "f.words @@ to_tsquery('simple', :words)")
                    .append(" and ")
                    .append(member)
                    .append(" limit :most)");
            for (int i = 0; i < prefixes.size(); i++) {
                where.append(" union all (select f.id from contact_address a join contact f on f.id = a.contact_id")
                        .append(" where a.address like :prefix")
                        .append(i)
                        .append(" and ")
                        .append(member)
                        .append(" limit :most)");
            }
            where.append(")");
        }
        if (unproven) {
            where.append(" and ").append(UNPROVEN);
        }
        if (after > 0) {
            where.append(" and (c.name_key, c.id) > (select k.name_key, k.id from contact k where k.id = :after)");
        }
        JdbcClient.StatementSpec query = jdbc.sql("""
                        select c.id, c.name, c.position, c.organisation,
                               array(select a.address from contact_address a where a.contact_id = c.id and a.valid
                                     order by a.kind, a.id) as addresses,
                               %s as unproven
                        from contact c
                        where %s
                        order by c.name_key, c.id
                        limit :limit
                        """.formatted(UNPROVEN, where))
                .param("words", words)
                .param("most", MOST_FOUND)
                .param("audience", audience)
                .param("after", after)
                .param("limit", limit);
        for (int i = 0; i < prefixes.size(); i++) {
            query = query.param("prefix" + i, prefixes.get(i));
        }
        return query.query((rs, n) -> new Row(
                        rs.getLong("id"),
                        rs.getString("name"),
                        rs.getString("position"),
                        rs.getString("organisation"),
                        List.of((String[]) rs.getArray("addresses").getArray()),
                        rs.getBoolean("unproven")))
                .list();
    }

    /** How the text could begin an address: mail, or a telephone with or without its country. */
    private static List<String> prefixes(String text) {
        List<String> prefixes = new ArrayList<>();
        String bare = text.strip().toLowerCase(java.util.Locale.ROOT);
        String digits = bare.replaceAll("[^0-9]", "");
        boolean telephone =
                digits.length() >= 3 && bare.replaceAll("[0-9 ()+.-]", "").isEmpty();
        if (telephone) {
            prefixes.add("+57" + digits + "%");
            prefixes.add("+" + digits + "%");
        } else if (!bare.isEmpty() && !bare.contains(" ")) {
            prefixes.add(bare.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%");
        }
        return prefixes;
    }

    public Optional<Person> find(long id) {
        return jdbc.sql("select * from contact where id = :id")
                .param("id", id)
                .query((rs, n) -> new Person(
                        id,
                        rs.getString("name"),
                        rs.getString("position"),
                        rs.getString("organisation"),
                        rs.getString("preferred_channel"),
                        json.readValue(rs.getString("attributes"), TEXTS),
                        rs.getInt("version"),
                        instant(rs.getTimestamp("erased_at")),
                        addresses(id),
                        audiences(id),
                        ledger(id)))
                .optional();
    }

    private List<PersonAddress> addresses(long id) {
        return jdbc.sql("""
                        select a.kind, a.address, a.valid,
                               exists (select from suppression s where s.kind = a.kind and s.address = a.address
                                       and bars(s.reason, s.created_at,
                                                (select max(d.decided_at)
                                                 from (select distinct on (n.channel) n.decision, n.decided_at from consent n
                                                       where n.contact_id = a.contact_id and n.purpose = :purpose
                                                         and n.channel = any (case a.kind when 'EMAIL' then array['EMAIL', 'INTERNAL']
                                                                                          else array['WHATSAPP', 'SMS'] end)
                                                       order by n.channel, n.id desc) d
                                                 where d.decision = 'GRANTED'),
                                                c.created_at)) as suppressed
                        from contact_address a join contact c on c.id = a.contact_id
                        where a.contact_id = :id order by a.kind, a.id
                        """)
                .param("id", id)
                .param("purpose", Audiences.DEFAULT_PURPOSE)
                .query(PersonAddress.class)
                .list();
    }

    private List<Membership> audiences(long id) {
        return jdbc.sql("""
                        select a.id, a.name, a.filter is not null as by_filter
                        from audience_member m join audience a on a.id = m.audience_id
                        where m.contact_id = :id order by a.name_key
                        """).param("id", id).query(Membership.class).list();
    }

    private List<Entry> ledger(long id) {
        return jdbc.sql("""
                        select c.*, not exists (select from consent n where n.contact_id = c.contact_id
                                                and n.channel = c.channel and n.purpose = c.purpose and n.id > c.id) as latest
                        from consent c where c.contact_id = :id order by c.id desc
                        """)
                .param("id", id)
                .query((rs, n) -> new Entry(
                        rs.getLong("id"),
                        rs.getString("channel"),
                        rs.getString("purpose"),
                        rs.getString("decision"),
                        rs.getString("wording_version"),
                        rs.getString("means"),
                        instant(rs.getTimestamp("decided_at")),
                        rs.getString("evidence"),
                        rs.getTimestamp("recorded_at").toInstant(),
                        rs.getBoolean("latest")))
                .list();
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}
