package org.pregonero.dispatcher.delivery;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds the delivery behind a token that the outside has seen in a link. */
@Repository
public class Tokens {

    private final JdbcClient jdbc;

    Tokens(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A delivery, as far as its links need it.
     *
     * @param contactId the person, or null for an outlet
     */
    public record Known(
            long id,
            UUID token,
            long occurrenceId,
            String channel,
            @Nullable Long contactId,
            DeliveryState state) {}

    public Optional<Known> find(UUID token) {
        return jdbc.sql("""
                        select id, token, occurrence_id, channel, contact_id, state from delivery where token = :token
                        """).param("token", token).query(Known.class).optional();
    }
}
