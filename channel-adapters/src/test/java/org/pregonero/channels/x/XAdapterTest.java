package org.pregonero.channels.x;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pregonero.channels.ChannelAdapterContract;
import org.pregonero.channels.CheckResult;
import org.pregonero.channels.MeasuresReach.Figure;
import org.pregonero.channels.OutboundMessage;
import org.pregonero.channels.Reason;
import org.pregonero.channels.SendOutcome;
import org.pregonero.channels.SendOutcome.ChannelDown;
import org.pregonero.channels.SendOutcome.Deferred;
import org.pregonero.channels.SendOutcome.Published;
import org.pregonero.channels.SendOutcome.Rejected;
import org.pregonero.channels.SendOutcome.Unknown;
import org.pregonero.templates.PostPicture;
import org.pregonero.templates.RenderedPost;

class XAdapterTest extends ChannelAdapterContract {

    private static final Instant NOW = Instant.parse("2026-11-21T15:00:00Z");
    private static final Instant LONG_AGO = NOW.minusSeconds(600);
    private static final String TEXT = "Rendición de cuentas & más <26 nov>\nhttps://difusion.ejemplo.gov.co/i/t/0";
    private static final String POSTED =
            "Rendición de cuentas &amp; más &lt;26 nov&gt;\\nhttps://t.co/abc https://t.co/pic";
    private static final String CONSUMER_SECRET = "secreto+de/la&aplicación";
    private static final String TOKEN_SECRET = "secreto~del*token";
    private static final byte[] PICTURE = {1, 2, 3, 4};
    private static final String TWEETS = "/2/tweets";

    private final WireMockServer x =
            new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
    private String address = "";
    private Duration patience = Duration.ofSeconds(20);

    @BeforeEach
    void start() {
        x.start();
        address = x.baseUrl();
        x.stubFor(get("/2/users/me").willReturn(okJson("{\"data\":{\"id\":\"4711\",\"username\":\"ejemplo\"}}")));
        x.stubFor(post("/2/media/upload").willReturn(okJson("{\"data\":{\"id\":\"m1\"}}")));
        x.stubFor(post("/2/media/metadata").willReturn(okJson("{\"data\":{\"id\":\"m1\"}}")));
        x.stubFor(post(TWEETS)
                .willReturn(
                        okJson("{\"data\":{\"id\":\"1990\",\"text\":\"…\"}}").withStatus(201)));
        timeline("");
    }

    @AfterEach
    void stop() {
        x.stop();
    }

    @Override
    protected XAdapter adapterIn(Situation situation) {
        if (situation == Situation.TIMEOUT_BEFORE_HANDOVER || situation == Situation.TIMEOUT_AFTER_HANDOVER) {
            patience = Duration.ofMillis(700);
        }
        switch (situation) {
            case ACCEPTED -> {}
            case REJECTED -> tweets(problem(400, "Your text is bad"));
            case RATE_LIMITED ->
                tweets(problem(429, "Too Many Requests")
                        .withHeader("x-rate-limit-reset", Long.toString(NOW.getEpochSecond() + 90)));
            case PROVIDER_TROUBLE -> tweets(problem(503, "Over capacity: " + TEXT));
            case UNREACHABLE -> {
                x.stop();
            }
            case TIMEOUT_BEFORE_HANDOVER ->
                x.stubFor(post("/2/media/upload").willReturn(okJson("{}").withFixedDelay(3_000)));
            case TIMEOUT_AFTER_HANDOVER -> tweets(okJson("{}").withFixedDelay(3_000));
            case MALFORMED_ANSWER -> tweets(aResponse().withStatus(200).withBody("<html>" + TEXT));
            case BAD_CREDENTIALS -> tweets(problem(401, "Unauthorized: 4711-el-token of la-clave"));
        }
        return adapter();
    }

