package org.pregonero.channels.twilio;

import java.util.Map;
import org.pregonero.channels.ChannelAdapter;
import org.pregonero.templates.RenderedContent;
import org.pregonero.templates.RenderedWhatsApp;

class WhatsAppAdapterTest extends TwilioContract {

    private static final String SERVICE = "MG0123456789abcdef0123456789abcdef";
    private static final String TEMPLATE = "HX0123456789abcdef0123456789abcdef";

    @Override
    ChannelAdapter adapter(TwilioLine line) {
        return new WhatsAppAdapter(line, Sender.whatsApp(SERVICE));
    }

    @Override
    RenderedContent content() {
        return new RenderedWhatsApp(
                TEMPLATE, Map.of("1", "Señora \"Ñáñez\"", "2", "el jueves"), "Señora \"Ñáñez\", acompáñenos el jueves");
    }

    @Override
    Map<String, String> form() {
        return Map.of(
                "To",
                "whatsapp:+573001234567",
                "MessagingServiceSid",
                SERVICE,
                "ContentSid",
                TEMPLATE,
                "ContentVariables",
                "{\"1\":\"Señora \\\"Ñáñez\\\"\",\"2\":\"el jueves\"}",
                "StatusCallback",
                TwilioStub.CALLBACK + "/" + TOKEN);
    }
}
