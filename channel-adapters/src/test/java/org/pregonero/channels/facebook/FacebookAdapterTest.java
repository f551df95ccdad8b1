package org.pregonero.channels.facebook;

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
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HexFormat;
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

class FacebookAdapterTest extends ChannelAdapterContract {

    private static final Instant NOW = Instant.parse("2026-11-21T15:00:00Z");
    private static final Instant LONG_AGO = NOW.minusSeconds(600);
    private static final String TEXT = "Rendición de cuentas & más\nhttps://difusion.ejemplo.gov.co/i/t/0";
    private static final String TOKEN = "EAAtoken-de-la-pagina";
    private static final byte[] PICTURE = {1, 2, 3, 13, 10, 4};
    private static final String FEED = "/v24.0/815/feed";
    private static final String PHOTOS = "/v24.0/815/photos";
    private static final String POSTS = "/v24.0/815/published_posts";

    private final WireMockServer facebook =
            new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
    private String address = "";
    private Duration patience = Duration.ofSeconds(20);

    @BeforeEach
    void start() {
        facebook.start();
        address = facebook.baseUrl();
        facebook.stubFor(get(urlPathEqualTo("/v24.0/me")).willReturn(okJson("{\"id\":\"815\",\"name\":\"Alcaldía\"}")));
        facebook.stubFor(post(urlPathEqualTo(PHOTOS)).willReturn(okJson("{\"id\":\"p1\"}")));
        facebook.stubFor(post(urlPathEqualTo(FEED)).willReturn(okJson("{\"id\":\"815_99\"}")));
        posts("");
    }

    @AfterEach
    void stop() {
        facebook.stop();
    }

    @Override
    protected FacebookAdapter adapterIn(Situation situation) {
        if (situation == Situation.TIMEOUT_BEFORE_HANDOVER || situation == Situation.TIMEOUT_AFTER_HANDOVER) {
            patience = Duration.ofMillis(700);
        }
        switch (situation) {
            case ACCEPTED -> {}
            case REJECTED -> feed(error(400, 100, "Invalid parameter: " + TEXT, false));
            case RATE_LIMITED -> feed(error(400, 32, "Page request limit reached", false));
            case PROVIDER_TROUBLE -> feed(error(500, 2, "Service temporarily unavailable", true));
            case UNREACHABLE -> facebook.stop();
            case TIMEOUT_BEFORE_HANDOVER ->
                facebook.stubFor(
                        post(urlPathEqualTo(PHOTOS)).willReturn(okJson("{}").withFixedDelay(3_000)));
            case TIMEOUT_AFTER_HANDOVER -> feed(okJson("{}").withFixedDelay(3_000));
            case MALFORMED_ANSWER -> feed(aResponse().withStatus(200).withBody("<html>" + TEXT));
            case BAD_CREDENTIALS ->
                feed(error(400, 190, "Error validating access token: session has expired " + TOKEN, false));
        }
        return adapter();
    }

