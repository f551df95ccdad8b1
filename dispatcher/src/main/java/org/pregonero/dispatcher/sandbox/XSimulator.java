package org.pregonero.dispatcher.sandbox;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.pregonero.dispatcher.sandbox.FailureScript.Trouble;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * X's API v2 as far as posts need it: post, media with alternative text, the user, the user's posts and their figures.
 * Errors are problem documents with X's titles.
 */
final class XSimulator implements AutoCloseable {

    static final String USER_ID = "1700000000000000001";
    static final String CHANNEL = "X";

    private static final Pattern USERS_POSTS = Pattern.compile("/2/users/(\\d+)/tweets");
    private static final Pattern ONE_POST = Pattern.compile("/2/tweets/(\\d+)");
    private static final int LONGEST = 280;
    private static final int RATE = 100;
    private static final Duration REMEMBERED = Duration.ofHours(24);
    private static final long EPOCH = 1_288_834_974_657L;

    private final Outbox outbox;
    private final FailureScripts scripts;
    private final OauthSignature signature;
    private final Clock clock;
    private final LoopbackServer server;
    private final AtomicLong sequence = new AtomicLong();
    private final AtomicInteger used = new AtomicInteger();
    private final Map<String, Post.Picture> uploaded = new ConcurrentHashMap<>();

    XSimulator(OauthSignature.OauthKeys keys, Outbox outbox, FailureScripts scripts, Clock clock) {
        this.outbox = outbox;
        this.scripts = scripts;
        this.signature = new OauthSignature(keys);
        this.clock = clock;
        this.server = LoopbackServer.open("x", this::answer);
    }

    String url() {
        return server.url();
    }

    private Reply answer(Call call) throws IOException {
        if (!signature.isValid(call, clock.instant())) {
            return problem(401, "Unauthorized", "Unauthorized");
        }
        Reply reply = call.method().equals("POST") ? post(call) : get(call);
        if (!(reply instanceof Reply.Answer answer)) {
            return reply;
        }
        boolean limited = answer.status() == 429;
        long reset = clock.instant().getEpochSecond()
                + (limited
                        ? scripts.of(CHANNEL).retryAfter()
                        : Duration.ofMinutes(15).toSeconds());
        int left = limited ? 0 : RATE - used.incrementAndGet() % RATE;
        return answer.with("x-rate-limit-limit", String.valueOf(RATE))
                .with("x-rate-limit-remaining", String.valueOf(left))
                .with("x-rate-limit-reset", String.valueOf(reset));
    }

    private Reply post(Call call) throws IOException {
        boolean publishes = call.path().equals("/2/tweets");
        Trouble trouble = publishes ? scripts.befalls(CHANNEL) : scripts.isOut(CHANNEL) ? Trouble.OUTAGE : Trouble.NONE;
        if (trouble == Trouble.RATE_LIMIT) {
            return problem(429, "Too Many Requests", "Too Many Requests");
        }
        if (trouble == Trouble.OUTAGE) {
            return problem(503, "Service Unavailable", "Service Unavailable");
        }
        Reply.Answer answer;
        try {
            answer = switch (call.path()) {
                case "/2/tweets" -> publish(Reply.JSON.readTree(call.text()));
                case "/2/media/upload" -> upload(FormParts.of(call));
                case "/2/media/metadata" -> describe(Reply.JSON.readTree(call.text()));
                default -> problem(404, "Not Found Error", "Not Found");
            };
        } catch (JacksonException e) {
            return invalid("The body is not JSON");
        }
        return trouble == Trouble.NO_ANSWER && answer.status() == 201 ? new Reply.Silence() : answer;
    }

    private Reply.Answer publish(JsonNode request) {
        String text = request.path("text").asString("");
        var pictures = new ArrayList<Post.Picture>();
        for (JsonNode id : request.at("/media/media_ids")) {
            Optional<Post.Picture> picture = Optional.ofNullable(uploaded.get(id.asString("")));
            if (picture.isEmpty()) {
                return invalid("Your media IDs are invalid.");
            }
            pictures.add(picture.get());
        }
        if (text.isBlank() && pictures.isEmpty()) {
            return invalid("Tweet text or media is required");
        }
        if (XText.weight(text) > LONGEST) {
            return problem(403, "Forbidden", "Your Tweet text is too long.");
        }
        if (posts().filter(post -> post.at().isAfter(clock.instant().minus(REMEMBERED)))
                .anyMatch(post -> post.text().equals(text))) {
            return problem(403, "Forbidden", "You are not allowed to create a Tweet with duplicate content.");
        }
        Instant now = clock.instant();
        var post = new Post(
                outbox.nextId(now, CHANNEL), now, CHANNEL, nextId(now), "@entidad_ejemplo", text, null, pictures);
        outbox.keep(post.id(), post);
        return Reply.json(
                201,
                Map.of(
                        "data",
                        Map.of(
                                "id", post.postId(),
                                "text", XText.asPublished(post),
                                "edit_history_tweet_ids", List.of(post.postId()))));
    }

