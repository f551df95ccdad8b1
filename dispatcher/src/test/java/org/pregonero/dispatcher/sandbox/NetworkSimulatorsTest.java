package org.pregonero.dispatcher.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pregonero.dispatcher.sandbox.FailureScript.Trouble;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** X and Facebook, spoken to in plain HTTP. */
class NetworkSimulatorsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final OauthSignature.OauthKeys KEYS =
            new OauthSignature.OauthKeys("consumer", "consumer-secret", "access", "access-secret");
    private static final String PAGE = "/v24.0/" + FacebookSimulator.PAGE_ID;

    @TempDir
    Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private final FailureScripts scripts = new FailureScripts();
    private Clock clock = Clock.systemUTC();
    private final List<AutoCloseable> opened = new java.util.ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable simulator : opened) {
            simulator.close();
        }
    }

    @Test
    void xPublishesOnceAndGivesItBackWithGrowingFigures() throws Exception {
        XSimulator x = x();
        String text = "{\"text\":\"Los esperamos & escuchamos https://entidad.example/i/1\"}";

        HttpResponse<String> answer = http.send(signed(x, "POST", "/2/tweets", text), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("x-rate-limit-remaining")).isPresent();
        String id = JSON.readTree(answer.body()).at("/data/id").asString();
        HttpResponse<String> again = http.send(signed(x, "POST", "/2/tweets", text), BodyHandlers.ofString());
        assertThat(again.statusCode()).isEqualTo(403);
        assertThat(JSON.readTree(again.body()).path("detail").asString()).contains("duplicate content");

        JsonNode timeline = get(
                x,
                "/2/users/" + XSimulator.USER_ID
                        + "/tweets?max_results=100&tweet.fields=created_at%2Centities&start_time="
                        + encoded(Instant.now().minusSeconds(60).toString()));
        assertThat(timeline.at("/meta/result_count").asInt()).isEqualTo(1);
        assertThat(timeline.at("/data/0/text").asString())
                .matches("Los esperamos &amp; escuchamos https://t\\.co/\\w+");
        assertThat(timeline.at("/data/0/entities/urls/0/expanded_url").asString())
                .isEqualTo("https://entidad.example/i/1");
        assertThat(impressions(x, id)).isLessThan(50);
        x.close();
        clock = Clock.offset(clock, Duration.ofHours(1));
        XSimulator anHourLater = x();
        assertThat(impressions(anHourLater, id)).isBetween(700L, 2300L);
    }

    @Test
    void xTakesPicturesWithADescription() throws Exception {
        XSimulator x = x();
        byte[] picture = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};

        HttpResponse<String> upload = http.send(
                multipart(x.url() + "/2/media/upload", "media", picture, Map.of("media_category", "tweet_image"))
                        .header("Authorization", oauth("POST", x.url() + "/2/media/upload", KEYS))
                        .build(),
                BodyHandlers.ofString());
        String media = JSON.readTree(upload.body()).at("/data/id").asString();
        String described = "{\"id\":\"" + media + "\",\"metadata\":{\"alt_text\":{\"text\":\"Plaza\"}}}";
        assertThat(http.send(signed(x, "POST", "/2/media/metadata", described), BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
        String post = "{\"text\":\"Hoy\",\"media\":{\"media_ids\":[\"" + media + "\"]}}";
        assertThat(http.send(signed(x, "POST", "/2/tweets", post), BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(201);

        var outbox = new Outbox(directory);
        var kept = outbox.read(outbox.ids().get(0), Post.class).orElseThrow();
        assertThat(kept.pictures()).containsExactly(new Post.Picture(media, "Plaza"));
        assertThat(outbox.readPicture(media)).hasValue(picture);
        String unknown = "{\"text\":\"Hoy no\",\"media\":{\"media_ids\":[\"1\"]}}";
        assertThat(http.send(signed(x, "POST", "/2/tweets", unknown), BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void xRefusesWhatIsNotSignedByUsNowAndOnce() throws Exception {
        XSimulator x = x();
        HttpRequest good = signed(x, "GET", "/2/users/me?user.fields=id", null);
        assertThat(http.send(good, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        assertThat(http.send(good, BodyHandlers.ofString()).statusCode()).isEqualTo(401);

        var stranger = new OauthSignature.OauthKeys("consumer", "consumer-secret", "access", "guessed");
        String url = x.url() + "/2/users/me";
        var forged = HttpRequest.newBuilder(URI.create(url)).header("Authorization", oauth("GET", url, stranger));
        HttpResponse<String> refused = http.send(forged.build(), BodyHandlers.ofString());
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(JSON.readTree(refused.body()).path("title").asString()).isEqualTo("Unauthorized");
    }

    @Test
    void xMisbehavesByScript() throws Exception {
        XSimulator x = x();
        assertThat(http.send(
                                signed(x, "POST", "/2/tweets", "{\"text\":\"" + "ñ".repeat(281) + "\"}"),
                                BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(403);
        scripts.play("X", new FailureScript(0, 0, Trouble.RATE_LIMIT, 1, 60, false, false, false));
        HttpResponse<String> limited =
                http.send(signed(x, "POST", "/2/tweets", "{\"text\":\"a\"}"), BodyHandlers.ofString());
        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(Long.parseLong(
                        limited.headers().firstValue("x-rate-limit-reset").orElseThrow()))
                .isBetween(Instant.now().getEpochSecond() + 50, Instant.now().getEpochSecond() + 61);

        scripts.play("X", new FailureScript(0, 0, Trouble.NO_ANSWER, 1, 60, false, false, false));
        URI uri = URI.create(x.url() + "/2/tweets");
        HttpRequest lost = HttpRequest.newBuilder(uri)
                .header("Authorization", oauth("POST", uri.toString(), KEYS))
                .timeout(Duration.ofMillis(500))
                .POST(BodyPublishers.ofString("{\"text\":\"b\"}"))
                .build();
        assertThatThrownBy(() -> http.send(lost, BodyHandlers.ofString())).isInstanceOf(HttpTimeoutException.class);
        assertThat(get(x, "/2/users/" + XSimulator.USER_ID + "/tweets")
                        .at("/data/0/text")
                        .asString())
                .isEqualTo("b");
        scripts.play("X", new FailureScript(0, 0, Trouble.OUTAGE, 0, 60, false, false, false));
        assertThat(get(x, "/2/users/me").path("status").asInt()).isEqualTo(503);
    }

    @Test
    void facebookPublishesATextWithAPictureAndCountsIt() throws Exception {
        FacebookSimulator facebook = facebook();
        assertThat(facebook(facebook, "GET", "/v24.0/me?fields=id,name&format=json", null)
                        .path("id")
                        .asString())
                .isEqualTo(FacebookSimulator.PAGE_ID);
        HttpResponse<String> photo = http.send(
                multipart(
                                facebook.url() + PAGE + "/photos",
                                "source",
                                new byte[] {1, 2, 3},
                                Map.of("published", "false", "alt_text_custom", "Plaza", "format", "json"))
                        .header("Authorization", "Bearer page-token")
                        .build(),
                BodyHandlers.ofString());
        String photoId = JSON.readTree(photo.body()).path("id").asString();
        String form = "message=" + encoded("Los esperamos") + "&format=json&attached_media="
                + encoded("[{\"media_fbid\":\"" + photoId + "\"}]");

        String id = facebook(facebook, "POST", PAGE + "/feed", form).path("id").asString();

        assertThat(id).startsWith(FacebookSimulator.PAGE_ID + "_");
        assertThat(facebook(facebook, "POST", PAGE + "/feed", form)
                        .at("/error/code")
                        .asInt())
                .isEqualTo(506);
        JsonNode posts = facebook(
                facebook,
                "GET",
                PAGE + "/published_posts?limit=100&fields=id,message,created_time&since="
                        + (Instant.now().getEpochSecond() - 60),
                null);
        assertThat(posts.at("/data/0/message").asString()).isEqualTo("Los esperamos");
        assertThat(posts.at("/data/0/created_time").asString()).endsWith("+0000");
        JsonNode counts = facebook(
                facebook, "GET", "/v24.0/" + id + "?fields=reactions.limit(0).summary(total_count),shares", null);
        assertThat(counts.at("/reactions/summary/total_count").isNumber()).isTrue();
        JsonNode insights =
                facebook(facebook, "GET", "/v24.0/" + id + "/insights?period=lifetime&metric=post_media_view", null);
        assertThat(insights.at("/data/0/values/0/value").isNumber()).isTrue();
        assertThat(facebook(facebook, "GET", "/v24.0/" + id + "/insights?metric=post_impressions", null)
                        .at("/error/code")
                        .asInt())
                .isEqualTo(100);
    }

    @Test
    void facebookWantsItsTokenInTheHeader() throws Exception {
        FacebookSimulator facebook = facebook();
        var inAddress = HttpRequest.newBuilder(URI.create(facebook.url() + "/v24.0/me?access_token=page-token"));

        HttpResponse<String> refused = http.send(inAddress.build(), BodyHandlers.ofString());

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(refused.body()).at("/error/code").asInt()).isEqualTo(190);
    }

    private XSimulator x() {
        var simulator = new XSimulator(KEYS, new Outbox(directory), scripts, clock);
        opened.add(simulator);
        return simulator;
    }

    private FacebookSimulator facebook() {
        var simulator = new FacebookSimulator("page-token", new Outbox(directory), scripts, clock);
        opened.add(simulator);
        return simulator;
    }

    private long impressions(XSimulator x, String id) throws Exception {
        return get(x, "/2/tweets/" + id + "?tweet.fields=public_metrics")
                .at("/data/public_metrics/impression_count")
                .asLong();
    }

    private JsonNode get(XSimulator x, String path) throws Exception {
        return JSON.readTree(
                http.send(signed(x, "GET", path, null), BodyHandlers.ofString()).body());
    }

    private JsonNode facebook(
            FacebookSimulator facebook, String method, String path, @org.jspecify.annotations.Nullable String form)
            throws Exception {
        var request = HttpRequest.newBuilder(URI.create(facebook.url() + path))
                .header("Authorization", "Bearer page-token")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .method(method, form == null ? BodyPublishers.noBody() : BodyPublishers.ofString(form));
        return JSON.readTree(http.send(request.build(), BodyHandlers.ofString()).body());
    }

    private HttpRequest signed(XSimulator x, String method, String path, @org.jspecify.annotations.Nullable String body)
            throws Exception {
        return HttpRequest.newBuilder(URI.create(x.url() + path))
                .header("Authorization", oauth(method, x.url() + path, KEYS))
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
    }

    private static HttpRequest.Builder multipart(String url, String name, byte[] file, Map<String, String> fields) {
        var parts = new java.util.ArrayList<byte[]>();
        fields.forEach((field, value) ->
                parts.add(("--b\r\nContent-Disposition: form-data; name=\"" + field + "\"\r\n\r\n" + value + "\r\n")
                        .getBytes(StandardCharsets.UTF_8)));
        parts.add(("--b\r\nContent-Disposition: form-data; name=\"" + name
                        + "\"; filename=\"imagen.png\"\r\nContent-Type: image/png\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        parts.add(file);
        parts.add("\r\n--b--\r\n".getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(BodyPublishers.ofByteArrays(parts));
    }

    /** Signed here once more, step by step as X's "Creating a signature" describes. */
    private String oauth(String method, String url, OauthSignature.OauthKeys keys) throws Exception {
        var oauth = new TreeMap<String, String>(Map.of(
                "oauth_consumer_key", keys.consumerKey(),
                "oauth_nonce", UUID.randomUUID().toString().replace("-", ""),
                "oauth_signature_method", "HMAC-SHA1",
                "oauth_timestamp", String.valueOf(clock.instant().getEpochSecond()),
                "oauth_token", keys.accessToken(),
                "oauth_version", "1.0"));
        var all = new TreeMap<String, String>();
        oauth.forEach((name, value) -> all.put(name, encoded(value)));
        URI uri = URI.create(url);
        if (uri.getRawQuery() != null) {
            for (String pair : uri.getRawQuery().split("&", -1)) {
                var sides = pair.split("=", 2);
                all.put(sides[0], encoded(java.net.URLDecoder.decode(sides[1], StandardCharsets.UTF_8)));
            }
        }
        String base = method + "&" + encoded(url.split("\\?", 2)[0]) + "&"
                + encoded(all.entrySet().stream()
                        .map(pair -> pair.getKey() + "=" + pair.getValue())
                        .collect(Collectors.joining("&")));
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(
                (keys.consumerSecret() + "&" + keys.accessTokenSecret()).getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        oauth.put(
                "oauth_signature",
                Base64.getEncoder().encodeToString(mac.doFinal(base.getBytes(StandardCharsets.UTF_8))));
        return "OAuth "
                + oauth.entrySet().stream()
                        .map(pair -> pair.getKey() + "=\"" + encoded(pair.getValue()) + "\"")
                        .collect(Collectors.joining(", "));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
