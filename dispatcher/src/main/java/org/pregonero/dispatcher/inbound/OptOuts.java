package org.pregonero.dispatcher.inbound;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.pregonero.dispatcher.audience.ConsentLedger;
import org.pregonero.dispatcher.delivery.PersonalDeliveries;
import org.pregonero.dispatcher.delivery.PersonalDeliveries.PersonalDelivery;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes the word of a person who does not want more messages: in the ledger, and against what is still queued. */
@Service
public class OptOuts {

    private final PersonalDeliveries deliveries;
    private final ConsentLedger ledger;

    OptOuts(PersonalDeliveries deliveries, ConsentLedger ledger) {
        this.deliveries = deliveries;
        this.ledger = ledger;
    }

    /** The delivery whose link somebody opened, if it is one of ours for a person. */
    public Optional<PersonalDelivery> find(UUID token) {
        return deliveries.find(token);
    }

    /**
     * Revokes the person's authorisation for the delivery's channel and purpose, and cancels what was to be sent there.
     * Repeating it changes nothing more.
     */
    @Transactional
    public void optOut(PersonalDelivery delivery, String means) {
        ledger.revoke(
                delivery.contactId(),
                List.of(delivery.channel().code()),
                delivery.purpose(),
                means,
                "delivery/" + delivery.id());
        deliveries.cancelRemaining(delivery);
    }
}
