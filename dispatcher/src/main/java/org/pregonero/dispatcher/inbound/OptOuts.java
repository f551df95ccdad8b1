package org.pregonero.dispatcher.inbound;

import java.util.Optional;
import java.util.UUID;
import org.pregonero.dispatcher.audience.Revocations;
import org.pregonero.dispatcher.delivery.PersonalDeliveries;
import org.pregonero.dispatcher.delivery.PersonalDeliveries.PersonalDelivery;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes the word of a person who does not want more messages: in the ledger, and against what is still queued. */
@Service
public class OptOuts {

    private final PersonalDeliveries deliveries;
    private final Revocations revocations;

    OptOuts(PersonalDeliveries deliveries, Revocations revocations) {
        this.deliveries = deliveries;
        this.revocations = revocations;
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
        revocations.revoke(
                delivery.contactId(),
                delivery.channel().code(),
                delivery.purpose(),
                means,
                "delivery/" + delivery.id());
        deliveries.cancelRemaining(delivery);
    }
}
