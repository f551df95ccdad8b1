package org.pregonero.dispatcher.delivery;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pregonero.channels.Channel;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Deliveries as seen by the person they are for. */
@Repository
public class PersonalDeliveries {

    private final JdbcClient jdbc;
    private final Deliveries deliveries;
    private final Clock clock;

    PersonalDeliveries(JdbcClient jdbc, Deliveries deliveries, Clock clock) {
        this.jdbc = jdbc;
        this.deliveries = deliveries;
        this.clock = clock;
    }

    /**
     * @param purpose for which the person gave the authorisation that the delivery used
     * @param address that was written to, or null where nothing was
     */
    public record PersonalDelivery(
            long id,
            long contactId,
            Channel channel,
            String purpose,
            @Nullable String address) {}

    /** A delivery that invited a person to an event. */
    public record Invitation(long delivery, long contact, long event, String eventName) {}

    /** The delivery with this token, if it is for a person. */
    public Optional<PersonalDelivery> find(UUID token) {
        return jdbc.sql("""
                        select d.id, d.contact_id, d.channel, d.address, v.purpose
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
                        row.getString("purpose"),
                        row.getString("address")))
                .optional();
    }

    /**
     * The newest invitation to an event that is not over which one of these people got on a channel.
     *
     * @param token of the delivery that they answer, where that is known; an invitation, it counts before newer ones
     */
    public Optional<Invitation> newestInvitation(Collection<Long> contacts, Channel channel, @Nullable UUID token) {
        return jdbc.sql("""
                        select d.id, d.contact_id, e.id as event_id, e.name
                        from plan_event e
                        join message_version v on v.event_id = e.id
                        join occurrence o on o.version_id = v.id
                        join delivery d on d.occurrence_id = o.id and d.channel = :channel and d.contact_id = any(:contacts)
                                       and d.reminds is null
                        where e.ends_at > :now
                          and d.state in ('SENDING', 'IN_DOUBT', 'ACCEPTED', 'DELIVERED', 'READ', 'UNDELIVERED')
                        order by (d.token = :token::uuid) is true desc, d.id desc limit 1
                        """)
                .param("contacts", contacts.toArray(Long[]::new))
                .param("channel", channel.code())
                .param("token", token)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query((row, number) -> new Invitation(
                        row.getLong("id"), row.getLong("contact_id"), row.getLong("event_id"), row.getString("name")))
                .optional();
    }

    /** The newest of an occurrence under way that one of these people was sent on a channel. */
    public Optional<Long> newestSent(Collection<Long> contacts, Channel channel) {
        return jdbc.sql("""
                        select d.id
                        from occurrence o
                        join delivery d on d.occurrence_id = o.id and d.channel = :channel and d.contact_id = any(:contacts)
                                       and d.reminds is null
                        where o.state in ('RUNNING', 'PAUSED')
                          and d.state in ('SENDING', 'IN_DOUBT', 'ACCEPTED', 'DELIVERED', 'READ', 'UNDELIVERED')
                        order by d.id desc limit 1
                        """)
                .param("contacts", contacts.toArray(Long[]::new))
                .param("channel", channel.code())
                .query(Long.class)
                .optional();
    }

    /** Notes that its person has answered a delivery: whoever answers has read it, whatever the provider says. */
    public void answered(long delivery) {
        jdbc.sql("""
                        update delivery set state = 'READ', reason_code = null, provider_code = null, detail = null,
                                            changed_at = :now
                        where id = :id and state in ('SENDING', 'IN_DOUBT', 'ACCEPTED', 'UNDELIVERED', 'DELIVERED')
                        """)
                .param("id", delivery)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Cancels whatever is still to be sent to a person on a channel, because the person wants no more. */
    public int cancelRemaining(long contact, Channel channel) {
        return deliveries.cancelFor(contact, channel, "OPTED_OUT");
    }
}
