package org.pregonero.dispatcher.audience;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Addresses that must not be written to on a channel, whoever they belong to. */
@Service
public class Suppressions {

    private final JdbcClient jdbc;
    private final Clock clock;

    Suppressions(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Why an address must not be written to. */
    public enum Reason {
        /** Nobody is there. */
        BOUNCED,
        /** Its owner called a message spam. */
        COMPLAINED,
        /** Its owner, whom we do not know by name, wants no messages. */
        OPTED_OUT,
        /**
         * It was of a person who was forgotten: bars whoever comes with it later with a yes from before, not those who had it
         * as well.
         */
        ERASED
    }

    /**
     * Adds addresses; those that are there already stay as they are.
     *
     * @param addresses e-mail addresses in lower case or telephones in E.164
     * @param channel code of the channel that must not reach them
     * @return how many were not there yet
     */
    public int add(Collection<String> addresses, String channel, Reason reason) {
        return jdbc.sql("""
                        insert into suppression (kind, address, channel, reason, created_at)
                        select distinct case when a like '%@%' then 'EMAIL' else 'PHONE' end, a, :channel, :reason,
                               :now::timestamptz
                        from unnest(:addresses::text[]) as a
                        on conflict do nothing
                        """)
                .param("addresses", addresses.toArray(String[]::new))
                .param("channel", channel)
                .param("reason", reason.name())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }
}
