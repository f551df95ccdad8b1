package org.pregonero.dispatcher.sandbox;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.pregonero.dispatcher.sandbox.FailureScript.Trouble;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The Graph API as far as a page's posts need it: the page, feed, photos, reading back, insights. Every version of the
 * API in the path is taken. The token is taken from the Authorization header only, so that nobody gets used to having
 * it in an address.
 */
final class FacebookSimulator implements AutoCloseable {

    static final String PAGE_ID = "100000000000001";
    static final String CHANNEL = "FACEBOOK";

    private static final Pattern VERSION = Pattern.compile("^/v\\d+\\.\\d+(?=/)");
    private static final Pattern POST_ID = Pattern.compile(PAGE_ID + "_\\d+");
    private static final Set<String> LISTS = Set.of("feed", "posts", "published_posts");
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final String accessToken;
    private final Outbox outbox;
    private final FailureScripts scripts;
    private final Clock clock;
    private final LoopbackServer server;
    private final AtomicLong sequence = new AtomicLong();
    private final Map<String, Post.Picture> uploaded = new ConcurrentHashMap<>();

    FacebookSimulator(String accessToken, Outbox outbox, FailureScripts scripts, Clock clock) {
        this.accessToken = accessToken;
        this.outbox = outbox;
        this.scripts = scripts;
        this.clock = clock;
        this.server = LoopbackServer.open("facebook", this::answer);
    }

    String url() {
        return server.url();
    }

    private Reply answer(Call call) throws IOException {
        FormParts parts = FormParts.of(call);
        Map<String, String> parameters = parameters(call, parts);
        String header = call.header("authorization").orElse("");
        if (parameters.containsKey("access_token")) {
            return error(400, "OAuthException", 190, "The access token belongs into the Authorization header");
        }
        if (!header.equals("Bearer " + accessToken) && !header.equals("OAuth " + accessToken)) {
            return error(400, "OAuthException", 190, "Invalid OAuth access token - Cannot parse access token");
        }
        String path = VERSION.matcher(call.path()).replaceFirst("");
        return call.method().equals("POST")
                ? publish(path, parameters, parts)
                : read(path.substring(1).split("/", 2), parameters);
    }

    private static Map<String, String> parameters(Call call, FormParts parts) {
        var parameters = new LinkedHashMap<>(parts.fields());
        call.query().forEach((name, values) -> parameters.put(name, values.get(0)));
        call.form().forEach((name, values) -> parameters.put(name, values.get(0)));
        return parameters;
    }

    private Reply publish(String path, Map<String, String> parameters, FormParts parts) {
        boolean visible = path.endsWith("/feed");
        Trouble trouble = visible ? scripts.befalls(CHANNEL) : scripts.isOut(CHANNEL) ? Trouble.OUTAGE : Trouble.NONE;
        if (trouble == Trouble.RATE_LIMIT) {
            return error(400, "OAuthException", 32, "(#32) Page request limit reached")
                    .with("X-App-Usage", "{\"call_count\":100,\"total_time\":25,\"total_cputime\":25}");
        }
        if (trouble == Trouble.OUTAGE) {
            return Reply.html(503, "<html><body>Sorry, something went wrong.</body></html>");
        }
        Reply.Answer answer =
                switch (path) {
                    case "/" + PAGE_ID + "/feed", "/me/feed" -> post(parameters);
                    case "/" + PAGE_ID + "/photos", "/me/photos" -> photo(parameters, parts);
                    default -> unknown(path);
                };
        return trouble == Trouble.NO_ANSWER && answer.status() == 200 ? new Reply.Silence() : answer;
    }

    private Reply.Answer post(Map<String, String> parameters) {
        String text = parameters.getOrDefault("message", "");
        String link = parameters.get("link");
        Optional<List<Post.Picture>> pictures = attached(parameters);
        if (pictures.isEmpty()) {
            return error(400, "OAuthException", 100, "(#100) Invalid attached_media");
        }
        if (text.isBlank() && link == null && pictures.get().isEmpty()) {
            return error(400, "OAuthException", 100, "(#100) You must provide a message, a link or attached media");
        }
        if (posts().takeWhile(post -> post.at().isAfter(clock.instant().minus(REMEMBERED)))
                .anyMatch(post -> post.text().equals(text) && java.util.Objects.equals(post.link(), link))) {
            return error(400, "FacebookApiException", 506, "(#506) Duplicate status message");
        }
        return Reply.json(200, Map.of("id", keep(text, link, pictures.get())));
    }

    private String keep(String text, @org.jspecify.annotations.Nullable String link, List<Post.Picture> pictures) {
        Instant now = clock.instant();
        var post = new Post(
                outbox.nextId(now, CHANNEL),
                now,
                CHANNEL,
                PAGE_ID + "_" + nextId(now),
                "Entidad de ejemplo",
                text,
                link,
                pictures);
        outbox.keep(post.id(), post);
        return post.postId();
    }

