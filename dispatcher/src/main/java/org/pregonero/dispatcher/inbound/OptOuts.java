package org.pregonero.dispatcher.inbound;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.pregonero.channels.Channel;
import org.pregonero.dispatcher.audience.AddressBook;
import org.pregonero.dispatcher.audience.ConsentLedger;
import org.pregonero.dispatcher.audience.Suppressions;
import org.pregonero.dispatcher.delivery.PersonalDeliveries;
import org.pregonero.dispatcher.delivery.PersonalDeliveries.PersonalDelivery;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes the word of a person who does not want more messages: in the ledger, and against what is still queued. */
@Service
public class OptOuts {

    private final PersonalDeliveries deliveries;
    private final ConsentLedger ledger;
    private final AddressBook addresses;
    private final Suppressions suppressions;

    OptOuts(PersonalDeliveries deliveries, ConsentLedger ledger, AddressBook addresses, Suppressions suppressions) {
        this.deliveries = deliveries;
        this.ledger = ledger;
        this.addresses = addresses;
        this.suppressions = suppressions;
    }

    /** The delivery whose link somebody opened, if it is one of ours for a person. */
    public Optional<PersonalDelivery> find(UUID token) {
        return deliveries.find(token);
    }

    /**
     * Takes the person off the delivery's channel, for all purposes, as the page of the link says, and cancels what was to
     * be sent there. Repeating it changes nothing more.
     *
     * @throws org.springframework.dao.DataAccessException when an import keeps the ledger from being written; to be tried
     *     again, but what was to be sent is cancelled
     */
    public void optOut(PersonalDelivery delivery, String means) {
        deliveries.cancelRemaining(delivery.contactId(), delivery.channel());
        ledger.revokeAll(List.of(delivery.contactId()), delivery.channel().code(), means, "delivery/" + delivery.id());
    }

    /**
     * Takes everybody who is reached at an address off a channel, for all purposes: who shares a telephone cannot be told
     * apart. An address that nobody authorised is kept from being used at all.
     *
     * @param evidence where the person's word can be seen
     * @return whether this was news; not when they had opted out before
     */
    @Transactional
    public boolean optOut(Channel channel, String address, String means, String evidence) {
        var contacts = addresses.contacts(address);
        var revoked = ledger.revokeAll(contacts, channel.code(), means, evidence);
        contacts.forEach(contact -> deliveries.cancelRemaining(contact, channel));
        if (revoked > 0) {
            return true;
        }
        return !ledger.decided(contacts, channel.code())
                && suppressions.add(List.of(address), channel.code(), Suppressions.Reason.OPTED_OUT) > 0;
    }

    /** Cancels what was to be sent to an address on a channel, before anything that may have to wait. */
    void cancelRemaining(Channel channel, String address) {
        addresses.contacts(address).forEach(contact -> deliveries.cancelRemaining(contact, channel));
    }

    /** Takes a person who called a message spam off its channel, and the address as well. */
    @Transactional
    public void complained(PersonalDelivery delivery, String evidence) {
        var channel = delivery.channel();
        ledger.revokeAll(List.of(delivery.contactId()), channel.code(), "queja por correo no deseado", evidence);
        deliveries.cancelRemaining(delivery.contactId(), channel);
        if (delivery.address() != null) {
            suppressions.add(List.of(delivery.address()), channel.code(), Suppressions.Reason.COMPLAINED);
        }
    }
}