    private XAdapter adapter() {
        return new XAdapter(
                new XProperties(
                        "la-clave",
                        CONSUMER_SECRET,
                        "4711-el-token",
                        TOKEN_SECRET,
                        "4711",
                        address,
                        Duration.ofSeconds(2),
                        patience),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private void tweets(ResponseDefinitionBuilder answer) {
        x.stubFor(post(TWEETS).willReturn(answer));
    }

    private void timeline(String posts) {
        x.stubFor(get(urlPathEqualTo("/2/users/4711/tweets"))
                .willReturn(okJson("{\"data\":[" + posts + "],\"meta\":{\"result_count\":1}}")));
    }

    private static String posted(String id) {
        return """
                {"id":"%s","text":"%s","created_at":"2026-11-21T15:00:01.000Z","entities":{"urls":[
                  {"url":"https://t.co/abc","expanded_url":"https://difusion.ejemplo.gov.co/i/t/0"},
                  {"url":"https://t.co/pic","expanded_url":"https://x.com/ejemplo/status/1/photo/1"}]}}
                """.formatted(id, POSTED);
    }

    private static ResponseDefinitionBuilder problem(int status, String detail) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/problem+json")
                .withBody("{\"title\":\"x\",\"type\":\"about:blank\",\"status\":" + status + ",\"detail\":\""
                        + detail.replace("\n", "\\n") + "\"}");
    }

    @Override
    protected OutboundMessage message() {
        return message(new PostPicture("image/png", PICTURE, "Una plaza con gente"));
    }

    private static OutboundMessage message(@Nullable PostPicture picture) {
        return new OutboundMessage(
                UUID.fromString("7f1c1f66-9a0e-4d53-8c8f-2f1f3c9b7a10"),
                "Cuenta de la Alcaldía",
                null,
                new RenderedPost(TEXT, null, picture),
                null);
    }

    @Override
    protected int handovers() {
        return x.isRunning()
                ? x.findAll(postRequestedFor(urlPathEqualTo(TWEETS))).size()
                : 0;
    }

    @Override
    protected void assertExactRequest() {
        assertThat(x.findAll(postRequestedFor(anyUrl())))
                .extracting(LoggedRequest::getUrl)
                .containsExactlyInAnyOrder("/2/media/upload", "/2/media/metadata", TWEETS);
        x.verify(postRequestedFor(urlEqualTo(TWEETS))
                .withHeader("Content-Type", equalTo("application/json"))
                .withRequestBody(equalToJson(
                        "{\"text\":\"" + TEXT.replace("\n", "\\n") + "\",\"media\":{\"media_ids\":[\"m1\"]}}")));
        x.verify(postRequestedFor(urlEqualTo("/2/media/metadata"))
                .withRequestBody(
                        equalToJson("{\"id\":\"m1\",\"metadata\":{\"alt_text\":{\"text\":\"Una plaza con gente\"}}}")));
        LoggedRequest upload =
                x.findAll(postRequestedFor(urlEqualTo("/2/media/upload"))).get(0);
        assertThat(upload.getPart("media").getBody().asBytes()).isEqualTo(PICTURE);
        assertThat(upload.getPart("media_category").getBody().asString()).isEqualTo("tweet_image");
        assertThat(upload.getPart("media_type").getBody().asString()).isEqualTo("image/png");
        assertThat(upload.getHeader("Content-Length")).isNotBlank();
        assertEveryRequestIsSigned();
    }

    private void assertEveryRequestIsSigned() {
        List<LoggedRequest> requests =
                x.getAllServeEvents().stream().map(ServeEvent::getRequest).toList();
        assertThat(requests).isNotEmpty().allSatisfy(request -> {
            String header = request.getHeader("Authorization");
            assertThat(header).startsWith("OAuth ");
            Map<String, String> parameters = OAuthSignature.parameters(header);
            assertThat(parameters)
                    .containsEntry("oauth_consumer_key", "la-clave")
                    .containsEntry("oauth_token", "4711-el-token")
                    .containsEntry("oauth_signature_method", "HMAC-SHA1")
                    .containsEntry(
                            "oauth_signature",
                            OAuthSignature.of(
                                    request.getMethod().getName(),
                                    address + request.getUrl(),
                                    header,
                                    CONSUMER_SECRET,
                                    TOKEN_SECRET));
        });
        assertThat(requests)
                .extracting(request -> OAuthSignature.parameters(request.getHeader("Authorization"))
                        .get("oauth_nonce"))
                .doesNotHaveDuplicates();
    }

    @Override
    protected List<String> privateTexts() {
        return List.of(
                "la-clave",
                CONSUMER_SECRET,
                "4711-el-token",
                TOKEN_SECRET,
                "Cuenta de la Alcaldía",
                "Rendición",
                "difusion.ejemplo.gov.co",
                "Una plaza");
    }

    @Override
    protected Class<? extends SendOutcome> expected(Situation situation) {
        return switch (situation) {
            case ACCEPTED -> Published.class;
            // The post may be there in spite of the answer.
            case PROVIDER_TROUBLE -> Unknown.class;
            default -> super.expected(situation);
        };
    }

    @Override
    protected Reason.@Nullable Code expectedReason(Situation situation) {
        return situation == Situation.REJECTED ? Reason.Code.CONTENT_REFUSED : super.expectedReason(situation);
    }

    @Test
    void saysWhereThePostIsAndWhatItsHashIs() throws Exception {
        String hash = java.util.HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                        .digest(TEXT.getBytes(StandardCharsets.UTF_8)));

        assertThat(adapter().send(message(null)))
                .isEqualTo(new Published("1990", URI.create("https://x.com/i/web/status/1990"), hash));
    }