    private Reply.Answer upload(FormParts parts) {
        byte[] media = parts.files().get("media");
        if (media == null || media.length == 0 || !parts.fields().containsKey("media_category")) {
            return invalid("media and media_category are required");
        }
        String id = nextId(clock.instant());
        outbox.keepPicture(id, media);
        uploaded.put(id, new Post.Picture(id, null));
        return Reply.json(
                200,
                Map.of(
                        "data",
                        Map.of("id", id, "media_key", "3_" + id, "size", media.length, "expires_after_secs", 86_400)));
    }

    private Reply.Answer describe(JsonNode request) {
        String id = request.path("id").asString("");
        String description = request.at("/metadata/alt_text/text").asString("");
        if (description.isBlank() || description.length() > 1000 || !uploaded.containsKey(id)) {
            return invalid("id and metadata.alt_text.text are required");
        }
        uploaded.put(id, new Post.Picture(id, description));
        return Reply.json(
                200,
                Map.of(
                        "data",
                        Map.of("id", id, "associated_metadata", Map.of("alt_text", Map.of("text", description)))));
    }

    private Reply get(Call call) {
        if (scripts.isOut(CHANNEL)) {
            return problem(503, "Service Unavailable", "Service Unavailable");
        }
        var fields = Set.of(call.parameter("tweet.fields").orElse("").split(","));
        var usersPosts = USERS_POSTS.matcher(call.path());
        var onePost = ONE_POST.matcher(call.path());
        if (call.path().equals("/2/users/me")) {
            return Reply.json(
                    200,
                    Map.of("data", Map.of("id", USER_ID, "name", "Entidad de ejemplo", "username", "entidad_ejemplo")));
        }
        if (usersPosts.matches() && usersPosts.group(1).equals(USER_ID)) {
            return timeline(call, fields);
        }
        if (onePost.matches()) {
            return posts().filter(post -> post.postId().equals(onePost.group(1)))
                    .findFirst()
                    .map(post -> Reply.json(200, Map.of("data", XText.json(post, fields, clock.instant()))))
                    .orElseGet(() -> Reply.json(200, Map.of("errors", List.of(XText.unknown(onePost.group(1))))));
        }
        if (call.path().equals("/2/tweets")) {
            return some(Set.of(call.parameter("ids").orElse("").split(",")), fields);
        }
        return problem(404, "Not Found Error", "Not Found");
    }

    private Reply timeline(Call call, Set<String> fields) {
        int size;
        Optional<Instant> start;
        try {
            size = Integer.parseInt(call.parameter("max_results").orElse("10"));
            start = call.parameter("start_time").map(Instant::parse);
        } catch (NumberFormatException | java.time.DateTimeException e) {
            return invalid("max_results or start_time is not valid");
        }
        if (size < 5 || size > 100) {
            return invalid("max_results must be between 5 and 100");
        }
        var found = posts().filter(
                        post -> start.map(from -> !post.at().isBefore(from)).orElse(true))
                .limit(size)
                .toList();
        if (found.isEmpty()) {
            return Reply.json(200, Map.of("meta", Map.of("result_count", 0)));
        }
        return Reply.json(
                200,
                Map.of(
                        "data",
                        found.stream()
                                .map(post -> XText.json(post, fields, clock.instant()))
                                .toList(),
                        "meta",
                        Map.of(
                                "result_count", found.size(),
                                "newest_id", found.get(0).postId(),
                                "oldest_id", found.get(found.size() - 1).postId())));
    }

    private Reply some(Set<String> ids, Set<String> fields) {
        var found = posts().filter(post -> ids.contains(post.postId())).toList();
        var known = found.stream().map(Post::postId).collect(java.util.stream.Collectors.toSet());
        var answer = new java.util.LinkedHashMap<String, Object>();
        if (!found.isEmpty()) {
            answer.put(
                    "data",
                    found.stream()
                            .map(post -> XText.json(post, fields, clock.instant()))
                            .toList());
        }
        var unknown = ids.stream()
                .filter(id -> !known.contains(id))
                .map(XText::unknown)
                .toList();
        if (!unknown.isEmpty()) {
            answer.put("errors", unknown);
        }
        return Reply.json(200, answer);
    }

    private java.util.stream.Stream<Post> posts() {
        return outbox.newest(Set.of(CHANNEL), Post.class);
    }

    /** As X makes them: time first. */
    private String nextId(Instant now) {
        return String.valueOf(((now.toEpochMilli() - EPOCH) << 22) + sequence.incrementAndGet() % (1 << 22));
    }

    private static Reply.Answer invalid(String message) {
        return Reply.json(
                400,
                Map.of(
                        "errors", List.of(Map.of("message", message, "parameters", Map.of())),
                        "title", "Invalid Request",
                        "detail", "One or more parameters to your request was invalid.",
                        "type", "https://api.twitter.com/2/problems/invalid-request"));
    }

    private static Reply.Answer problem(int status, String title, String detail) {
        return Reply.json(status, Map.of("title", title, "detail", detail, "type", "about:blank", "status", status));
    }

    @Override
    public void close() {
        server.close();
    }
}
