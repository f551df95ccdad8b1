package org.pregonero.channels.facebook;

import com.restfb.exception.FacebookException;
import com.restfb.json.JsonArray;
import com.restfb.json.JsonObject;
import com.restfb.json.JsonValue;
import java.net.URI;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.pregonero.channels.Addressing;
import org.pregonero.channels.Channel;
import org.pregonero.channels.ChannelAdapter;
import org.pregonero.channels.CheckResult;
import org.pregonero.channels.MeasuresReach;
import org.pregonero.channels.OutboundMessage;
import org.pregonero.channels.Reason;
import org.pregonero.channels.SendOutcome;
import org.pregonero.channels.SendOutcome.ChannelDown;
import org.pregonero.channels.SendOutcome.Published;
import org.pregonero.channels.SendOutcome.Rejected;
import org.pregonero.channels.SendOutcome.Unknown;
import org.pregonero.channels.Verifiable;
import org.pregonero.channels.facebook.GraphOutcomes.Step;
import org.pregonero.templates.FacebookContent;
import org.pregonero.templates.MessageContent;
import org.pregonero.templates.PostPicture;
import org.pregonero.templates.RenderedPost;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The channel of posts on the institution's Facebook page. The Graph API has no key against repetition: after an ambiguous
 * end the page's posts are read back and compared.
 */
public final class FacebookAdapter implements ChannelAdapter, Verifiable, MeasuresReach {

    /** The channel's name. */
    public static final Channel FACEBOOK = new Channel("FACEBOOK");

    private static final Logger LOG = LoggerFactory.getLogger(FacebookAdapter.class);

    /** How far our clock and that of Facebook may be apart. */
    private static final Duration SKEW = Duration.ofMinutes(2);

    /** For how long a post that was taken may be missing among the page's posts. */
    private static final Duration SETTLED = Duration.ofMinutes(2);

    private static final String DUPLICATE = "506";
    private static final String TRY_LATER = "Facebook respondió con un problema. Si continúa, revise los ajustes"
            + " pregonero.channels.facebook.* y el estado del servicio de Meta.";

    private final Clock clock;
    private final @Nullable GraphApi api;
    private final FacebookProperties settings;
    private final String advice;

    public FacebookAdapter(FacebookProperties settings, Clock clock) {
        this(settings, String.join(" · ", settings.problems()), clock);
    }

    /** An adapter whose settings cannot even be read. */
    FacebookAdapter(String advice) {
        this(FacebookProperties.none(), advice, Clock.systemUTC());
    }

    private FacebookAdapter(FacebookProperties settings, String advice, Clock clock) {
        this.clock = clock;
        this.settings = settings;
        this.advice = advice;
        this.api = advice.isEmpty() ? new GraphApi(settings) : null;
        if (api == null) {
            LOG.error("The Facebook channel is off until its settings are corrected: {}", advice);
        }
    }

    @Override
    public Channel channel() {
        return FACEBOOK;
    }

    @Override
    public Addressing addressing() {
        return Addressing.OUTLET;
    }

    @Override
    public Class<? extends MessageContent> contentType() {
        return FacebookContent.class;
    }

    @Override
    public SendOutcome send(OutboundMessage message) {
        if (api == null) {
            return misconfigured();
        }
        RenderedPost post = (RenderedPost) message.content();
        Instant began = clock.instant();
        String photo = null;
        PostPicture picture = post.picture();
        if (picture != null) {
            try {
                photo = id(api.upload(picture));
            } catch (FacebookException e) {
                return GraphOutcomes.of(e, Step.PREPARING, settings.accessToken(), picture.alternativeText());
            }
            if (photo.isEmpty()) {
                return GraphOutcomes.malformed(Step.PREPARING);
            }
        }
        SendOutcome outcome = publish(api, post, photo, began);
        if (!(outcome instanceof Unknown)) {
            return outcome;
        }
        LOG.warn("The end of posting {} on Facebook is unknown; the page is read back", message.token());
        return lookUp(api, post, began).filter(Published.class::isInstance).orElse(outcome);
    }

    private SendOutcome publish(GraphApi api, RenderedPost post, @Nullable String photo, Instant began) {
        try {
            String id = id(api.post(post, photo));
            return id.isEmpty() ? GraphOutcomes.malformed(Step.POSTING) : published(id, post);
        } catch (FacebookException e) {
            return GraphOutcomes.saysDuplicate(e)
                    ? duplicate(lookUp(api, post, began))
                    : GraphOutcomes.of(e, Step.POSTING, secrets(post));
        }
    }

