package org.pregonero.dispatcher.sandbox;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.sandbox.PhoneMessage.Direction;

/** Twilio's JSON. */
final class TwilioWords {

    private static final DateTimeFormatter RFC_2822 = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss Z", Locale.US)
            .withZone(ZoneOffset.UTC);

    private TwilioWords() {}

    static Map<String, Object> error(int status, int code, String message) {
        var error = new LinkedHashMap<String, Object>();
        error.put("code", code);
        error.put("message", message);
        error.put("more_info", "https://www.twilio.com/docs/errors/" + code);
        error.put("status", status);
        return error;
    }

    static Map<String, Object> account(String sid, Instant now) {
        var account = new LinkedHashMap<String, Object>();
        account.put("sid", sid);
        account.put("friendly_name", "Pregonero sandbox");
        account.put("status", "active");
        account.put("type", "Full");
        account.put("owner_account_sid", sid);
        account.put("date_created", RFC_2822.format(now));
        account.put("date_updated", RFC_2822.format(now));
        account.put("uri", "/" + TwilioSimulator.VERSION + "/Accounts/" + sid + ".json");
        return account;
    }

    static Map<String, Object> message(PhoneMessage message) {
        String prefix = message.channel().equals("WHATSAPP") ? "whatsapp:" : "";
        boolean service = message.ours().startsWith("MG");
        boolean inbound = message.direction() == Direction.INBOUND;
        String ours = service ? null : prefix + message.ours();
        String uri =
                "/" + TwilioSimulator.VERSION + "/Accounts/" + TwilioSimulator.ACCOUNT + "/Messages/" + message.sid();
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("sid", message.sid());
        json.put("account_sid", TwilioSimulator.ACCOUNT);
        json.put("api_version", TwilioSimulator.VERSION);
        json.put("messaging_service_sid", service ? message.ours() : null);
        json.put("to", inbound ? ours : prefix + message.person());
        json.put("from", inbound ? prefix + message.person() : ours);
        json.put("body", message.text());
        json.put("direction", inbound ? "inbound" : "outbound-api");
        json.put("status", message.status());
        json.put("num_segments", String.valueOf(message.segments()));
        json.put("num_media", "0");
        json.put("date_created", RFC_2822.format(message.at()));
        json.put("date_sent", waits(message) ? null : RFC_2822.format(message.at()));
        json.put("date_updated", RFC_2822.format(message.changedAt()));
        json.put("error_code", message.errorCode());
        json.put("error_message", null);
        json.put("price", null);
        json.put("price_unit", "USD");
        json.put("uri", uri + ".json");
        json.put("subresource_uris", Map.of("media", uri + "/Media.json"));
        return json;
    }

    static Map<String, Object> page(List<PhoneMessage> messages, String uri) {
        var page = new LinkedHashMap<String, @Nullable Object>();
        page.put("messages", messages.stream().map(TwilioWords::message).toList());
        page.put("page", 0);
        page.put("page_size", messages.size());
        page.put("start", 0);
        page.put("end", Math.max(0, messages.size() - 1));
        page.put("first_page_uri", uri);
        page.put("next_page_uri", null);
        page.put("previous_page_uri", null);
        page.put("uri", uri);
        return page;
    }

    /** A day or a moment, as Twilio's filters take them; days are those of UTC. */
    static Instant time(String text) {
        return text.contains("T")
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static boolean waits(PhoneMessage message) {
        return message.status().equals("queued") || message.status().equals("accepted");
    }
}
