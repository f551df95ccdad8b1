package org.pregonero.dispatcher.delivery;

import org.pregonero.channels.Channel;
import org.pregonero.dispatcher.delivery.Acknowledgements.Notice;
import org.pregonero.templates.MissingValueException;
import org.pregonero.templates.RenderedEmail;
import org.springframework.stereotype.Component;

/** What a notice was called in the mail that its reader got. */
@Component
public class NoticeTitles {

    private final Deliveries deliveries;
    private final Adapters adapters;
    private final Rendering rendering;

    NoticeTitles(Deliveries deliveries, Adapters adapters, Rendering rendering) {
        this.deliveries = deliveries;
        this.adapters = adapters;
        this.rendering = rendering;
    }

    /** The subject; empty when it can no longer be told, because the channel or a value of the person is gone. */
    public String of(Notice notice) {
        var channel = new Channel(notice.channel());
        if (!adapters.has(channel)) {
            return "";
        }
        try {
            return deliveries
                    .sent(notice.notice())
                    .map(sent -> rendering.message(adapters.of(channel), sent).content())
                    .filter(RenderedEmail.class::isInstance)
                    .map(mail -> ((RenderedEmail) mail).subject())
                    .orElse("");
        } catch (MissingValueException e) {
            return "";
        }
    }
}
