package org.pregonero.dispatcher.audience;

import java.time.Clock;
import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Writes down what people decide. Rows are only ever added. */
@Service
public class ConsentLedger {

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final Clock clock;

    ConsentLedger(JdbcClient jdbc, TransactionOperations transaction, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Records that a person no longer wants to be written to. Waits for an import that is under way, so that the opt-out
     * is the later decision.
     *
     * @param channels codes, for example {@code EMAIL}
     * @param means how the person said so, for example "enlace de baja"
     * @param evidence where that can be seen
     */
    public void revoke(long contact, Collection<String> channels, String purpose, String means, String evidence) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("select id from contact where id = ? for no key update")
                    .param(contact)
                    .query(rs -> {});
            jdbc.sql("""
                            insert into consent (contact_id, channel, purpose, decision, means, decided_at, evidence)
                            select ?, channel, ?, 'REVOKED', ?, ?::timestamptz, ?
                            from unnest(?::text[]) as channel
                            """)
                    .param(contact)
                    .param(purpose)
                    .param(means)
                    .param(clock.instant().toString())
                    .param(evidence)
                    .param(channels.toArray(String[]::new))
                    .update();
        });
    }

    /**
     * Records that people no longer want to be written to on a channel, for whatever purpose they had said yes or no. Waits
     * some seconds for an import that is under way, so that the opt-out is the later decision.
     *
     * @return how many decisions this changed; none when they had opted out before, or never decided anything
     * @throws org.springframework.dao.DataAccessException when the import takes longer; to be tried again
     */
    public int revokeAll(Collection<Long> contacts, String channel, String means, String evidence) {
        var changed = transaction.execute(status -> {
            jdbc.sql("set local lock_timeout = '3s'").update();
            jdbc.sql("select id from contact where id = any(:contacts) order by id for no key update")
                    .param("contacts", contacts.toArray(Long[]::new))
                    .query(rs -> {});
            return jdbc.sql("""
                            insert into consent (contact_id, channel, purpose, decision, means, decided_at, evidence)
                            select latest.contact_id, :channel, latest.purpose, 'REVOKED', :means, :now::timestamptz, :evidence
                            from (select distinct on (contact_id, purpose) contact_id, purpose, decision
                                  from consent where contact_id = any(:contacts) and channel = :channel
                                  order by contact_id, purpose, id desc) as latest
                            where latest.decision <> 'REVOKED'
                            """)
                    .param("contacts", contacts.toArray(Long[]::new))
                    .param("channel", channel)
                    .param("means", means)
                    .param("now", clock.instant().toString())
                    .param("evidence", evidence)
                    .update();
        });
        return changed == null ? 0 : changed;
    }

    /** Whether one of these people ever decided anything about a channel. */
    public boolean decided(Collection<Long> contacts, String channel) {
        return jdbc.sql("select exists (select from consent where contact_id = any(:contacts) and channel = :channel)")
                .param("contacts", contacts.toArray(Long[]::new))
                .param("channel", channel)
                .query(Boolean.class)
                .single();
    }
}
