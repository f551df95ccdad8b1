package org.pregonero.channels.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pregonero.channels.CallbackRequest;
import org.pregonero.channels.Channel;
import org.pregonero.channels.ProviderEvent;
import org.pregonero.channels.ProviderEvent.MessageReceived;
import org.pregonero.channels.ProviderEvent.Status;
import org.pregonero.channels.ProviderEvent.StatusReported;
import org.pregonero.channels.ReadsCallbacks.ForgedCallbackException;
import org.pregonero.channels.Reason;

class TwilioCallbacksTest {

    private static final Instant NOW = Instant.parse("2026-11-05T14:00:00Z");
    private static final String STATUS_URL = TwilioStub.CALLBACK + "/" + TwilioContract.TOKEN;

    private final TwilioCallbacks callbacks =
            new TwilioCallbacks(TwilioStub.AUTH_TOKEN, Clock.fixed(NOW, ZoneOffset.UTC));

    @ParameterizedTest
    @CsvSource({
        "queued, ACCEPTED",
        "accepted, ACCEPTED",
        "sending, ACCEPTED",
        "sent, ACCEPTED",
        "delivered, DELIVERED",
        "read, READ"
    })
    void aStatusNamesItsDelivery(String told, Status status) {
        assertThat(read(STATUS_URL, Map.of("MessageSid", TwilioStub.SID, "MessageStatus", told, "To", "+573001234567")))
                .containsExactly(new StatusReported(
                        TwilioStub.SID + ":" + told, TwilioContract.TOKEN, TwilioStub.SID, status, null, NOW));
    }

    @ParameterizedTest
    @CsvSource({
        "undelivered, 30003, RECIPIENT_UNREACHABLE",
        "undelivered, 30005, UNKNOWN_RECIPIENT",
        "undelivered, 30007, CONTENT_REFUSED",
        "failed, 63014, BLOCKED",
        "failed, 63016, OUTSIDE_WINDOW",
        "failed, 63018, RATE_LIMITED",
        "failed, 99999, PROVIDER_TROUBLE"
    })
    void whatWasGivenUpSaysWhy(String told, String error, Reason.Code reason) {
        assertThat(read(STATUS_URL, Map.of("MessageSid", TwilioStub.SID, "MessageStatus", told, "ErrorCode", error)))
                .containsExactly(new StatusReported(
                        TwilioStub.SID + ":" + told,
                        TwilioContract.TOKEN,
                        TwilioStub.SID,
                        Status.UNDELIVERED,
                        new Reason(reason, error, told),
                        NOW));
    }

    @Test
    void aMessageOnWhatsAppAndOneBySmsAreToldApart() {
        assertThat(read(
                        TwilioStub.CALLBACK,
                        Map.of(
                                "MessageSid",
                                TwilioStub.SID,
                                "SmsStatus",
                                "received",
                                "From",
                                "whatsapp:+573001234567",
                                "Body",
                                " Sí, iré ")))
                .containsExactly(new MessageReceived(
                        TwilioStub.SID, new Channel("WHATSAPP"), "+573001234567", null, "Sí, iré", NOW));
        assertThat(read(
                        TwilioStub.CALLBACK,
                        Map.of("MessageSid", TwilioStub.SID, "From", "+573001234567", "Body", "BAJA")))
                .containsExactly(
                        new MessageReceived(TwilioStub.SID, new Channel("SMS"), "+573001234567", null, "BAJA", NOW));
    }

    @Test
    void aPressOnAButtonIsATextOfItsOwn() {
        Map<String, String> pressed = new TreeMap<>(Map.of(
                "MessageSid",
                TwilioStub.SID,
                "From",
                "whatsapp:+573001234567",
                "Body",
                "Confirmo mi asistencia",
                "ButtonText",
                "Confirmo mi asistencia",
                "ButtonPayload",
                "SI"));
        assertThat(text(pressed)).isEqualTo("SI");

        pressed.remove("ButtonPayload");
        assertThat(text(pressed)).isEqualTo("Confirmo mi asistencia");
    }

