package org.pregonero.dispatcher.delivery.web;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.delivery.DeliveryState;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says channels, states and reasons in the reader's words. Used by the pages' templates too. */
@Component("wording")
public class Wording {

    private final MessageSource messages;

    Wording(MessageSource messages) {
        this.messages = messages;
    }

    public String state(DeliveryState state, Locale locale) {
        return messages.getMessage("delivery.state." + state, null, locale);
    }

    /** A channel without words of its own is shown by its code. */
    public String channel(String code, Locale locale) {
        var words = messages.getMessage("channel." + code, null, code, locale);
        return words == null ? code : words;
    }

    /** A code without words of its own is shown as it is. */
    public String reason(@Nullable String code, Locale locale) {
        if (code == null) {
            return "";
        }
        var words = messages.getMessage("delivery.reason." + code, null, code, locale);
        return words == null ? code : words;
    }

    /** What to do about it; empty where nothing is to be done. */
    public String remedy(@Nullable String code, Locale locale) {
        var words = code == null ? "" : messages.getMessage("delivery.remedy." + code, null, "", locale);
        return words == null ? "" : words;
    }
}