    private FacebookAdapter adapter() {
        return new FacebookAdapter(
                new FacebookProperties(
                        "815",
                        TOKEN,
                        address,
                        "v24.0",
                        "post_media_view",
                        "post_total_media_view_unique",
                        Duration.ofSeconds(2),
                        patience),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private void feed(ResponseDefinitionBuilder answer) {
        facebook.stubFor(post(urlPathEqualTo(FEED)).willReturn(answer));
    }

    private void posts(String posts) {
        facebook.stubFor(get(urlPathEqualTo(POSTS)).willReturn(okJson("{\"data\":[" + posts + "]}")));
    }

    private static String posted(String id) {
        return "{\"id\":\"" + id + "\",\"message\":\"" + TEXT.replace("\n", "\\n")
                + "\",\"created_time\":\"2026-11-21T15:00:01+0000\"}";
    }

    private static ResponseDefinitionBuilder error(int status, int code, String message, boolean passing) {
        return okJson("""
                        {"error":{"message":"%s","type":"OAuthException","code":%d,"is_transient":%b,"fbtrace_id":"A1"}}
                        """.formatted(message.replace("\n", "\\n"), code, passing))
                .withStatus(status);
    }

    @Override
    protected OutboundMessage message() {
        return message(null, new PostPicture("image/png", PICTURE, "Una plaza con gente"));
    }

    private static OutboundMessage message(@Nullable String link, @Nullable PostPicture picture) {
        return new OutboundMessage(
                UUID.fromString("7f1c1f66-9a0e-4d53-8c8f-2f1f3c9b7a10"),
                "Página de la Alcaldía",
                null,
                new RenderedPost(TEXT, link, picture),
                null);
    }

    @Override
    protected int handovers() {
        return facebook.isRunning()
                ? facebook.findAll(postRequestedFor(urlPathEqualTo(FEED))).size()
                : 0;
    }

    @Override
    protected void assertExactRequest() {
        assertThat(facebook.findAll(postRequestedFor(anyUrl())))
                .extracting(LoggedRequest::getUrl)
                .containsExactlyInAnyOrder(PHOTOS, FEED);
        facebook.verify(postRequestedFor(urlEqualTo(FEED))
                .withFormParam("message", equalTo(TEXT))
                .withFormParam("attached_media", equalToJson("[{\"media_fbid\":\"p1\"}]")));
        LoggedRequest photo =
                facebook.findAll(postRequestedFor(urlEqualTo(PHOTOS))).get(0);
        assertThat(photo.getPart("source").getBody().asBytes()).isEqualTo(PICTURE);
        assertThat(photo.getPart("published").getBody().asString()).isEqualTo("false");
        assertThat(photo.getPart("alt_text_custom").getBody().asString()).isEqualTo("Una plaza con gente");
        assertTheTokenIsInTheHeaderOnly();
    }

    private void assertTheTokenIsInTheHeaderOnly() {
        assertThat(facebook.getAllServeEvents()).isNotEmpty().allSatisfy(event -> {
            assertThat(event.getRequest().getHeader("Authorization")).isEqualTo("Bearer " + TOKEN);
            assertThat(event.getRequest().getUrl()).doesNotContain("token");
            assertThat(event.getRequest().getBodyAsString()).doesNotContain("token");
        });
    }

    @Override
    protected List<String> privateTexts() {
        return List.of(TOKEN, "Página de la Alcaldía", "Rendición", "difusion.ejemplo.gov.co", "Una plaza");
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
    void aLinkGoesBesideTheText() throws Exception {
        String hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(TEXT.getBytes(StandardCharsets.UTF_8)));

        assertThat(adapter().send(message("https://ejemplo.gov.co/a?b=1&c=2", null)))
                .isEqualTo(new Published("815_99", URI.create("https://www.facebook.com/815_99"), hash));

        facebook.verify(postRequestedFor(urlEqualTo(FEED))
                .withFormParam("message", equalTo(TEXT))
                .withFormParam("link", equalTo("https://ejemplo.gov.co/a?b=1&c=2")));
        assertTheTokenIsInTheHeaderOnly();
    }

    @ParameterizedTest
    @EnumSource(names = {"PROVIDER_TROUBLE", "TIMEOUT_AFTER_HANDOVER", "MALFORMED_ANSWER"})
    void afterAnUncertainEndThePostIsReadBackAndNotSentAgain(Situation situation) {
        FacebookAdapter adapter = adapterIn(situation);
        posts(posted("815_77"));

        assertThat(adapter.send(message()))
                .isInstanceOfSatisfying(Published.class, published -> assertThat(published.providerId())
                        .isEqualTo("815_77"));

        assertThat(handovers()).isEqualTo(1);
        assertTheTokenIsInTheHeaderOnly();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"EMPTY_RESPONSE", "CONNECTION_RESET_BY_PEER", "RANDOM_DATA_THEN_CLOSE"})
    void aConnectionDroppedAfterTheRequestIsInDoubtAndNotSentAgain(Fault fault) {
        feed(aResponse().withFault(fault));

        assertThat(adapter().send(message(null, null))).isInstanceOf(Unknown.class);

        assertThat(handovers()).isEqualTo(1);
    }

    @Test
    void aDuplicateThatIsOursIsPublishedAndAnEarlierOneRefused() {
        feed(error(400, 506, "Duplicate status message", false));
        assertThat(adapter().send(message(null, null))).isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(
                        rejected.reason().code())
                .isEqualTo(Reason.Code.CONTENT_REFUSED));

        posts(posted("815_78"));
        assertThat(adapter().send(message(null, null)))
                .isInstanceOfSatisfying(Published.class, published -> assertThat(published.providerId())
                        .isEqualTo("815_78"));
        facebook.verify(
                2,
                getRequestedFor(urlPathEqualTo(POSTS))
                        .withQueryParam(
                                "since",
                                equalTo(Long.toString(NOW.minusSeconds(120).getEpochSecond()))));
    }

