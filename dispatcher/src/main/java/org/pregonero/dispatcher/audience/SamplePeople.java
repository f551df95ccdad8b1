package org.pregonero.dispatcher.audience;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectMapper;

/** A few people of audiences, to try a text on; and the audiences to choose from. */
@Repository
public class SamplePeople {

    private static final TypeReference<Map<String, String>> VALUES = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final AudienceFigures figures;
    private final ObjectMapper json;

    SamplePeople(JdbcClient jdbc, AudienceFigures figures, ObjectMapper json) {
        this.jdbc = jdbc;
        this.figures = figures;
        this.json = json;
    }

    /** A person to choose. */
    public record Sample(long id, String name) {}

    /**
     * An audience to choose.
     *
     * @param members as counted last; null where nobody has counted a large audience yet
     */
    public record Choice(long id, String name, @Nullable Long members) {}

    /**
     * What a text can say of a person.
     *
     * @param address the first one of the kind asked for, or null
     */
    public record Known(
            long id,
            String name,
            Map<String, String> values,
            @Nullable String address) {}

    public List<Choice> audiences() {
        figures.countSmall();
        return jdbc.sql("""
                        select a.id, a.name, f.members
                        from audience a left join audience_figure f on f.audience_id = a.id
                        order by a.name_key
                        """).query(Choice.class).list();
    }

    /** For which people were ever asked, or will be first. */
    public List<String> purposes() {
        return jdbc.sql("select name from purpose union select :usual order by 1")
                .param("usual", Audiences.DEFAULT_PURPOSE)
                .query(String.class)
                .list();
    }

    /** The first members of audiences, by their numbers. */
    public List<Sample> of(Collection<Long> audiences, int limit) {
        return jdbc.sql("""
                        select c.id, c.name
                        from (select distinct m.contact_id
                              from unnest(:audiences::bigint[]) as a (id)
                              cross join lateral (select contact_id from audience_member where audience_id = a.id
                                                  order by contact_id limit :limit) m
                              order by m.contact_id limit :limit) m
                        join contact c on c.id = m.contact_id order by c.id
                        """)
                .param("audiences", audiences.toArray(Long[]::new))
                .param("limit", limit)
                .query(Sample.class)
                .list();
    }

    /** @param kind of address, {@code EMAIL} or {@code PHONE} */
    public Optional<Known> find(long person, String kind) {
        return jdbc.sql("""
                        select c.id, c.name, contact_values(c)::text as values,
                               (select a.address from contact_address a where a.contact_id = c.id and a.kind = :kind
                                order by a.valid desc, a.id limit 1) as address
                        from contact c where c.id = :person
                        """)
                .param("person", person)
                .param("kind", kind)
                .query((row, number) -> new Known(
                        row.getLong("id"),
                        row.getString("name"),
                        json.readValue(row.getString("values"), VALUES),
                        row.getString("address")))
                .optional();
    }
}
