package org.pregonero.dispatcher.audience;

import java.util.List;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How many are in each audience and can be written to, counted ahead: counting two hundred thousand people takes longer
 * than a page may. Small audiences are counted when somebody looks, so that an office of ordinary size always sees the
 * figures of this moment.
 */
@Component
class AudienceFigures {

    /** So many people are counted while somebody waits. */
    private static final int AT_ONCE = 3_000;

    private static final String STALE = """
            select a.id from audience a left join audience_figure f on f.audience_id = a.id
            where f.audience_id is null
               or (f.touches < a.touches
                   or f.consent_id < (select coalesce(max(id), 0) from consent)
                   or f.counted_at <= (select coalesce(max(created_at), '-infinity') from suppression))
                  -- the longer it takes, the less often: two hundred thousand people every quarter of an hour
                  and f.counted_at <= now() - make_interval(secs => f.members / 200.0)
            order by a.id
            """;

    private static final String COUNT = """
            insert into audience_figure (audience_id, members, email, whatsapp, sms, counted_at, touches, consent_id)
            select :id, count(m.contact_id),
                   count(*) filter (where email.contactable),
                   count(*) filter (where whatsapp.contactable),
                   count(*) filter (where sms.contactable),
                   now(), (select touches from audience where id = :id), (select coalesce(max(id), 0) from consent)
            from audience_member m
            left join lateral (select obstacle is null as contactable
                               from contactability(m.contact_id, 'EMAIL', 'EMAIL', :purpose)) as email on true
            left join lateral (select obstacle is null as contactable
                               from contactability(m.contact_id, 'WHATSAPP', 'PHONE', :purpose)) as whatsapp on true
            left join lateral (select obstacle is null as contactable
                               from contactability(m.contact_id, 'SMS', 'PHONE', :purpose)) as sms on true
            where m.audience_id = :id
            on conflict (audience_id) do update
            set members = excluded.members, email = excluded.email, whatsapp = excluded.whatsapp, sms = excluded.sms,
                counted_at = excluded.counted_at, touches = excluded.touches, consent_id = excluded.consent_id
            """;

    private final JdbcClient jdbc;

    AudienceFigures(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Counts all that changed since they were counted. */
    void countStale() {
        stale().forEach(this::count);
    }

    /** Counts what changed where that is quickly done. */
    void countSmall() {
        List<Long> stale = stale();
        int people = stale.isEmpty()
                ? 0
                : jdbc.sql("""
                                select count(*) from (
                                    select 1 from audience_member where audience_id = any (:ids) limit :limit) as first_ones
                                """)
                        .param("ids", stale.toArray(Long[]::new))
                        .param("limit", AT_ONCE + 1)
                        .query(Integer.class)
                        .single();
        if (people <= AT_ONCE) {
            stale.forEach(this::count);
        }
    }

    private List<Long> stale() {
        return jdbc.sql(STALE).query(Long.class).list();
    }

    private void count(long audience) {
        try {
            jdbc.sql(COUNT)
                    .param("id", audience)
                    .param("purpose", Audiences.DEFAULT_PURPOSE)
                    .update();
        } catch (DataIntegrityViolationException gone) {
            // deleted while it was being counted
        }
    }
}