    @ParameterizedTest
    @CsvSource({"4, 400", "17, 400", "32, 403", "613, 400", "4, 429"})
    void limitsAreTriedAgainLater(int code, int status) {
        feed(error(status, code, "limit", true));

        assertThat(adapter().send(message())).isInstanceOf(Deferred.class);
    }

    @ParameterizedTest
    @CsvSource({"190, 400", "102, 400", "10, 403", "200, 403"})
    void whatThePersonMustReconnectSaysSo(int code, int status) {
        feed(error(status, code, "no", false));

        assertThat(adapter().send(message())).isInstanceOfSatisfying(ChannelDown.class, down -> {
            assertThat(down.reason().code()).isEqualTo(Reason.Code.AUTHENTICATION);
            assertThat(down.advice())
                    .containsIgnoringCase("reconecte la cuenta")
                    .contains("pregonero.channels.facebook.access-token");
        });
    }

    @Test
    void troubleBeforeThePostIsTriedAgainLater() {
        facebook.stubFor(post(urlPathEqualTo(PHOTOS)).willReturn(error(500, 1, "unknown", true)));

        assertThat(adapter().send(message())).isInstanceOf(Deferred.class);

        assertThat(handovers()).isZero();
    }

    @Test
    void findSeesOnlyThePostWithTheSameText() {
        posts(posted("815_79").replace("Rendición", "Otra"));
        assertThat(adapter().find(message(), LONG_AGO)).isEmpty();

        posts(posted("815_79"));
        assertThat(adapter().find(message(), NOW)).get().isInstanceOf(Published.class);
    }

    @Test
    void aPostThatIsNotThereYetIsNotAbsent() {
        assertThat(adapter().find(message(), NOW.minusSeconds(60))).get().isInstanceOf(Unknown.class);
    }

    @ParameterizedTest
    @CsvSource({"500, 2", "400, 100"})
    void findThatCannotAskDoesNotSayWhatBecameOfThePost(int status, int code) {
        facebook.stubFor(get(urlPathEqualTo(POSTS)).willReturn(error(status, code, "no", false)));

        assertThat(adapter().find(message(), LONG_AGO)).get().isInstanceOf(Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "true", "{\"data\":null}", "<html>"})
    void findThatIsToldNothingDoesNotSayThatThePostIsAbsent(String body) {
        facebook.stubFor(get(urlPathEqualTo(POSTS)).willReturn(okJson(body)));

        assertThat(adapter().find(message(), LONG_AGO)).get().isInstanceOf(Unknown.class);
    }

    @Test
    void amongTooManyPostsThisOneMayBeFurtherBack() {
        posts(String.join(",", Collections.nCopies(100, posted("815_1").replace("Rendición", "Otra"))));

        assertThat(adapter().find(message(), LONG_AGO)).get().isInstanceOf(Unknown.class);
    }