    /** {@code attached_media[0]={"media_fbid":"1"}}, one parameter each or all in one list. */
    private Optional<List<Post.Picture>> attached(Map<String, String> parameters) {
        var pictures = new ArrayList<Post.Picture>();
        try {
            for (var parameter : parameters.entrySet()) {
                if (!parameter.getKey().startsWith("attached_media")) {
                    continue;
                }
                JsonNode media = Reply.JSON.readTree(parameter.getValue());
                for (JsonNode one : media.isArray() ? media : List.of(media)) {
                    Post.Picture picture = uploaded.get(one.path("media_fbid").asString(""));
                    if (picture == null) {
                        return Optional.empty();
                    }
                    pictures.add(picture);
                }
            }
        } catch (JacksonException e) {
            return Optional.empty();
        }
        return Optional.of(pictures);
    }

    private Reply.Answer photo(Map<String, String> parameters, FormParts parts) {
        Optional<byte[]> file = parts.files().values().stream().findFirst().filter(bytes -> bytes.length > 0);
        if (file.isEmpty()) {
            return error(400, "OAuthException", 324, "(#324) Requires upload file");
        }
        String id = nextId(clock.instant());
        var picture = new Post.Picture(id, parameters.get("alt_text_custom"));
        outbox.keepPicture(id, file.get());
        uploaded.put(id, picture);
        if ("false".equals(parameters.get("published"))) {
            return Reply.json(200, Map.of("id", id));
        }
        String text = parameters.getOrDefault("message", parameters.getOrDefault("caption", ""));
        return Reply.json(200, Map.of("id", id, "post_id", keep(text, null, List.of(picture))));
    }

    private Reply read(String[] path, Map<String, String> parameters) {
        if (scripts.isOut(CHANNEL)) {
            return Reply.html(503, "<html><body>Sorry, something went wrong.</body></html>");
        }
        var fields = Set.of(
                parameters.getOrDefault("fields", "id,message,created_time").split(","));
        boolean page = path[0].equals(PAGE_ID) || path[0].equals("me");
        if (page && path.length == 1) {
            return Reply.json(200, GraphWords.page(PAGE_ID, fields));
        }
        if (page && LISTS.contains(path[1])) {
            return list(parameters, fields);
        }
        Optional<Post> post = POST_ID.matcher(path[0]).matches()
                ? posts().filter(one -> one.postId().equals(path[0])).findFirst()
                : Optional.empty();
        if (post.isPresent() && path.length == 1) {
            return Reply.json(200, GraphWords.post(post.get(), fields, clock.instant()));
        }
        if (post.isPresent() && path[1].equals("insights")) {
            var metrics = List.of(parameters.getOrDefault("metric", "").split(","));
            return GraphWords.insights(post.get(), metrics, clock.instant())
                    .map(insights -> Reply.json(200, insights))
                    .orElseGet(() ->
                            error(400, "OAuthException", 100, "(#100) The value must be a valid insights metric"));
        }
        return unknown(path[0]);
    }

    private Reply list(Map<String, String> parameters, Set<String> fields) {
        Optional<Instant> since = Optional.ofNullable(parameters.get("since"))
                .filter(text -> text.matches("\\d{1,12}"))
                .map(text -> Instant.ofEpochSecond(Long.parseLong(text)));
        String limit = parameters.getOrDefault("limit", "25");
        var found = posts().filter(
                        post -> since.map(from -> !post.at().isBefore(from)).orElse(true))
                .limit(limit.matches("[1-9]\\d{0,2}") ? Integer.parseInt(limit) : 25)
                .map(post -> GraphWords.post(post, fields, clock.instant()))
                .toList();
        return Reply.json(200, found.isEmpty() ? Map.of("data", found) : Map.of("data", found, "paging", Map.of()));
    }

    private Stream<Post> posts() {
        return outbox.newest(Set.of(CHANNEL), Post.class);
    }

    private String nextId(Instant now) {
        return String.valueOf(now.toEpochMilli() * 1000 + sequence.incrementAndGet() % 1000);
    }

    private static Reply.Answer unknown(String what) {
        return error(
                400,
                "GraphMethodException",
                100,
                "Unsupported request. Object with ID '" + what.replace("/", " ").strip() + "' does not exist");
    }

    private static Reply.Answer error(int status, String type, int code, String message) {
        return Reply.json(
                status,
                Map.of(
                        "error",
                        Map.of("message", message, "type", type, "code", code, "fbtrace_id", "AbCdEfGhIjKlMnOp")));
    }

    @Override
    public void close() {
        server.close();
    }
}