    private String text(Map<String, String> parameters) {
        return ((MessageReceived) read(TwilioStub.CALLBACK, parameters).get(0)).text();
    }

    @Test
    void aVoiceMessageIsNotLost() {
        assertThat(text(Map.of(
                        "MessageSid", TwilioStub.SID, "From", "whatsapp:+573001234567", "Body", "", "NumMedia", "1")))
                .isEqualTo("[archivo adjunto]");
    }

    @Test
    void whatSaysNothingNewIsNoEvent() {
        assertThat(read(STATUS_URL, Map.of("MessageSid", TwilioStub.SID, "MessageStatus", "receiving")))
                .isEmpty();
        assertThat(read(TwilioStub.CALLBACK, Map.of("MessageSid", "x:y", "From", "+573001234567", "Body", "Hola")))
                .isEmpty();
        assertThat(read(TwilioStub.CALLBACK, Map.of("MessageSid", TwilioStub.SID, "From", "+573001234567")))
                .isEmpty();
    }

    @Test
    void aSignatureThatIsAbsentWrongOrOfAnotherAddressIsForged() {
        Map<String, String> parameters = Map.of("MessageSid", TwilioStub.SID, "MessageStatus", "delivered");
        String signature = signature(STATUS_URL, parameters);

        assertForged(request(STATUS_URL, parameters, Map.of()));
        assertForged(
                request(STATUS_URL, parameters, Map.of("x-twilio-signature", List.of("x" + signature.substring(1)))));
        assertForged(request(
                STATUS_URL.replace("https:", "http:"), parameters, Map.of("x-twilio-signature", List.of(signature))));
        assertForged(request(
                STATUS_URL,
                Map.of("MessageSid", TwilioStub.SID, "MessageStatus", "read"),
                Map.of("x-twilio-signature", List.of(signature))));
    }

    @Test
    void aParameterGivenTwiceIsForgedBecauseOnlyOneOfThemIsSigned() {
        Map<String, String> parameters = Map.of("MessageSid", TwilioStub.SID, "MessageStatus", "delivered");
        Map<String, List<String>> twice = new TreeMap<>(lists(parameters));
        twice.put("MessageStatus", List.of("delivered", "failed"));

        assertForged(new CallbackRequest(
                URI.create(STATUS_URL),
                Map.of("x-twilio-signature", List.of(signature(STATUS_URL, parameters))),
                twice));
    }

    @Test
    void theAnswerIsTwiMl() {
        assertThat(callbacks.answer(null).contentType()).isEqualTo("application/xml");
        assertThat(callbacks.answer(null).body()).isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>");
        assertThat(callbacks.answer("Listo: <ya> & \u0000adiós 🎉").body())
                .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Message>"
                        + "Listo: &lt;ya&gt; &amp; adiós 🎉</Message></Response>");
    }

    private void assertForged(CallbackRequest request) {
        assertThatThrownBy(() -> callbacks.read(request)).isInstanceOf(ForgedCallbackException.class);
    }

    private List<ProviderEvent> read(String url, Map<String, String> parameters) {
        return callbacks.read(
                request(url, parameters, Map.of("x-twilio-signature", List.of(signature(url, parameters)))));
    }

    private static CallbackRequest request(
            String url, Map<String, String> parameters, Map<String, List<String>> headers) {
        return new CallbackRequest(URI.create(url), headers, lists(parameters));
    }

    private static Map<String, List<String>> lists(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue())));
    }

    /** As Twilio's documents describe it. */
    private static String signature(String url, Map<String, String> parameters) {
        StringBuilder signed = new StringBuilder(url);
        new TreeMap<>(parameters).forEach((name, value) -> signed.append(name).append(value));
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(TwilioStub.AUTH_TOKEN.getBytes(StandardCharsets.US_ASCII), "HmacSHA1"));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
