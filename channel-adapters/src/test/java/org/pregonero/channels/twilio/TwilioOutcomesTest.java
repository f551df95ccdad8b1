package org.pregonero.channels.twilio;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pregonero.channels.CapturedLog;
import org.pregonero.channels.CheckResult;
import org.pregonero.channels.OutboundMessage;
import org.pregonero.channels.Reason;
import org.pregonero.channels.SendOutcome;
import org.pregonero.channels.SendOutcome.Accepted;
import org.pregonero.channels.SendOutcome.ChannelDown;
import org.pregonero.channels.SendOutcome.Deferred;
import org.pregonero.channels.SendOutcome.Rejected;
import org.pregonero.channels.SendOutcome.Unknown;
import org.pregonero.templates.RenderedSms;
import org.pregonero.templates.RenderedWhatsApp;

/** What Twilio says, and does not say, and what becomes of it. */
class TwilioOutcomesTest {

    private static final String PHONE = "+573001234567";
    private static final String TEXT = "Señora Ñáñez, acompáñenos";
    private static final Instant SINCE = Instant.parse("2026-11-05T14:00:00.500Z");

    private final TwilioStub stub = new TwilioStub();
    private final TwilioLine line =
            new TwilioLine(stub.settings(), Clock.fixed(SINCE.plusSeconds(120), ZoneOffset.UTC));
    private final SmsAdapter sms = new SmsAdapter(line, Sender.sms("85432"));
    private final WhatsAppAdapter whatsApp = new WhatsAppAdapter(line, Sender.whatsApp("+576011234567"));

    @AfterEach
    void close() {
        line.close();
        stub.close();
    }

    private static OutboundMessage message() {
        return new OutboundMessage(TwilioContract.TOKEN, PHONE, "Ñáñez", new RenderedSms(TEXT), null);
    }

