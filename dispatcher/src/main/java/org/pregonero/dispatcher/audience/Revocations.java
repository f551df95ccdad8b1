package org.pregonero.dispatcher.audience;

import java.time.Clock;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Writes into the ledger that a person withdrew an authorisation. Free, at once, and without asking why. */
@Repository
public class Revocations {

    private final JdbcClient jdbc;
    private final Clock clock;

    Revocations(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Appends a revocation unless the latest decision already is one.
     *
     * @param means how the person said it
     * @param evidence where it can be looked up
     */
    public void revoke(long contact, String channel, String purpose, String means, String evidence) {
        jdbc.sql("""
                        insert into consent (contact_id, channel, purpose, decision, means, decided_at, evidence, recorded_at)
                        select :contact, :channel, :purpose, 'REVOKED', :means, :now, :evidence, :now
                        where (select decision from consent
                               where contact_id = :contact and channel = :channel and purpose = :purpose
                               order by id desc limit 1) is distinct from 'REVOKED'
                        """)
                .param("contact", contact)
                .param("channel", channel)
                .param("purpose", purpose)
                .param("means", means)
                .param("evidence", evidence)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }
}
