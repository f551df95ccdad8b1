package org.pregonero.dispatcher.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pregonero.dispatcher.sandbox.FailureScript.Trouble;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TwilioSimulatorTest {

    private static final String TOKEN = "a-token";
    private static final String SENDER = "+576015550101";
    private static final String ANA = "+573001234567";
    private static final String TEMPLATE = "HX" + "0123456789abcdef".repeat(2);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private final FailureScripts scripts = new FailureScripts();
    private final CallbackReceiver application =
            new CallbackReceiver("<Response><Message>Ya no le escribiremos.</Message></Response>");
    private Outbox outbox = new Outbox(Path.of(""));
    private TwilioCallbacks callbacks = new TwilioCallbacks(TOKEN, Optional::of);
    private TwilioSimulator simulator = open();

    @BeforeEach
    void start() {
        outbox = new Outbox(directory.resolve("outbox"));
        simulator.close();
        simulator = open();
    }

    @AfterEach
    void stop() {
        simulator.close();
        application.close();
    }

    private TwilioSimulator open() {
        return new TwilioSimulator(TOKEN, outbox, scripts, callbacks, Duration.ofMillis(20), Clock.systemUTC());
    }

    @Test
    void takesATextAndTellsInOrderWithAValidSignature() throws Exception {
        HttpResponse<String> answer = send(Map.of(
                "To",
                ANA,
                "From",
                SENDER,
                "Body",
                "Mañana a las 9",
                "StatusCallback",
                application.url() + "/entrada/x?y=1"));

        assertThat(answer.statusCode()).isEqualTo(201);
        JsonNode taken = JSON.readTree(answer.body());
        assertThat(taken.path("status").asString()).isEqualTo("queued");
        assertThat(taken.path("sid").asString()).matches("SM[0-9a-f]{32}");
        assertThat(taken.path("direction").asString()).isEqualTo("outbound-api");
        assertThat(taken.path("num_segments").asString()).isEqualTo("1");
        assertThat(taken.path("date_sent").isNull()).isTrue();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> application.received().size() == 2);
        assertThat(application.received())
                .extracting(callback -> callback.field("MessageStatus"))
                .containsExactly("sent", "delivered");
        assertThat(application.received()).allSatisfy(callback -> {
            assertThat(callback.field("MessageSid")).isEqualTo(taken.path("sid").asString());
            assertThat(callback.headers().get("x-twilio-signature"))
                    .isEqualTo(signature(application.url() + callback.uri(), callback.form()));
            assertThat(callback.headers()).containsKey("i-twilio-idempotency-token");
        });
        assertThat(statusOf(taken)).isEqualTo("delivered");
    }

    @Test
    void signsAsTwiliosOwnLibrariesExpect() {
        // the example that Twilio's libraries carry in their tests
        var parameters = new TreeMap<>(Map.of(
                "CallSid",
                "CA1234567890ABCDE",
                "Digits",
                "1234",
                "From",
                "+14158675309",
                "To",
                "+18005551212",
                "Caller",
                "+14158675309"));

        assertThat(TwilioSignature.of("https://mycompany.com/myapp.php?foo=1&bar=2", parameters, "12345"))
                .isEqualTo("RSOYDt4T1cUTdK1PDd93/VVr8B8=");
    }

    @Test
    void sendsAWhatsAppTemplateThroughAMessagingService() throws Exception {
        HttpResponse<String> answer = send(Map.of(
                "To",
                "whatsapp:" + ANA,
                "MessagingServiceSid",
                "MG" + "0".repeat(32),
                "ContentSid",
                TEMPLATE,
                "ContentVariables",
                "{\"1\":\"Ana\"}"));

        assertThat(JSON.readTree(answer.body()).path("status").asString()).isEqualTo("accepted");
        var kept = outbox.read(outbox.ids().get(0), PhoneMessage.class).orElseThrow();
        assertThat(kept.channel()).isEqualTo("WHATSAPP");
        assertThat(kept.person()).isEqualTo(ANA);
        assertThat(kept.variables()).containsExactly(Map.entry("1", "Ana"));
        try (var files = Files.list(directory.resolve("outbox"))) {
            assertThat(files)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void refusesAsTwilioDoes() throws Exception {
        assertRefusal(Map.of("From", SENDER, "Body", "x"), 400, 21604);
        assertRefusal(Map.of("To", ANA, "Body", "x"), 400, 21603);
        assertRefusal(Map.of("To", ANA, "From", SENDER), 400, 21602);
        assertRefusal(Map.of("To", "300123", "From", SENDER, "Body", "x"), 400, 21211);
        assertRefusal(Map.of("To", "whatsapp:" + ANA, "From", SENDER, "Body", "x"), 400, 21910);
        assertRefusal(Map.of("To", ANA, "From", SENDER, "Body", "x".repeat(1601)), 400, 21617);
        assertRefusal(Map.of("To", ANA, "From", SENDER, "ContentSid", "HX1"), 400, 21655);
        assertRefusal(Map.of("To", ANA, "From", SENDER, "ContentSid", TEMPLATE, "ContentVariables", "{"), 400, 21656);
        scripts.play("SMS", new FailureScript(100, 0, Trouble.NONE, 0, 30, false, false, false));
        assertRefusal(Map.of("To", ANA, "From", SENDER, "Body", "x"), 400, 21211);

        var stranger = HttpRequest.newBuilder(account()).header("Authorization", basic("wrong"));
        HttpResponse<String> refused = http.send(stranger.build(), BodyHandlers.ofString());
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(JSON.readTree(refused.body()).path("code").asInt()).isEqualTo(20003);
        assertThat(outbox.ids()).isEmpty();
    }

    @Test
    void limitsTheRateForAsManyRequestsAsTheScriptSays() throws Exception {
        scripts.play("SMS", new FailureScript(0, 0, Trouble.RATE_LIMIT, 1, 7, false, false, false));
        var text = Map.of("To", ANA, "From", SENDER, "Body", "x");

        HttpResponse<String> limited = send(text);

        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(limited.headers().firstValue("Retry-After")).hasValue("7");
        assertThat(JSON.readTree(limited.body()).path("code").asInt()).isEqualTo(20429);
        assertThat(send(text).statusCode()).isEqualTo(201);
    }

    @Test
    void keepsWhatItTookWithoutAnswering() throws Exception {
        scripts.play("SMS", new FailureScript(0, 0, Trouble.NO_ANSWER, 1, 30, false, false, false));
        var request = post(Map.of("To", ANA, "From", SENDER, "Body", "x"))
                .timeout(Duration.ofMillis(500))
                .build();

        assertThatThrownBy(() -> http.send(request, BodyHandlers.ofString())).isInstanceOf(HttpTimeoutException.class);

        JsonNode since = get(
                "/Messages.json?To=%2B573001234567&DateSent%3E=" + Instant.now().minusSeconds(60));
        assertThat(since.path("messages")).hasSize(1);
        assertThat(since.at("/messages/0/to").asString()).isEqualTo(ANA);
        assertThat(get("/Messages.json?To=whatsapp%3A%2B573001234567").path("messages"))
                .isEmpty();
        assertThat(get("/Messages.json?To=%2B573001234567&DateSent%3E="
                                + Instant.now().plusSeconds(60))
                        .path("messages"))
                .isEmpty();
        assertThat(get(".json").path("status").asString()).isEqualTo("active");
    }

    @Test
    void tellsEverythingTwiceAndInAnyOrderWhenTheScriptSaysSo() throws Exception {
        scripts.play("WHATSAPP", new FailureScript(0, 0, Trouble.NONE, 0, 30, false, true, true));
        for (int i = 0; i < 20; i++) {
            send(Map.of(
                    "To",
                    "whatsapp:+5730012345" + (10 + i),
                    "From",
                    "whatsapp:" + SENDER,
                    "ContentSid",
                    TEMPLATE,
                    "StatusCallback",
                    application.url()));
        }

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(application.received().stream()
                        .filter(callback -> callback.field("MessageStatus").equals("delivered")))
                .hasSize(40));
        var bySid = application.received().stream()
                .collect(Collectors.groupingBy(callback -> callback.field("MessageSid")));
        assertThat(bySid).hasSize(20);
        assertThat(bySid.values()).anySatisfy(callbacks -> assertThat(callbacks)
                .extracting(callback -> rank(callback.field("MessageStatus")))
                .isNotEqualTo(callbacks.stream()
                        .map(callback -> rank(callback.field("MessageStatus")))
                        .sorted()
                        .toList()));
        assertThat(bySid.values()).allSatisfy(callbacks -> assertThat(callbacks.stream()
                        .filter(callback -> callback.field("MessageStatus").equals("delivered"))
                        .map(callback -> callback.headers().get("i-twilio-idempotency-token"))
                        .distinct())
                .hasSize(1));
    }

    @Test
    void saysWhenATextCameBack() throws Exception {
        scripts.play("SMS", new FailureScript(0, 100, Trouble.NONE, 0, 30, false, false, false));

        send(Map.of("To", ANA, "From", SENDER, "Body", "x", "StatusCallback", application.url()));

        await().atMost(Duration.ofSeconds(10))
                .until(() -> application.received().size() == 2);
        // reports may overtake each other
        assertThat(application.received()).anySatisfy(report -> assertThat(report.form())
                .containsEntry("MessageStatus", "undelivered")
                .containsEntry("ErrorCode", "30003"));
    }

    @Test
    void allowsFreeTextByWhatsAppOnlyToWhoWroteToday() throws Exception {
        var text = Map.of(
                "To",
                "whatsapp:" + ANA,
                "From",
                "whatsapp:" + SENDER,
                "Body",
                "Hola",
                "StatusCallback",
                application.url());
        send(text);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> application.received().size() == 1);
        assertThat(application.received().get(0).form())
                .containsEntry("MessageStatus", "failed")
                .containsEntry("ErrorCode", "63016");

        simulator.opensWindow(ANA);
        send(text);

        await().atMost(Duration.ofSeconds(10))
                .until(() -> application.received().size() >= 3);
        assertThat(application.received())
                .anySatisfy(report -> assertThat(report.form()).containsEntry("MessageStatus", "delivered"));
    }

    @Test
    void postsWhatAPersonWritesAndKeepsTheAnswer() throws Exception {
        var replies =
                new TwilioReplies(outbox, callbacks, () -> application.url() + "/entrada/twilio", Clock.systemUTC());

        SandboxReply reply = replies.reply("WHATSAPP", SENDER, ANA, "BAJA, por favor");

        assertThat(reply).isEqualTo(new SandboxReply(200, 1));
        var callback = application.received().get(0);
        assertThat(callback.form())
                .containsEntry("From", "whatsapp:" + ANA)
                .containsEntry("To", "whatsapp:" + SENDER)
                .containsEntry("WaId", ANA.substring(1))
                .containsEntry("Body", "BAJA, por favor");
        assertThat(callback.headers().get("x-twilio-signature"))
                .isEqualTo(signature(application.url() + "/entrada/twilio", callback.form()));
        assertThat(outbox.newest(TwilioSimulator.CHANNELS, PhoneMessage.class))
                .extracting(PhoneMessage::text)
                .containsExactly("Ya no le escribiremos.", "BAJA, por favor");
    }

    @Test
    void neverCallsAnotherMachine() {
        var own = new OwnAddress(new org.springframework.mock.env.MockEnvironment()
                .withProperty("pregonero.public-url", "https://avisos.entidad.example")
                .withProperty("local.server.port", "4711"));

        assertThat(own.shortWay(URI.create("https://avisos.entidad.example/entrada/twilio/1?a=b")))
                .hasValue(URI.create("http://127.0.0.1:4711/entrada/twilio/1?a=b"));
        assertThat(own.shortWay(URI.create("https://avisos.entidad.example.org/entrada")))
                .isEmpty();
        assertThat(own.shortWay(URI.create("http://192.0.2.1/entrada"))).isEmpty();
    }

    private static int rank(String status) {
        return java.util.List.of("sent", "delivered", "read").indexOf(status);
    }

    private void assertRefusal(Map<String, String> form, int status, int code) throws Exception {
        HttpResponse<String> answer = send(form);
        JsonNode error = JSON.readTree(answer.body());
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(error.path("code").asInt()).isEqualTo(code);
        assertThat(error.path("status").asInt()).isEqualTo(status);
        assertThat(error.path("more_info").asString()).endsWith("/errors/" + code);
    }

    private String statusOf(JsonNode message) throws Exception {
        return get("/Messages/" + message.path("sid").asString() + ".json")
                .path("status")
                .asString();
    }

    private URI account() {
        return URI.create(simulator.url() + "/2010-04-01/Accounts/" + TwilioSimulator.ACCOUNT + ".json");
    }

    private JsonNode get(String path) throws Exception {
        var request = HttpRequest.newBuilder(
                        URI.create(simulator.url() + "/2010-04-01/Accounts/" + TwilioSimulator.ACCOUNT + path))
                .header("Authorization", basic(TOKEN));
        return JSON.readTree(http.send(request.build(), BodyHandlers.ofString()).body());
    }

    private HttpResponse<String> send(Map<String, String> form) throws Exception {
        return http.send(post(form).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder post(Map<String, String> form) {
        return HttpRequest.newBuilder(URI.create(
                        simulator.url() + "/2010-04-01/Accounts/" + TwilioSimulator.ACCOUNT + "/Messages.json"))
                .header("Authorization", basic(TOKEN))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form.entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"))));
    }

    private static String basic(String token) {
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString((TwilioSimulator.ACCOUNT + ":" + token).getBytes(StandardCharsets.UTF_8));
    }

    /** Computed here once more, from Twilio's description. */
    private static String signature(String url, SortedMap<String, String> form) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(TOKEN.getBytes(StandardCharsets.US_ASCII), "HmacSHA1"));
        String signed = url
                + form.entrySet().stream()
                        .map(field -> field.getKey() + field.getValue())
                        .collect(Collectors.joining());
        return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }
}
