package org.pregonero.dispatcher.audience;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.tabular.Words;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Audiences and who is in them. */
@Repository
class AudienceRepository {

    private final JdbcClient jdbc;

    AudienceRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param id null for all of them */
    List<Audience> find(@Nullable Long id, String purpose) {
        return jdbc.sql("""
                        select a.id, a.name, a.target_size, count(m.contact_id) as members,
                               count(*) filter (where email.contactable) as email,
                               count(*) filter (where whatsapp.contactable) as whatsapp,
                               count(*) filter (where sms.contactable) as sms
                        from audience a
                        left join audience_member m on m.audience_id = a.id
                        left join lateral (
                            select obstacle is null as contactable
                            from contactability(m.contact_id, 'EMAIL', 'EMAIL', :purpose)
                        ) as email on m.contact_id is not null
                        left join lateral (
                            select obstacle is null as contactable
                            from contactability(m.contact_id, 'WHATSAPP', 'PHONE', :purpose)
                        ) as whatsapp on m.contact_id is not null
                        left join lateral (
                            select obstacle is null as contactable
                            from contactability(m.contact_id, 'SMS', 'PHONE', :purpose)
                        ) as sms on m.contact_id is not null
                        where :id::bigint is null or a.id = :id::bigint
                        group by a.id
                        order by a.name_key
                        """)
                .param("id", id)
                .param("purpose", purpose)
                .query((rs, n) -> {
                    Map<String, Long> contactable = new LinkedHashMap<>();
                    contactable.put("EMAIL", rs.getLong("email"));
                    contactable.put("WHATSAPP", rs.getLong("whatsapp"));
                    contactable.put("SMS", rs.getLong("sms"));
                    return new Audience(
                            rs.getLong("id"),
                            rs.getString("name"),
                            rs.getLong("members"),
                            rs.getObject("target_size", Integer.class),
                            contactable);
                })
                .list();
    }

    List<Long> idsByKey(Collection<String> keys) {
        return jdbc.sql("select id from audience where name_key = any (?::text[]) order by id")
                .param(keys.toArray(String[]::new))
                .query(Long.class)
                .list();
    }

    List<Long> existing(Collection<Long> ids) {
        return jdbc.sql("select id from audience where id = any (?::bigint[]) order by id")
                .param(ids.toArray(Long[]::new))
                .query(Long.class)
                .list();
    }

    /** Adds people to audiences, which come to be where nobody knew them yet; the first spelling stays. */
    void addMembers(Map<String, List<Long>> contactsByName) {
        Map<String, String> nameByKey = contactsByName.keySet().stream()
                .sorted()
                .collect(Collectors.toMap(Words::fold, name -> name, (first, second) -> first, LinkedHashMap::new));
        jdbc.sql("""
                        insert into audience (name, name_key)
                        select * from unnest(?::text[], ?::text[])
                        on conflict (name_key) do nothing
                        """)
                .param(nameByKey.values().toArray(String[]::new))
                .param(nameByKey.keySet().toArray(String[]::new))
                .update();
        // in the order in which all lock audiences, so that nobody waits in a circle
        jdbc.sql("select id from audience where name_key = any (?::text[]) order by id for no key update")
                .param(nameByKey.keySet().toArray(String[]::new))
                .query(rs -> {});
        jdbc.sql("update audience set touches = touches + 1 where name_key = any (?::text[])")
                .param(nameByKey.keySet().toArray(String[]::new))
                .update();
        contactsByName.forEach((name, contacts) -> jdbc.sql("""
                            insert into audience_member (audience_id, contact_id)
                            select a.id, contact
                            from audience a, unnest(?::bigint[]) as contact
                            where a.name_key = ?
                            on conflict do nothing
                            """)
                .param(contacts.toArray(Long[]::new))
                .param(Words.fold(name))
                .update());
    }
}
