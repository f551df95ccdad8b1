package org.pregonero.channels.twilio;

import com.twilio.rest.api.v2010.account.Message;
import com.twilio.rest.api.v2010.account.MessageCreator;
import com.twilio.type.PhoneNumber;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * In whose name a channel's messages leave: a number, or a messaging service that chooses one of its own.
 *
 * @param key of the setting
 * @param prefix before every number of this channel
 * @param value a number in E.164, for SMS also a short code, or {@code MG…}; null when the setting is missing
 */
record Sender(String key, String prefix, @Nullable String value) {

    static final String WHATSAPP_KEY = "pregonero.channels.whatsapp.sender";
    static final String SMS_KEY = "pregonero.channels.sms.sender";
    static final String WHATSAPP_PREFIX = "whatsapp:";

    private static final Pattern SERVICE = Pattern.compile("MG[0-9a-fA-F]{32}");
    private static final Pattern NUMBER = Pattern.compile("\\+[1-9][0-9]{6,14}");
    private static final Pattern SHORT_CODE = Pattern.compile("[0-9]{3,8}");

    static Sender whatsApp(@Nullable String value) {
        return new Sender(WHATSAPP_KEY, WHATSAPP_PREFIX, value == null ? null : value.replace(WHATSAPP_PREFIX, ""));
    }

    static Sender sms(@Nullable String value) {
        return new Sender(SMS_KEY, "", value);
    }

    Sender {
        value = value == null || value.isBlank() ? null : value.strip();
    }

    /** What is wrong with the setting, in Spanish, or an empty text. */
    String problem() {
        if (value == null) {
            return key
                    + ": falta el remitente: un número como +576011234567 o un servicio de mensajería (MG…) de Twilio";
        }
        boolean valid = SERVICE.matcher(value).matches()
                || NUMBER.matcher(value).matches()
                || (prefix.isEmpty() && SHORT_CODE.matcher(value).matches());
        return valid ? "" : key + ": debe ser un número como +576011234567 o un servicio de mensajería (MG…) de Twilio";
    }

    /** @return null for what is not a telephone number */
    @Nullable
    String recipient(String address) {
        return NUMBER.matcher(address).matches() ? prefix + address : null;
    }

    /** @param body null for a template */
    MessageCreator creator(String recipient, @Nullable String body) {
        PhoneNumber to = new PhoneNumber(recipient);
        String from = String.valueOf(value);
        return SERVICE.matcher(from).matches()
                ? Message.creator(to, from, body)
                : Message.creator(to, new PhoneNumber(prefix + from), body);
    }
}
