package org.pregonero.dispatcher.delivery;

import java.util.Optional;
import java.util.UUID;
import org.pregonero.channels.Channel;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Deliveries as seen by the person they are for. */
@Repository
public class PersonalDeliveries {

    private final JdbcClient jdbc;
    private final Deliveries deliveries;

    PersonalDeliveries(JdbcClient jdbc, Deliveries deliveries) {
        this.jdbc = jdbc;
        this.deliveries = deliveries;
    }

    /**
     * @param purpose for which the person gave the authorisation that the delivery used
     */
    public record PersonalDelivery(long id, long contactId, Channel channel, String purpose) {}

    /** The delivery with this token, if it is for a person. */
    public Optional<PersonalDelivery> find(UUID token) {
        return jdbc.sql("""
                        select d.id, d.contact_id, d.channel, v.purpose
                        from delivery d
                        join occurrence o on o.id = d.occurrence_id
                        join message_version v on v.id = o.version_id
                        where d.token = :token and d.contact_id is not null
                        """)
                .param("token", token)
                .query((row, number) -> new PersonalDelivery(
                        row.getLong("id"),
                        row.getLong("contact_id"),
                        new Channel(row.getString("channel")),
                        row.getString("purpose")))
                .optional();
    }

    /** Cancels whatever is still to be sent to the person on the delivery's channel. */
    public int cancelRemaining(PersonalDelivery delivery) {
        return deliveries.cancelFor(delivery.contactId(), delivery.channel(), "OPTED_OUT");
    }
}