    static Stream<Arguments> troubles() {
        return Stream.of(
                Arguments.of(TwilioStub.refusal(500, 20500, "x"), Unknown.class),
                Arguments.of(TwilioStub.refusal(502, 0, "x"), Unknown.class),
                Arguments.of(TwilioStub.refusal(503, 20503, "x").withHeader("Retry-After", "1"), Unknown.class),
                Arguments.of(TwilioStub.refusal(429, 20429, "x").withHeader("Retry-After", "1"), Deferred.class),
                Arguments.of(aResponse().withStatus(429).withBody("busy"), Deferred.class),
                Arguments.of(aResponse().withStatus(307).withHeader("Location", TwilioStub.MESSAGES), Unknown.class),
                Arguments.of(
                        TwilioStub.refusal(401, 20003, "x").withHeader("WWW-Authenticate", "Basic realm=\"x\""),
                        ChannelDown.class),
                Arguments.of(aResponse().withFault(Fault.EMPTY_RESPONSE), Unknown.class),
                Arguments.of(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER), Unknown.class),
                Arguments.of(aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK), Unknown.class),
                Arguments.of(aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE), Unknown.class),
                Arguments.of(aResponse().withStatus(201), Unknown.class),
                Arguments.of(TwilioStub.json(201, "{\"sid\": null}"), Unknown.class),
                Arguments.of(TwilioStub.json(201, "[]"), Unknown.class),
                Arguments.of(TwilioStub.json(201, "null"), Unknown.class));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void whateverHappensThereIsExactlyOnePost(ResponseDefinitionBuilder answer, Class<? extends SendOutcome> expected) {
        stub.answers(answer);

        assertThat(sms.send(message())).isInstanceOf(expected);

        assertThat(stub.posts()).hasSize(1);
    }

    @Test
    void aConnectionThatTwilioHasClosedMeanwhileIsNotWrittenTo() {
        assertThat(sms.send(message())).isInstanceOf(Accepted.class);
        stub.answers(aResponse()
                .withStatus(201)
                .withHeader("Connection", "close")
                .withBody("{\"sid\": \"" + TwilioStub.SID + "\"}"));
        assertThat(sms.send(message())).isInstanceOf(Accepted.class);
        assertThat(sms.send(message())).isInstanceOf(Accepted.class);

        assertThat(stub.posts()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "400, 21211, INVALID_ADDRESS",
        "400, 21614, INVALID_ADDRESS",
        "400, 63003, UNKNOWN_RECIPIENT",
        "400, 63024, UNKNOWN_RECIPIENT",
        "400, 21610, BLOCKED",
        "403, 21610, BLOCKED",
        "400, 63014, BLOCKED",
        "400, 21408, CONFIGURATION",
        "400, 21612, CONFIGURATION",
        "400, 30007, CONTENT_REFUSED",
        "400, 63016, OUTSIDE_WINDOW",
        "400, 21617, TOO_LARGE",
        "400, 99999, CONTENT_REFUSED"
    })
    void whatIsWrongWithTheMessageIsRejected(int status, int code, Reason.Code reason) {
        stub.refuses(status, code, "Not possible");

        assertThat(sms.send(message()))
                .isEqualTo(new Rejected(new Reason(reason, Integer.toString(code), "Not possible")));
    }

    @ParameterizedTest
    @CsvSource({
        "429, 20429, 7, 7",
        "400, 63018, 7, 7",
        "429, 63018, , ",
        "400, 21611, , ",
        "400, 30001, , ",
        "429, 63038, 7, 86400",
        "400, 63038, , 86400"
    })
    void whatIsTooMuchComesLater(int status, int code, @Nullable String asked, @Nullable Long seconds) {
        ResponseDefinitionBuilder answer = TwilioStub.refusal(status, code, "x");
        stub.answers(asked == null ? answer : answer.withHeader("Retry-After", asked));

        assertThat(sms.send(message()))
                .isEqualTo(new Deferred(
                        new Reason(
                                code == 63038 ? Reason.Code.QUOTA_SPENT : Reason.Code.RATE_LIMITED,
                                Integer.toString(code),
                                "x"),
                        seconds == null ? null : Duration.ofSeconds(seconds)));
    }

    @ParameterizedTest
    @CsvSource({
        "401, 20003, AUTHENTICATION, pregonero.channels.twilio.account-sid",
        "403, 0, AUTHENTICATION, .auth-token",
        "400, 20003, AUTHENTICATION, .auth-token",
        "404, 20404, CONFIGURATION, pregonero.channels.twilio.account-sid",
        "400, 21606, CONFIGURATION, pregonero.channels.sms.sender",
        "400, 63007, CONFIGURATION, pregonero.channels.sms.sender",
        "400, 21609, CONFIGURATION, pregonero.channels.twilio.callback-url"
    })
    void whatNoMessageWouldSurviveNamesTheSetting(int status, int code, Reason.Code reason, String setting) {
        stub.refuses(status, code, "x");

        assertThat(sms.send(message())).isInstanceOfSatisfying(ChannelDown.class, down -> {
            assertThat(down.reason().code()).isEqualTo(reason);
            assertThat(down.advice()).contains(setting);
        });
    }

    @Test
    void anAddressThatDoesNotEvenTakeConnectionsIsTheChannelsTroubleAndNoAttempt() throws IOException {
        List<Socket> waiting = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            fill(full, waiting);
            try (TwilioLine lost = new TwilioLine(
                    TwilioStub.settings("http://127.0.0.1:" + full.getLocalPort(), Duration.ofSeconds(20)),
                    Clock.systemUTC())) {
                assertThat(new SmsAdapter(lost, Sender.sms("85432")).send(message()))
                        .isInstanceOfSatisfying(
                                ChannelDown.class,
                                down -> assertThat(down.reason().code()).isEqualTo(Reason.Code.UNREACHABLE));
            }
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    /** Connects until a connection that nobody accepts has to wait. */
    private static void fill(ServerSocket server, List<Socket> waiting) throws IOException {
        while (waiting.size() < 50) {
            Socket socket = new Socket();
            waiting.add(socket);
            try {
                socket.connect(server.getLocalSocketAddress(), 300);
            } catch (SocketTimeoutException e) {
                return;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"3001234567", "+57 300 123 4567", "maria@example.org", "whatsapp:+573001234567", ""})
    void whatIsNotATelephoneNumberIsNotOffered(String address) {
        OutboundMessage message = new OutboundMessage(TwilioContract.TOKEN, address, null, new RenderedSms(TEXT), null);

        assertThat(sms.send(message)).isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(
                        rejected.reason().code())
                .isEqualTo(Reason.Code.INVALID_ADDRESS));
        assertThat(stub.posts()).isEmpty();
    }

    @Test
    void freeTextOnWhatsAppGoesAsText() {
        assertThat(whatsApp.send(new OutboundMessage(
                        TwilioContract.TOKEN, PHONE, null, new RenderedWhatsApp(null, Map.of(), TEXT), null)))
                .isEqualTo(new Accepted(TwilioStub.SID, "queued"));

        assertThat(stub.posts()).singleElement().satisfies(request -> assertThat(TwilioStub.form(request))
                .isEqualTo(Map.of(
                        "To",
                        "whatsapp:" + PHONE,
                        "From",
                        "whatsapp:+576011234567",
                        "Body",
                        TEXT,
                        "StatusCallback",
                        TwilioStub.CALLBACK + "/" + TwilioContract.TOKEN)));
    }

    @Test
    void aMessageThatIsThereIsFoundByItsText() {
        stub.lists(list(
                listed("SM00000000000000000000000000000009", "Otro texto", "outbound-api", "14:00:03", "sent", null),
                listed("SM00000000000000000000000000000008", TEXT, "outbound-api", "14:00:02", "delivered", null),
                listed("SM00000000000000000000000000000007", TEXT, "outbound-api", "13:50:00", "delivered", null),
                listed("SM00000000000000000000000000000006", TEXT, "inbound", "14:00:05", "received", null)));

        assertThat(sms.find(message(), SINCE))
                .contains(new Accepted("SM00000000000000000000000000000008", "delivered"));
        assertThat(stub.all()).singleElement().satisfies(request -> {
            assertThat(request.getMethod().getName()).isEqualTo("GET");
            assertThat(request.getUrl()).isEqualTo(TwilioStub.MESSAGES + "?PageSize=100&To=%2B573001234567");
        });
    }

    @Test
    void aMessageThatIsThereAndWasGivenUpSaysWhy() {
        stub.lists(list(listed(TwilioStub.SID, TEXT, "outbound-api", "14:00:02", "undelivered", 30005)));

        assertThat(sms.find(message(), SINCE))
                .contains(new Rejected(new Reason(Reason.Code.UNKNOWN_RECIPIENT, "30005", "undelivered")));
    }

    @Test
    void onlyAnAnswerWithoutAnyMessageSinceThenSaysThatItIsNotThere() {
        stub.lists(list(listed(TwilioStub.SID, TEXT, "outbound-api", "13:50:00", "delivered", null)));

        assertThat(sms.find(message(), SINCE)).isEmpty();
    }

    @Test
    void soonAfterTheAttemptThatItIsNotInTheListSaysNothing() {
        stub.lists(list(listed(TwilioStub.SID, TEXT, "outbound-api", "13:50:00", "delivered", null)));

        assertThat(sms.find(message(), SINCE.plusSeconds(1))).containsInstanceOf(Unknown.class);
    }

    static Stream<String> ambiguous() {
        return Stream.of(
                list(
                        listed(TwilioStub.SID, TEXT, "outbound-api", "14:00:02", "sent", null),
                        listed(TwilioStub.SID, TEXT, "outbound-api", "14:00:03", "sent", null)),
                list(listed(TwilioStub.SID, "Otro texto", "outbound-api", "14:00:02", "sent", null)),
                list(listed(TwilioStub.SID, "", "outbound-api", "14:00:02", "queued", null)),
                "{\"messages\": [], \"next_page_uri\": \"/2010-04-01/more\"}",
                "{\"messages\": \"?\"}",
                "<html>573001234567",
                "null",
                "{\"messages\": [null]}",
                "{}");
    }

    @ParameterizedTest
    @MethodSource("ambiguous")
    void whatMayBeThisMessageOrNotIsUnknown(String list) {
        stub.lists(list);

        assertThat(sms.find(message(), SINCE)).containsInstanceOf(Unknown.class);
    }

    @Test
    void whenTwilioCannotBeAskedItIsUnknown() {
        stub.answersGet(TwilioStub.refusal(503, 20503, "x"));
        assertThat(sms.find(message(), SINCE)).containsInstanceOf(Unknown.class);
        stub.answersGet(TwilioStub.refusal(404, 20404, "x"));
        assertThat(sms.find(message(), SINCE)).containsInstanceOf(Unknown.class);
        stub.answersGet(aResponse().withFault(Fault.EMPTY_RESPONSE));
        assertThat(sms.find(message(), SINCE)).containsInstanceOf(Unknown.class);
        try (TwilioLine off = new TwilioLine("x: y")) {
            assertThat(new SmsAdapter(off, Sender.sms("85432")).find(message(), SINCE))
                    .containsInstanceOf(Unknown.class);
        }
    }

    @Test
    void askingWritesNoAddressIntoAnyLog() {
        stub.lists(list(listed(TwilioStub.SID, TEXT, "outbound-api", "14:00:02", "sent", null)));
        try (CapturedLog log = new CapturedLog()) {
            Optional<SendOutcome> found = sms.find(message(), SINCE);

            assertThat(found).isPresent();
            assertThat(log.text()).doesNotContain("3001234567", "acompáñenos", TwilioStub.ACCOUNT, "clave-muy-secreta");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401, 20003, AUTHENTICATION, pregonero.channels.twilio.account-sid",
        "404, 20404, CONFIGURATION, pregonero.channels.twilio.account-sid",
        "500, 0, PROVIDER_TROUBLE, pregonero.channels.twilio"
    })
    void theCheckNamesWhatIsWrong(int status, int code, Reason.Code reason, String setting) {
        stub.answersGet(TwilioStub.refusal(status, code, "x"));

        assertFailed(sms.check(), reason, setting);
    }

    @Test
    void aSuspendedAccountFailsTheCheck() {
        stub.answersGet(TwilioStub.json(200, "{\"sid\": \"" + TwilioStub.ACCOUNT + "\", \"status\": \"suspended\"}"));

        assertFailed(sms.check(), Reason.Code.AUTHENTICATION, "estado de la cuenta");
    }

    @Test
    void whatIsNotTwilioFailsTheCheck() {
        stub.answersGet(aResponse().withStatus(200).withBody("<html>"));

        assertFailed(sms.check(), Reason.Code.MALFORMED_ANSWER, "pregonero.channels.twilio.base-url");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, t, https://api.twilio.com, pregonero.channels.twilio.account-sid",
                "SK12, t, https://api.twilio.com, pregonero.channels.twilio.account-sid",
                "AC0123456789abcdef0123456789abcdef, -, https://api.twilio.com, pregonero.channels.twilio.auth-token",
                "AC0123456789abcdef0123456789abcdef, t, http://api.twilio.com, pregonero.channels.twilio.base-url",
                "AC0123456789abcdef0123456789abcdef, t, twilio, pregonero.channels.twilio.base-url"
            })
    void aWrongSettingIsNamedAndNothingIsSent(
            @Nullable String account, @Nullable String token, String base, String setting) {
        TwilioProperties settings = new TwilioProperties(
                account, token, base, TwilioStub.CALLBACK, 8, Duration.ofSeconds(1), Duration.ofSeconds(1));
        try (TwilioLine wrong = new TwilioLine(settings, Clock.systemUTC())) {
            SmsAdapter off = new SmsAdapter(wrong, Sender.sms("85432"));

            assertFailed(off.check(), Reason.Code.CONFIGURATION, setting);
            assertThat(off.send(message())).isInstanceOfSatisfying(ChannelDown.class, down -> assertThat(down.advice())
                    .contains(setting));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "3001234567", "85432", "MG12", "Alcaldía"})
    void aWrongSenderIsNamed(String value) {
        assertFailed(
                new WhatsAppAdapter(line, Sender.whatsApp(value)).check(),
                Reason.Code.CONFIGURATION,
                "pregonero.channels.whatsapp.sender");
    }

    private static void assertFailed(CheckResult result, Reason.Code reason, String advice) {
        assertThat(result).isInstanceOfSatisfying(CheckResult.Failed.class, failed -> {
            assertThat(failed.reason().code()).isEqualTo(reason);
            assertThat(failed.advice()).contains(advice);
        });
    }

    private static String list(String... messages) {
        return "{\"messages\": [" + String.join(",", messages) + "], \"next_page_uri\": null, \"page_size\": 100}";
    }

    private static String listed(
            String sid, String body, String direction, String time, String status, @Nullable Integer error) {
        return "{\"sid\": \"" + sid + "\", \"body\": \"" + body + "\", \"direction\": \"" + direction
                + "\", \"date_created\": \"Thu, 05 Nov 2026 " + time + " +0000\", \"status\": \"" + status
                + "\", \"error_code\": " + error + "}";
    }
}