    /** The page has the text already; whether from this delivery only its posts can tell. */
    private static SendOutcome duplicate(Optional<SendOutcome> found) {
        if (found.isEmpty()) {
            return new Rejected(
                    new Reason(Reason.Code.CONTENT_REFUSED, DUPLICATE, "la página ya publicó el mismo texto"));
        }
        return found.filter(Published.class::isInstance)
                .orElseGet(() -> new Unknown(new Reason(
                        Reason.Code.CONTENT_REFUSED,
                        DUPLICATE,
                        "la página ya publicó el mismo texto y no se pudo leer si es de este envío")));
    }

    /** An absent post is absent for sure only a while after the attempt, so a crash is not taken up too early. */
    @Override
    public Optional<SendOutcome> find(OutboundMessage message, Instant since) {
        if (api == null) {
            return Optional.of(misconfigured());
        }
        Optional<SendOutcome> found = lookUp(api, (RenderedPost) message.content(), since);
        return found.isEmpty() && clock.instant().isBefore(since.plus(SETTLED))
                ? Optional.of(new Unknown(new Reason(
                        Reason.Code.CONNECTION_LOST, null, "la publicación todavía no aparece en la página")))
                : found;
    }

    private Optional<SendOutcome> lookUp(GraphApi api, RenderedPost post, Instant since) {
        try {
            JsonObject answer = api.postsSince(since.minus(SKEW));
            if (!(answer.get("data") instanceof JsonArray posts)) {
                return Optional.of(GraphOutcomes.malformed(Step.POSTING));
            }
            for (JsonValue candidate : posts) {
                if (candidate instanceof JsonObject found
                        && comparable(text(found, "message")).equals(comparable(post.text()))) {
                    return Optional.of(published(id(found), post));
                }
            }
            // With as many as one answer takes there may be more.
            return posts.size() < GraphApi.POSTS
                    ? Optional.empty()
                    : Optional.of(GraphOutcomes.malformed(Step.POSTING));
        } catch (FacebookException e) {
            // Whatever stops us from asking says nothing about the post.
            SendOutcome outcome = GraphOutcomes.of(e, Step.POSTING, secrets(post));
            return Optional.of(outcome instanceof Rejected rejected ? new Unknown(rejected.reason()) : outcome);
        }
    }

    private static String comparable(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC)
                .replaceAll("\\s+", " ")
                .strip();
    }

    @Override
    public Optional<Reach> measure(String providerId) {
        if (api == null) {
            return Optional.empty();
        }
        PostFigures figures = new PostFigures(settings.impressionsMetric(), settings.reachedAccountsMetric());
        try {
            figures.addReactions(api.reactions(providerId));
            figures.addInsights(api.insights(providerId));
        } catch (FacebookException e) {
            // Insights exist for pages with 100 likes and more; the other figures are worth keeping.
            LOG.warn(
                    "Facebook does not give all figures of a post: {}",
                    e.getClass().getSimpleName());
        }
        return figures.reach();
    }

    @Override
    public CheckResult check() {
        if (api == null) {
            return new CheckResult.Failed(misconfigured().reason(), advice);
        }
        try {
            return id(api.me()).equals(settings.pageId())
                    ? new CheckResult.Ok()
                    : new CheckResult.Failed(
                            new Reason(Reason.Code.CONFIGURATION, null, "el token no es de esa página"),
                            "pregonero.channels.facebook.access-token no es de la página de"
                                    + " pregonero.channels.facebook.page-id; genere el token de esa página.");
        } catch (FacebookException e) {
            SendOutcome outcome = GraphOutcomes.of(e, Step.PREPARING, settings.accessToken());
            if (outcome instanceof ChannelDown down) {
                return new CheckResult.Failed(down.reason(), down.advice());
            }
            return new CheckResult.Failed(
                    outcome instanceof SendOutcome.Deferred deferred
                            ? deferred.reason()
                            : new Reason(Reason.Code.PROVIDER_TROUBLE, null, ""),
                    TRY_LATER);
        }
    }

    private ChannelDown misconfigured() {
        return new ChannelDown(new Reason(Reason.Code.CONFIGURATION, null, "configuración de Facebook"), advice);
    }

    private static String id(JsonObject answer) {
        return text(answer, "id");
    }

    private static String text(JsonObject object, String name) {
        JsonValue value = object.get(name);
        return value != null && value.isString() ? value.asString() : "";
    }

    /** What Facebook may repeat and nobody may read: its words come without line breaks. */
    private String[] secrets(RenderedPost post) {
        return Stream.concat(Stream.of(settings.accessToken()), post.text().lines())
                .toArray(String[]::new);
    }

    private static Published published(String id, RenderedPost post) {
        return new Published(id, URI.create("https://www.facebook.com/" + id), DigestUtils.sha256Hex(post.text()));
    }
}
