package org.pregonero.dispatcher.delivery.web;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.delivery.DeliveryState;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says states and reasons in the reader's words. */
@Component
class Wording {

    private final MessageSource messages;

    Wording(MessageSource messages) {
        this.messages = messages;
    }

    String state(DeliveryState state, Locale locale) {
        return messages.getMessage("delivery.state." + state, null, locale);
    }

    /** A code without words of its own is shown as it is. */
    String reason(@Nullable String code, Locale locale) {
        if (code == null) {
            return "";
        }
        var words = messages.getMessage("delivery.reason." + code, null, code, locale);
        return words == null ? code : words;
    }
}
