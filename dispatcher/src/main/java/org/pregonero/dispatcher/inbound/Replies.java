package org.pregonero.dispatcher.inbound;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pregonero.channels.ProviderEvent.MessageReceived;
import org.pregonero.dispatcher.audience.AddressBook;
import org.pregonero.dispatcher.delivery.PersonalDeliveries;
import org.pregonero.dispatcher.delivery.PersonalDeliveries.Invitation;
import org.pregonero.dispatcher.delivery.PersonalDeliveries.PersonalDelivery;
import org.pregonero.dispatcher.inbound.ReplyReading.Meaning;
import org.pregonero.dispatcher.institution.Institutions;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Service;

/**
 * Does what a person who wrote to us asks for: no more messages, an answer to an invitation, or else to be read by
 * somebody of the office. What changes nothing is not answered, so that two machines never talk to each other for long.
 */
@Service
class Replies {

    private static final Locale SPANISH = Locale.forLanguageTag("es-CO");

    private final OptOuts optOuts;
    private final AddressBook addresses;
    private final PersonalDeliveries deliveries;
    private final Attendances attendances;
    private final OfficeMessages office;
    private final Institutions institutions;
    private final MessageSource texts;

    Replies(
            OptOuts optOuts,
            AddressBook addresses,
            PersonalDeliveries deliveries,
            Attendances attendances,
            OfficeMessages office,
            Institutions institutions,
            MessageSource texts) {
        this.optOuts = optOuts;
        this.addresses = addresses;
        this.deliveries = deliveries;
        this.attendances = attendances;
        this.office = office;
        this.institutions = institutions;
        this.texts = texts;
    }

    /** Cancels what a person who wants no more was to be sent: at once, where the ledger may have to wait for an import. */
    void heed(MessageReceived message) {
        if (ReplyReading.of(message.text()).meaning() == Meaning.OPT_OUT) {
            optOuts.cancelRemaining(message.channel(), message.from());
        }
    }

    /**
     * Takes a person's message, in the transaction of the caller.
     *
     * @param evidence where the message is kept
     * @return what the person shall read, or null
     */
    @Nullable
    String take(MessageReceived message, String evidence) {
        var reading = ReplyReading.of(message.text());
        var contacts = addresses.contacts(message.from());
        if (reading.meaning() == Meaning.OPT_OUT) {
            noteAnswered(message, contacts, Optional.empty());
            var means = "respuesta por " + message.channel();
            return optOuts.optOut(message.channel(), message.from(), means, evidence)
                    ? say("reply.opted-out", institutions.current().name(), channel(message))
                    : null;
        }
        var invitation = contacts.isEmpty()
                ? Optional.<Invitation>empty()
                : deliveries.newestInvitation(contacts, message.channel(), message.token());
        noteAnswered(message, contacts, invitation);
        if (reading.meaning() == Meaning.OTHER || invitation.isEmpty()) {
            keepForOffice(message, contacts, invitation);
            return null;
        }
        if (reading.remark()) {
            keepForOffice(message, contacts, invitation);
        }
        var coming = reading.meaning() == Meaning.YES;
        var asked = invitation.get();
        var news = attendances.record(
                asked.event(), asked.contact(), coming, message.channel().code(), asked.delivery());
        return news ? say(coming ? "reply.coming" : "reply.not-coming", asked.eventName()) : null;
    }

    /** Whoever answers is reached, and is not tried on another channel. */
    private void noteAnswered(MessageReceived message, List<Long> contacts, Optional<Invitation> invitation) {
        answered(message)
                .filter(delivery -> contacts.contains(delivery.contactId()))
                .map(PersonalDelivery::id)
                .or(() -> invitation.map(Invitation::delivery))
                .or(() -> deliveries.newestSent(contacts, message.channel()))
                .ifPresent(deliveries::answered);
    }

    private Optional<PersonalDelivery> answered(MessageReceived message) {
        var token = message.token();
        return token == null ? Optional.empty() : deliveries.find(token);
    }

    private void keepForOffice(MessageReceived message, List<Long> contacts, Optional<Invitation> invitation) {
        var answered = answered(message);
        // Of those who share a telephone, the one whom we wrote to.
        var writer = answered.map(PersonalDelivery::contactId)
                .filter(contacts::contains)
                .or(() -> invitation.map(Invitation::contact))
                .or(() -> contacts.size() == 1 ? Optional.of(contacts.get(0)) : Optional.empty());
        office.add(
                writer.orElse(null),
                message.from(),
                message.channel().code(),
                answered.map(PersonalDelivery::id)
                        .or(() -> invitation.map(Invitation::delivery))
                        .orElse(null),
                message.text());
    }

    private String channel(MessageReceived message) {
        var code = message.channel().code();
        return java.util.Objects.requireNonNullElse(texts.getMessage("channel." + code, null, code, SPANISH), code);
    }

    private String say(String key, Object... arguments) {
        return texts.getMessage(key, arguments, SPANISH);
    }
}