    @Test
    void postsOfAnotherFormArePassedOver() {
        posts("7,{\"id\":\"815_1\",\"message\":5},{\"id\":\"815_2\"}," + posted("815_80"));

        assertThat(adapter().find(message(), LONG_AGO)).get().isInstanceOf(Published.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "true", "{\"id\":99}", "{\"id\":null}"})
    void anAnswerWithoutTheNameOfThePostIsInDoubt(String body) {
        feed(okJson(body));

        assertThat(adapter().send(message(null, null))).isInstanceOf(Unknown.class);

        assertThat(handovers()).isEqualTo(1);
    }

    @Test
    void aDuplicateThatCannotBeLookedUpIsInDoubt() {
        feed(error(400, 506, "Duplicate status message", false));
        facebook.stubFor(get(urlPathEqualTo(POSTS)).willReturn(error(400, 32, "limit", true)));

        assertThat(adapter().send(message(null, null))).isInstanceOf(Unknown.class);

        assertThat(handovers()).isEqualTo(1);
    }

    @Test
    void anAnswerThatStandsStillIsInDoubtAndNotSentAgain() {
        patience = Duration.ofMillis(1500);
        feed(okJson("{\"id\":\"815_99\"}").withChunkedDribbleDelay(14, 10_000));

        assertThat(adapter().send(message(null, null))).isInstanceOf(Unknown.class);

        assertThat(handovers()).isEqualTo(1);
    }

    @Test
    void readsTheFiguresOfAPost() {
        facebook.stubFor(get(urlPathEqualTo("/v24.0/815_99")).willReturn(okJson("""
                {"id":"815_99","reactions":{"data":[],"summary":{"total_count":5}},
                 "comments":{"data":[],"summary":{"total_count":3}},"shares":{"count":2}}
                """)));
        facebook.stubFor(get(urlPathEqualTo("/v24.0/815_99/insights"))
                .withQueryParam("metric", equalTo("post_media_view,post_total_media_view_unique"))
                .willReturn(okJson("""
                {"data":[{"name":"post_media_view","period":"lifetime","values":[{"value":1300}]},
                         {"name":"post_total_media_view_unique","period":"lifetime","values":[{"value":900}]}]}
                """)));

        assertThat(adapter().measure("815_99").orElseThrow().figures())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        Figure.IMPRESSIONS, 1300L,
                        Figure.REACHED_ACCOUNTS, 900L,
                        Figure.LIKES, 5L,
                        Figure.COMMENTS, 3L,
                        Figure.SHARES, 2L));
        assertTheTokenIsInTheHeaderOnly();
    }

    @Test
    void aSmallPageHasNoInsightsButTheRest() {
        facebook.stubFor(get(urlPathEqualTo("/v24.0/815_99"))
                .willReturn(okJson("{\"id\":\"815_99\",\"reactions\":{\"data\":[],\"summary\":{\"total_count\":5}}}")));
        facebook.stubFor(get(urlPathEqualTo("/v24.0/815_99/insights")).willReturn(error(400, 100, "no", false)));

        assertThat(adapter().measure("815_99").orElseThrow().figures()).isEqualTo(Map.of(Figure.LIKES, 5L));
    }

    @Test
    void aPostThatCannotBeAskedForIsNotZero() {
        facebook.stubFor(get(urlPathEqualTo("/v24.0/815_99")).willReturn(error(400, 100, "no", false)));

        assertThat(adapter().measure("815_99")).isEqualTo(Optional.empty());
    }

    @Test
    void theTokenOfAnotherPageIsNoticed() {
        facebook.stubFor(get(urlPathEqualTo("/v24.0/me")).willReturn(okJson("{\"id\":\"1\"}")));

        assertThat(adapter().check())
                .isInstanceOfSatisfying(CheckResult.Failed.class, failed -> assertThat(failed.advice())
                        .contains("pregonero.channels.facebook.page-id"));
    }
}