    @Test
    void aLimitIsOverWhenTheHeaderSays() {
        assertThat(adapterIn(Situation.RATE_LIMITED).send(message()))
                .isInstanceOfSatisfying(Deferred.class, deferred -> assertThat(deferred.retryAfter())
                        .isEqualTo(Duration.ofSeconds(90)));
    }

    @Test
    void aUsedUpDayOutweighsTheQuarterOfAnHour() {
        tweets(problem(429, "Too Many Requests")
                .withHeader("x-rate-limit-reset", Long.toString(NOW.getEpochSecond() + 90))
                .withHeader("x-user-limit-24hour-remaining", "0")
                .withHeader("x-user-limit-24hour-reset", Long.toString(NOW.getEpochSecond() + 7200)));

        assertThat(adapter().send(message()))
                .isInstanceOfSatisfying(Deferred.class, deferred -> assertThat(deferred.retryAfter())
                        .isEqualTo(Duration.ofHours(2)));
    }

    @ParameterizedTest
    @EnumSource(names = {"PROVIDER_TROUBLE", "TIMEOUT_AFTER_HANDOVER", "MALFORMED_ANSWER"})
    void afterAnUncertainEndThePostIsReadBackAndNotSentAgain(Situation situation) {
        XAdapter adapter = adapterIn(situation);
        timeline(posted("77"));

        assertThat(adapter.send(message()))
                .isInstanceOfSatisfying(Published.class, published -> assertThat(published.providerId())
                        .isEqualTo("77"));

        assertThat(handovers()).isEqualTo(1);
        assertEveryRequestIsSigned();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"EMPTY_RESPONSE", "CONNECTION_RESET_BY_PEER", "RANDOM_DATA_THEN_CLOSE"})
    void aConnectionDroppedAfterTheRequestIsInDoubtAndNotSentAgain(Fault fault) {
        tweets(aResponse().withFault(fault));

        assertThat(adapter().send(message(null))).isInstanceOf(Unknown.class);

        assertThat(handovers()).isEqualTo(1);
    }

    @Test
    void aDuplicateThatIsOursIsPublished() {
        tweets(problem(403, "You are not allowed to create a Tweet with duplicate content."));
        timeline(posted("78"));

        assertThat(adapter().send(message(null)))
                .isInstanceOfSatisfying(Published.class, published -> assertThat(published.providerId())
                        .isEqualTo("78"));
        x.verify(getRequestedFor(urlPathEqualTo("/2/users/4711/tweets"))
                .withQueryParam("start_time", equalTo("2026-11-21T14:58:00Z")));
    }

    @Test
    void aDuplicateOfAnEarlierPostIsRefused() {
        tweets(problem(403, "You are not allowed to create a Tweet with duplicate content."));

        assertThat(adapter().send(message(null))).isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(
                        rejected.reason().code())
                .isEqualTo(Reason.Code.CONTENT_REFUSED));
    }

    @ParameterizedTest
    @CsvSource({"401, Unauthorized", "403, Your account is suspended", "403, oauth1 app permissions"})
    void whatThePersonMustReconnectSaysSo(int status, String detail) {
        tweets(problem(status, detail));

        assertThat(adapter().send(message(null))).isInstanceOfSatisfying(ChannelDown.class, down -> {
            assertThat(down.reason().code()).isEqualTo(Reason.Code.AUTHENTICATION);
            assertThat(down.advice()).contains("reconecte la cuenta").contains("pregonero.channels.x.access-token");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/2/media/upload", "/2/media/metadata"})
    void troubleBeforeThePostIsTriedAgainLater(String path) {
        x.stubFor(post(path).willReturn(problem(500, "Internal")));

        assertThat(adapter().send(message())).isInstanceOf(Deferred.class);

        assertThat(handovers()).isZero();
    }

    @Test
    void findSeesOnlyThePostWithTheSameText() {
        timeline(posted("79").replace("Rendición", "Otra"));
        assertThat(adapter().find(message(null), LONG_AGO)).isEmpty();

        timeline(posted("79"));
        assertThat(adapter().find(message(null), NOW)).get().isInstanceOf(Published.class);
    }

    @Test
    void aPostThatIsNotThereYetIsNotAbsent() {
        assertThat(adapter().find(message(null), NOW.minusSeconds(60))).get().isInstanceOf(Unknown.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "503|{}",
                "400|{}",
                "200|{}",
                "200|[]",
                "200|<html>",
                "200|{\"data\":null}",
                "200|{\"errors\":[{\"message\":\"no\"}]}",
                "200|{\"data\":[{\"id\":\"1\",\"text\":\"Otra\"}],\"meta\":{\"result_count\":1,\"next_token\":\"n\"}}"
            })
    void findThatIsNotToldAllDoesNotSayThatThePostIsAbsent(int status, String body) {
        x.stubFor(get(urlPathEqualTo("/2/users/4711/tweets"))
                .willReturn(okJson(body).withStatus(status)));

        assertThat(adapter().find(message(null), LONG_AGO)).get().isInstanceOf(Unknown.class);
    }

    @Test
    void anAccountWithoutPostsHasNotThisOne() {
        x.stubFor(get(urlPathEqualTo("/2/users/4711/tweets")).willReturn(okJson("{\"meta\":{\"result_count\":0}}")));

        assertThat(adapter().find(message(null), LONG_AGO)).isEmpty();
    }

    @Test
    void aDuplicateThatCannotBeLookedUpIsInDoubt() {
        tweets(problem(403, "You are not allowed to create a Tweet with duplicate content."));
        x.stubFor(get(urlPathEqualTo("/2/users/4711/tweets")).willReturn(problem(429, "Too Many Requests")));

        assertThat(adapter().send(message(null))).isInstanceOf(Unknown.class);

        assertThat(handovers()).isEqualTo(1);
    }

    @Test
    void anAnswerThatStandsStillIsInDoubtAndNotSentAgain() {
        patience = Duration.ofMillis(1500);
        tweets(okJson("{\"data\":{\"id\":\"1990\"}}").withChunkedDribbleDelay(14, 10_000));

        assertThat(adapter().send(message(null))).isInstanceOf(Unknown.class);

        assertThat(handovers()).isEqualTo(1);
    }

    @Test
    void readsTheFiguresOfAPost() {
        x.stubFor(get(urlEqualTo("/2/tweets/1990?tweet.fields=public_metrics")).willReturn(okJson("""
                {"data":{"id":"1990","public_metrics":{"retweet_count":2,"reply_count":3,"like_count":5,
                 "quote_count":7,"bookmark_count":11,"impression_count":1300}}}
                """)));

        assertThat(adapter().measure("1990").orElseThrow().figures())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(Figure.IMPRESSIONS, 1300L, Figure.LIKES, 5L, Figure.COMMENTS, 3L, Figure.SHARES, 9L));
        assertEveryRequestIsSigned();
    }

    @Test
    void aPostWithoutFiguresIsNotZero() {
        x.stubFor(get(urlPathEqualTo("/2/tweets/1990"))
                .willReturn(okJson("{\"errors\":[{\"title\":\"Not Found Error\"}]}")));

        assertThat(adapter().measure("1990")).isEqualTo(Optional.empty());
    }

    @Test
    void theTokenOfAnotherAccountIsNoticed() {
        x.stubFor(get("/2/users/me").willReturn(okJson("{\"data\":{\"id\":\"1\"}}")));

        assertThat(adapter().check())
                .isInstanceOfSatisfying(CheckResult.Failed.class, failed -> assertThat(failed.advice())
                        .contains("pregonero.channels.x.user-id"));
    }
}
