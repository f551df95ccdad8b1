package org.pregonero.dispatcher.message;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Writes down for whom an occurrence is, as it begins. */
@Repository
class Recipients {

    private final JdbcClient jdbc;
    private final Contents contents;

    Recipients(JdbcClient jdbc, Contents contents) {
        this.jdbc = jdbc;
        this.contents = contents;
    }

    /** Once for each occurrence; of a message that goes to places only, nobody. */
    void write(long occurrence, MessageVersion version) {
        if (!personal(version)) {
            return;
        }
        jdbc.sql("""
                        insert into occurrence_person (occurrence_id, contact_id, audience_ids)
                        select :occurrence, contact_id, array_agg(audience_id)
                        from audience_member where audience_id = any(:audiences) group by contact_id
                        """)
                .param("occurrence", occurrence)
                .param("audiences", version.audienceIds().toArray(Long[]::new))
                .update();
        // Whoever is in several audiences counts once in their common target as well, as far as is known; it is no
        // smaller than the
        // largest. What nobody has said of an audience is not zero.
        jdbc.sql("""
                        with counted as (
                            select a.id, count(*) as registered
                            from occurrence_person p cross join unnest(array_append(p.audience_ids, null)) as a (id)
                            where p.occurrence_id = :occurrence group by a.id
                        ),
                        single as (
                            select a.id, a.name, a.target_size::bigint as target, coalesce(c.registered, 0) as registered
                            from audience a left join counted c on c.id = a.id
                            where a.id = any(:audiences)
                        ),
                        people as (select coalesce(max(registered), 0) as registered from counted where id is null)
                        insert into occurrence_audience (occurrence_id, audience_id, name, target, registered)
                        select :occurrence, id, name, target, registered from single
                        union all
                        select :occurrence, null, '',
                               case when count(*) = count(s.target)
                                    then greatest(max(s.target), sum(s.target) - (sum(s.registered) - p.registered)) end,
                               p.registered
                        from single s cross join people p group by p.registered
                        """)
                .param("occurrence", occurrence)
                .param("audiences", version.audienceIds().toArray(Long[]::new))
                .update();
    }

    /** A channel that is gone cannot tell any more, but the places it was to be published at can. */
    private boolean personal(MessageVersion version) {
        return version.channels().entrySet().stream()
                .anyMatch(entry -> contents.known(entry.getKey())
                        ? contents.personal(entry.getKey())
                        : entry.getValue().outlets().isEmpty());
    }
}
