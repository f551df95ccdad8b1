package org.pregonero.dispatcher.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.sandbox.FailureScript.Trouble;
import org.pregonero.dispatcher.sandbox.PhoneMessage.Direction;
import org.pregonero.templates.SmsSegments;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/**
 * Twilio's Messages resource, version 2010-04-01, as far as WhatsApp and SMS need it: create, list, read, the account,
 * and what follows of it. Error codes are those of Twilio's error dictionary.
 */
final class TwilioSimulator implements AutoCloseable {

    static final String VERSION = "2010-04-01";
    static final String ACCOUNT = "AC00000000000000000000000000c0ffee";
    static final Set<String> CHANNELS = Set.of("WHATSAPP", "SMS");

    private static final String ROOT = "/" + VERSION + "/Accounts/" + ACCOUNT;
    private static final String WHATSAPP = "whatsapp:";
    private static final Pattern NUMBER = Pattern.compile("\\+[1-9]\\d{7,14}");
    private static final Pattern SERVICE = Pattern.compile("MG[0-9a-fA-F]{32}");
    private static final Pattern TEMPLATE = Pattern.compile("HX[0-9a-fA-F]{32}");
    private static final int LONGEST_TEXT = 1600;
    private static final int OUTSIDE_WINDOW = 63016;
    private static final Duration WINDOW = Duration.ofHours(24);

    private final String authToken;
    private final Outbox outbox;
    private final FailureScripts scripts;
    private final Clock clock;
    private final TwilioProgress progress;
    private final LoopbackServer server;
    private final Map<String, Instant> lastWritten = new ConcurrentHashMap<>();

    TwilioSimulator(
            String authToken,
            Outbox outbox,
            FailureScripts scripts,
            TwilioCallbacks callbacks,
            Duration pace,
            Clock clock) {
        this.authToken = authToken;
        this.outbox = outbox;
        this.scripts = scripts;
        this.clock = clock;
        this.progress = new TwilioProgress(outbox, callbacks, scripts, pace, clock);
        outbox.ids().stream()
                .takeWhile(id -> Outbox.timeOf(id).isAfter(clock.instant().minus(WINDOW)))
                .filter(id -> Outbox.channelOf(id).equals("WHATSAPP"))
                .flatMap(id -> outbox.read(id, PhoneMessage.class).stream())
                .filter(message -> message.direction() == Direction.INBOUND)
                .forEach(message -> lastWritten.putIfAbsent(message.person(), message.at()));
        this.server = LoopbackServer.open("twilio", this::answer);
    }

    String url() {
        return server.url();
    }

    /** A person wrote by WhatsApp: for a day, free text may be sent to them. */
    void opensWindow(String person) {
        lastWritten.put(person, clock.instant());
    }

    private Reply answer(Call call) {
        if (!authenticated(call)) {
            return error(401, 20003, "Authenticate");
        }
        String path = call.path();
        if (path.equals(ROOT + "/Messages.json")) {
            return switch (call.method()) {
                case "POST" -> create(call);
                case "GET" -> list(call);
                default -> error(405, 20004, "Method not allowed");
            };
        }
        if (call.method().equals("GET") && path.equals(ROOT + ".json")) {
            return CHANNELS.stream().allMatch(scripts::isOut)
                    ? broken()
                    : Reply.json(200, TwilioWords.account(ACCOUNT, clock.instant()));
        }
        if (call.method().equals("GET") && path.matches(Pattern.quote(ROOT) + "/Messages/(SM|MM)[0-9a-f]{32}\\.json")) {
            String sid = path.substring(path.lastIndexOf('/') + 1, path.length() - ".json".length());
            return outbox.newest(CHANNELS, PhoneMessage.class)
                    .filter(message -> message.sid().equals(sid))
                    .findFirst()
                    .map(message -> Reply.json(200, TwilioWords.message(message)))
                    .orElseGet(() -> notFound(path));
        }
        return notFound(path);
    }

    private boolean authenticated(Call call) {
        String expected = "Basic "
                + Base64.getEncoder().encodeToString((ACCOUNT + ":" + authToken).getBytes(StandardCharsets.UTF_8));
        return call.header("authorization").filter(expected::equals).isPresent();
    }

    private Reply create(Call call) {
        Map<String, List<String>> form = call.form();
        String to = value(form, "To").orElse("");
        String channel = to.startsWith(WHATSAPP) ? "WHATSAPP" : "SMS";
        Trouble trouble = scripts.befalls(channel);
        if (trouble == Trouble.RATE_LIMIT) {
            return error(429, 20429, "Too Many Requests")
                    .with("Retry-After", String.valueOf(scripts.of(channel).retryAfter()));
        }
        if (trouble == Trouble.OUTAGE) {
            return broken();
        }
        Reply.Answer answer = taken(channel, to, form);
        return trouble == Trouble.NO_ANSWER && answer.status() == 201 ? new Reply.Silence() : answer;
    }

