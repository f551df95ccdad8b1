package org.pregonero.channels.x;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pregonero.templates.PostPicture;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.BufferingClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * The requests of X's API v2 that a post needs. Each call is one request: Java's own client repeats no POST, and follows no
 * redirection here.
 *
 * @see <a href="https://docs.x.com/x-api">X API v2</a>
 */
final class XApi {

    private final XProperties settings;
    private final OAuth1Signer signer;
    private final RestClient client;
    private final JsonMapper json = JsonMapper.builder().build();

    XApi(XProperties settings, OAuth1Signer signer) {
        this.settings = settings;
        this.signer = signer;
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build());
        requests.setReadTimeout(settings.readTimeout());
        // The end of a compressed answer that stood still would come as an error of the decompression.
        requests.enableCompression(false);
        // Buffered, so that a picture goes with its length and not in chunks.
        client = RestClient.builder()
                .requestFactory(new BufferingClientHttpRequestFactory(requests))
                .build();
    }

    /** The account that the access token belongs to. */
    XAnswer me() throws NoAnswerException {
        return call(HttpMethod.GET, "/2/users/me", null, null);
    }

    XAnswer upload(PostPicture picture) throws NoAnswerException {
        LinkedMultiValueMap<String, Object> parts = new LinkedMultiValueMap<>();
        HttpHeaders type = new HttpHeaders();
        type.setContentType(MediaType.parseMediaType(picture.mediaType()));
        parts.add("media", new HttpEntity<>(new NamedBytes(picture), type));
        parts.add("media_category", "tweet_image");
        parts.add("media_type", picture.mediaType());
        return call(HttpMethod.POST, "/2/media/upload", MediaType.MULTIPART_FORM_DATA, parts);
    }

    XAnswer describe(String media, String alternativeText) throws NoAnswerException {
        return post(
                "/2/media/metadata",
                Map.of("id", media, "metadata", Map.of("alt_text", Map.of("text", alternativeText))));
    }

    XAnswer post(String text, @Nullable String media) throws NoAnswerException {
        return post(
                "/2/tweets",
                media == null
                        ? Map.of("text", text)
                        : Map.of("text", text, "media", Map.of("media_ids", List.of(media))));
    }

    /** The account's latest posts, up to 100, newest first. */
    XAnswer postsSince(Instant since) throws NoAnswerException {
        return call(
                HttpMethod.GET,
                "/2/users/" + settings.userId() + "/tweets?max_results=100&start_time="
                        + encoded(since.truncatedTo(ChronoUnit.SECONDS).toString()) + "&tweet.fields="
                        + encoded("created_at,entities"),
                null,
                null);
    }

    XAnswer figures(String post) throws NoAnswerException {
        return call(HttpMethod.GET, "/2/tweets/" + encoded(post) + "?tweet.fields=public_metrics", null, null);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private XAnswer post(String path, Object body) throws NoAnswerException {
        return call(HttpMethod.POST, path, MediaType.APPLICATION_JSON, json.writeValueAsBytes(body));
    }

    private XAnswer call(HttpMethod method, String path, @Nullable MediaType type, @Nullable Object body)
            throws NoAnswerException {
        URI url = URI.create(settings.baseUrl() + path);
        RestClient.RequestBodySpec request =
                client.method(method).uri(url).header(HttpHeaders.AUTHORIZATION, signer.authorization(method, url));
        if (type != null && body != null) {
            request.contentType(type).body(body);
        }
        try {
            return request.exchangeForRequiredValue((sent, response) -> answer(response));
        } catch (ResourceAccessException e) {
            throw new NoAnswerException(e);
        }
    }

    private XAnswer answer(ClientHttpResponse response) throws IOException {
        return new XAnswer(
                response.getStatusCode().value(),
                response.getHeaders(),
                tree(response.getBody().readAllBytes()));
    }

    private JsonNode tree(byte[] body) {
        try {
            return json.readTree(body);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    /** A file needs a name to be one. */
    private static final class NamedBytes extends ByteArrayResource {

        private final String name;

        NamedBytes(PostPicture picture) {
            super(picture.data());
            this.name = picture.mediaType().replace('/', '.');
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other == this;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
