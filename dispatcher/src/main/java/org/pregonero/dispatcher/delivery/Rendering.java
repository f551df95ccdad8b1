package org.pregonero.dispatcher.delivery;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pregonero.channels.Addressing;
import org.pregonero.channels.ChannelAdapter;
import org.pregonero.channels.OutboundMessage;
import org.pregonero.dispatcher.message.Contents;
import org.springframework.stereotype.Component;

/** Makes of a claimed delivery the message that an adapter sends: always the same for the same delivery. */
@Component
class Rendering {

    private final Contents contents;
    private final Links links;

    Rendering(Contents contents, Links links) {
        this.contents = contents;
        this.links = links;
    }

    /** @throws org.pregonero.templates.MissingValueException when the person lacks a value that the text needs */
    OutboundMessage message(ChannelAdapter adapter, Claimed delivery) {
        var unsubscribe = adapter.addressing().personal() ? links.unsubscribe(delivery.token()) : null;
        var content = contents.approved(
                        delivery.occurrenceId(), adapter.channel().code())
                .render(values(delivery, adapter.addressing(), unsubscribe));
        return new OutboundMessage(delivery.token(), delivery.destination(), delivery.name(), content, unsubscribe);
    }

    private Map<String, String> values(Claimed delivery, Addressing addressing, @Nullable URI unsubscribe) {
        var values = new HashMap<>(delivery.values());
        if (unsubscribe == null) {
            values.put("lugar", delivery.destination());
        } else {
            values.put(addressing == Addressing.PHONE ? "telefono" : "correo", delivery.destination());
            values.put("enlace_baja", unsubscribe.toString());
            values.put("enlace_enterado", links.acknowledge(delivery.token()));
        }
        // always, so that a column of a contact list that happens to be called so says nothing
        values.put("recordatorio", delivery.reminder() ? "sí" : "");
        values.put("enlace_seguimiento", links.tracking(delivery.token()));
        return values;
    }
}
