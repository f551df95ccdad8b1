package org.pregonero.channels.twilio;

import java.util.Map;
import org.pregonero.channels.ChannelAdapter;
import org.pregonero.templates.RenderedContent;
import org.pregonero.templates.RenderedSms;

class SmsAdapterTest extends TwilioContract {

    @Override
    ChannelAdapter adapter(TwilioLine line) {
        return new SmsAdapter(line, Sender.sms("+576011234567"));
    }

    @Override
    RenderedContent content() {
        return new RenderedSms("Señora Ñáñez, acompáñenos: 5 + 5 & más 🎉");
    }

    @Override
    Map<String, String> form() {
        return Map.of(
                "To", "+573001234567",
                "From", "+576011234567",
                "Body", "Señora Ñáñez, acompáñenos: 5 + 5 & más 🎉",
                "StatusCallback", TwilioStub.CALLBACK + "/" + TOKEN);
    }
}
