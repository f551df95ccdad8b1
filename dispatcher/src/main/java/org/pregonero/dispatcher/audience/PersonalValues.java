package org.pregonero.dispatcher.audience;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectMapper;

/** What is known of the people of an audience, by the names that a text can use. */
@Repository
public class PersonalValues {

    private static final TypeReference<Map<String, String>> VALUES = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final ObjectMapper json;

    PersonalValues(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * How many people of the audiences lack a value, by its name; a name that nobody has a value for is absent. Looks at everybody, but
     * only once.
     */
    public Map<String, Integer> lacking(Collection<Long> audiences) {
        var lacking = new HashMap<String, Integer>();
        jdbc.sql("""
                        with member as materialized (
                            select distinct contact_id from audience_member where audience_id = any(:audiences)
                        )
                        select k.name, (select count(*) from member) - count(*) as people
                        from member m join contact c on c.id = m.contact_id
                        cross join lateral jsonb_object_keys(contact_values(c)) as k (name)
                        group by k.name
                        """).param("audiences", audiences.toArray(Long[]::new)).query(row -> {
            lacking.put(row.getString("name"), row.getInt("people"));
        });
        return lacking;
    }

    /** What is known of each person of an audience, in the order of their names. */
    public List<Person> of(long audience) {
        return jdbc.sql("""
                        select c.name, contact_values(c)::text as values
                        from audience_member m join contact c on c.id = m.contact_id
                        where m.audience_id = :audience
                        order by c.name, c.id
                        """)
                .param("audience", audience)
                .query((row, number) ->
                        new Person(row.getString("name"), json.readValue(row.getString("values"), VALUES)))
                .list();
    }

    /** A person and what can be said of them. */
    public record Person(String name, Map<String, String> values) {}
}
