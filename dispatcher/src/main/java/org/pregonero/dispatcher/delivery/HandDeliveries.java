package org.pregonero.dispatcher.delivery;

import java.time.Clock;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.pregonero.channels.Channel;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Deliveries that people carry out and report on themselves. Forward only: what has ended or not begun is left alone. */
@Repository
public class HandDeliveries {

    private final JdbcClient jdbc;
    private final Clock clock;

    HandDeliveries(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * It was done, and there is a file that proves it.
     *
     * @return whether the delivery moved
     */
    public boolean done(long occurrence, Channel channel, String outlet, String sha256) {
        return move(occurrence, channel, outlet, DeliveryState.DELIVERED, null, sha256);
    }

    /**
     * It was not done and will not be.
     *
     * @return whether the delivery moved
     */
    public boolean notDone(long occurrence, Channel channel, String outlet) {
        return move(occurrence, channel, outlet, DeliveryState.UNDELIVERED, "NOT_DONE", null);
    }

    private boolean move(
            long occurrence,
            Channel channel,
            String outlet,
            DeliveryState state,
            @Nullable String reason,
            @Nullable String sha256) {
        return jdbc.sql("""
                        update delivery set state = :state, reason_code = :reason, detail = null, sha256 = :sha256,
                                            changed_at = :now
                        where occurrence_id = :occurrence and channel = :channel and outlet = :outlet
                          and state in ('ACCEPTED', 'IN_DOUBT')
                        """)
                        .param("state", state.name())
                        .param("reason", reason)
                        .param("sha256", sha256)
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .param("occurrence", occurrence)
                        .param("channel", channel.code())
                        .param("outlet", outlet)
                        .update()
                > 0;
    }
}