    private Reply.Answer taken(String channel, String to, Map<String, List<String>> form) {
        String person = withoutPrefix(to);
        String sender =
                value(form, "MessagingServiceSid").or(() -> value(form, "From")).orElse("");
        String text = value(form, "Body").orElse("");
        Optional<String> template = value(form, "ContentSid");
        Optional<String> callback = value(form, "StatusCallback");
        Optional<Map<String, String>> variables = variables(value(form, "ContentVariables"));
        if (to.isEmpty()) {
            return error(400, 21604, "A 'To' phone number is required.");
        }
        if (sender.isEmpty()) {
            return error(400, 21603, "A 'From' phone number is required.");
        }
        if (!SERVICE.matcher(sender).matches()
                && !NUMBER.matcher(withoutPrefix(sender)).matches()) {
            return error(400, 21212, "Invalid From Number (caller ID): " + sender);
        }
        if (!SERVICE.matcher(sender).matches() && sender.startsWith(WHATSAPP) != to.startsWith(WHATSAPP)) {
            return error(400, 21910, "Invalid From and To pair. From and To should be of the same channel");
        }
        if (!NUMBER.matcher(person).matches() || scripts.of(channel).refuses(person)) {
            return error(400, 21211, "Invalid 'To' Phone Number: " + masked(person));
        }
        if (template.isEmpty() && text.isEmpty()) {
            return error(400, 21602, "Message body is required.");
        }
        if (template.isPresent() && !TEMPLATE.matcher(template.get()).matches()) {
            return error(400, 21655, "The ContentSid is Invalid");
        }
        if (variables.isEmpty()) {
            return error(400, 21656, "The ContentVariables Parameter is invalid");
        }
        if (text.length() > LONGEST_TEXT) {
            return error(400, 21617, "The concatenated message body exceeds the 1600 character limit");
        }
        if (callback.isPresent() && !callback.get().matches("https?://[^/\\s]+(/\\S*)?")) {
            return error(400, 21609, "The 'StatusCallback' URL is not valid");
        }
        Instant now = clock.instant();
        String status = SERVICE.matcher(sender).matches() ? "accepted" : "queued";
        var message = new PhoneMessage(
                outbox.nextId(now, channel),
                now,
                channel,
                newSid(),
                Direction.OUTBOUND,
                withoutPrefix(sender),
                person,
                text,
                template.orElse(null),
                variables.get(),
                channel.equals("SMS") ? SmsSegments.of(text).segments() : 1,
                callback.orElse(null),
                status,
                null,
                now);
        outbox.keep(message.id(), message);
        progress.begin(message, refusal(message));
        return Reply.json(201, TwilioWords.message(message));
    }

    private @Nullable Integer refusal(PhoneMessage message) {
        if (!message.channel().equals("WHATSAPP") || message.contentSid() != null) {
            return null;
        }
        Instant last = lastWritten.get(message.person());
        return last != null && last.isAfter(message.at().minus(WINDOW)) ? null : OUTSIDE_WINDOW;
    }

    private Reply list(Call call) {
        if (CHANNELS.stream().anyMatch(scripts::isOut)) {
            return broken();
        }
        String to = call.parameter("To").orElse("");
        String person = withoutPrefix(to);
        Optional<Instant> since;
        int size;
        try {
            since = call.parameter("DateSent>")
                    .or(() -> call.parameter("DateSentAfter"))
                    .map(TwilioWords::time);
            size = Integer.parseInt(call.parameter("PageSize").orElse("50"));
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            return error(400, 20001, "Invalid parameter");
        }
        var found = outbox.ids().stream()
                .takeWhile(id ->
                        since.map(start -> !Outbox.timeOf(id).isBefore(start)).orElse(true))
                .filter(id -> to.isEmpty()
                        ? CHANNELS.contains(Outbox.channelOf(id))
                        : Outbox.channelOf(id).equals(to.startsWith(WHATSAPP) ? "WHATSAPP" : "SMS"))
                .flatMap(id -> outbox.read(id, PhoneMessage.class).stream())
                .filter(message -> message.direction() == Direction.OUTBOUND)
                .filter(message -> to.isEmpty() || message.person().equals(person))
                .limit(Math.max(1, Math.min(size, 1000)))
                .toList();
        return Reply.json(200, TwilioWords.page(found, ROOT + "/Messages.json"));
    }

    private static Optional<Map<String, String>> variables(Optional<String> json) {
        try {
            return Optional.of(
                    json.map(text -> Reply.JSON.readValue(text, new TypeReference<TreeMap<String, String>>() {}))
                            .orElseGet(TreeMap::new));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    static String newSid() {
        return "SM" + UUID.randomUUID().toString().replace("-", "");
    }

    /** As Twilio shows numbers in its errors. */
    private static String masked(String number) {
        return number.length() < 5 ? number : number.substring(0, number.length() - 4) + "XXXX";
    }

    private static Optional<String> value(Map<String, List<String>> form, String name) {
        return form.getOrDefault(name, List.of()).stream()
                .filter(text -> !text.isEmpty())
                .findFirst();
    }

    private static String withoutPrefix(String address) {
        return address.startsWith(WHATSAPP) ? address.substring(WHATSAPP.length()) : address;
    }

    private static Reply.Answer broken() {
        return error(503, 20503, "Service unavailable");
    }

    private static Reply.Answer notFound(String path) {
        return error(404, 20404, "The requested resource " + path + " was not found");
    }

    private static Reply.Answer error(int status, int code, String message) {
        return Reply.json(status, TwilioWords.error(status, code, message));
    }

    @Override
    public void close() {
        server.close();
        progress.close();
    }
}
