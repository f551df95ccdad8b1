package org.pregonero.channels.x;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
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
import org.pregonero.channels.x.XOutcomes.Step;
import org.pregonero.templates.MessageContent;
import org.pregonero.templates.PostPicture;
import org.pregonero.templates.RenderedPost;
import org.pregonero.templates.XContent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The channel of posts on X. X has no key against repetition: after an ambiguous end the account's posts are read back and
 * compared.
 */
public final class XAdapter implements ChannelAdapter, Verifiable, MeasuresReach {

    /** The channel's name. */
    public static final Channel X = new Channel("X");

    private static final Logger LOG = LoggerFactory.getLogger(XAdapter.class);

    /** How far our clock and that of X may be apart. */
    private static final Duration SKEW = Duration.ofMinutes(2);

    /** For how long a post that was taken may be missing in the account's timeline. */
    private static final Duration SETTLED = Duration.ofMinutes(2);

    private static final String DUPLICATE = "403";
    private static final String TRY_LATER = "X respondió con un problema. Si continúa, revise los ajustes"
            + " pregonero.channels.x.* y el estado del servicio de X.";

    private final Clock clock;
    private final XOutcomes outcomes;
    private final @Nullable XApi api;
    private final String userId;
    private final String advice;

    public XAdapter(XProperties settings, Clock clock) {
        this(settings, String.join(" · ", settings.problems()), clock);
    }

    /** An adapter whose settings cannot even be read. */
    XAdapter(String advice) {
        this(XProperties.none(), advice, Clock.systemUTC());
    }

    private XAdapter(XProperties settings, String advice, Clock clock) {
        this.clock = clock;
        this.outcomes = new XOutcomes(clock, settings.credentials());
        this.advice = advice;
        this.userId = settings.userId();
        this.api = advice.isEmpty() ? new XApi(settings, new OAuth1Signer(settings)) : null;
        if (api == null) {
            LOG.error("The channel X is off until its settings are corrected: {}", advice);
        }
    }

    @Override
    public Channel channel() {
        return X;
    }

    @Override
    public Addressing addressing() {
        return Addressing.OUTLET;
    }

    @Override
    public Class<? extends MessageContent> contentType() {
        return XContent.class;
    }

    @Override
    public SendOutcome send(OutboundMessage message) {
        if (api == null) {
            return misconfigured();
        }
        RenderedPost post = (RenderedPost) message.content();
        Instant began = clock.instant();
        String media = null;
        PostPicture picture = post.picture();
        if (picture != null) {
            Prepared prepared = prepare(api, picture);
            if (prepared.trouble() != null) {
                return prepared.trouble();
            }
            media = prepared.media();
        }
        SendOutcome outcome = publish(api, post, media, began);
        if (!(outcome instanceof Unknown)) {
            return outcome;
        }
        LOG.warn("The end of posting {} on X is unknown; the account is read back", message.token());
        return lookUp(api, post, began).filter(Published.class::isInstance).orElse(outcome);
    }

    /** A picture that waits to be posted, or why there is none; nothing has been posted yet. */
    private record Prepared(
            @Nullable String media, @Nullable SendOutcome trouble) {}

    private Prepared prepare(XApi api, PostPicture picture) {
        try {
            XAnswer uploaded = api.upload(picture);
            String media = uploaded.id().orElse(null);
            if (media == null) {
                return new Prepared(null, outcomes.of(uploaded, Step.PREPARING));
            }
            XAnswer described = api.describe(media, picture.alternativeText());
            return described.ok()
                    ? new Prepared(media, null)
                    : new Prepared(null, outcomes.of(described, Step.PREPARING, picture.alternativeText()));
        } catch (NoAnswerException e) {
            return new Prepared(null, outcomes.of(e, Step.PREPARING));
        }
    }

    private SendOutcome publish(XApi api, RenderedPost post, @Nullable String media, Instant began) {
        try {
            XAnswer answer = api.post(post.text(), media);
            if (answer.saysDuplicate()) {
                return duplicate(lookUp(api, post, began));
            }
            return answer.id()
                    .<SendOutcome>map(id -> published(id, post))
                    .orElseGet(() -> outcomes.of(answer, Step.POSTING, lines(post)));
        } catch (NoAnswerException e) {
            return outcomes.of(e, Step.POSTING);
        }
    }

    /** The account has the text already; whether from this delivery only its posts can tell. */
    private static SendOutcome duplicate(Optional<SendOutcome> found) {
        if (found.isEmpty()) {
            return new Rejected(
                    new Reason(Reason.Code.CONTENT_REFUSED, DUPLICATE, "la cuenta ya publicó el mismo texto"));
        }
        return found.filter(Published.class::isInstance)
                .orElseGet(() -> new Unknown(new Reason(
                        Reason.Code.CONTENT_REFUSED,
                        DUPLICATE,
                        "la cuenta ya publicó el mismo texto y no se pudo leer si es de este envío")));
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
                        Reason.Code.CONNECTION_LOST, null, "la publicación todavía no aparece en la cuenta")))
                : found;
    }

    private Optional<SendOutcome> lookUp(XApi api, RenderedPost post, Instant since) {
        try {
            XAnswer answer = api.postsSince(since.minus(SKEW));
            if (!answer.isList()) {
                // Whatever stops us from asking says nothing about the post.
                SendOutcome outcome = outcomes.of(answer, Step.POSTING, lines(post));
                return Optional.of(outcome instanceof Rejected rejected ? new Unknown(rejected.reason()) : outcome);
            }
            String sent = PostedText.sent(post.text());
            for (JsonNode candidate : answer.body().path("data")) {
                if (PostedText.given(candidate).equals(sent)) {
                    return Optional.of(published(candidate.path("id").asString(""), post));
                }
            }
            return answer.hasMore() ? Optional.of(outcomes.of(answer, Step.POSTING, lines(post))) : Optional.empty();
        } catch (NoAnswerException e) {
            return Optional.of(new Unknown(e.reason()));
        }
    }

    @Override
    public Optional<Reach> measure(String providerId) {
        if (api == null) {
            return Optional.empty();
        }
        try {
            JsonNode counts = api.figures(providerId).body().path("data").path("public_metrics");
            Map<Figure, Long> figures = new EnumMap<>(Figure.class);
            add(figures, Figure.IMPRESSIONS, counts, "impression_count");
            add(figures, Figure.LIKES, counts, "like_count");
            add(figures, Figure.COMMENTS, counts, "reply_count");
            add(figures, Figure.SHARES, counts, "retweet_count");
            add(figures, Figure.SHARES, counts, "quote_count");
            return figures.isEmpty() ? Optional.empty() : Optional.of(new Reach(figures));
        } catch (NoAnswerException e) {
            LOG.warn("X could not be asked for the figures of a post: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private static void add(Map<Figure, Long> figures, Figure figure, JsonNode counts, String name) {
        if (counts.path(name).isIntegralNumber()) {
            figures.merge(figure, counts.path(name).asLong(), Long::sum);
        }
    }

    @Override
    public CheckResult check() {
        if (api == null) {
            return new CheckResult.Failed(misconfigured().reason(), advice);
        }
        try {
            XAnswer answer = api.me();
            if (answer.id().filter(userId::equals).isPresent()) {
                return new CheckResult.Ok();
            }
            if (answer.id().isPresent()) {
                return new CheckResult.Failed(
                        new Reason(Reason.Code.CONFIGURATION, null, "el token es de otra cuenta"),
                        "pregonero.channels.x.user-id no es la cuenta de pregonero.channels.x.access-token; corrija uno"
                                + " de los dos.");
            }
            return failed(outcomes.of(answer, Step.PREPARING));
        } catch (NoAnswerException e) {
            return failed(outcomes.of(e, Step.PREPARING));
        }
    }

    private static CheckResult failed(SendOutcome outcome) {
        if (outcome instanceof ChannelDown down) {
            return new CheckResult.Failed(down.reason(), down.advice());
        }
        Reason reason = outcome instanceof SendOutcome.Deferred deferred
                ? deferred.reason()
                : new Reason(Reason.Code.PROVIDER_TROUBLE, null, "");
        return new CheckResult.Failed(reason, TRY_LATER);
    }

    private ChannelDown misconfigured() {
        return new ChannelDown(new Reason(Reason.Code.CONFIGURATION, null, "configuración del canal X"), advice);
    }

    /** What X may repeat of the post: its words come without line breaks. */
    private static String[] lines(RenderedPost post) {
        return post.text().lines().toArray(String[]::new);
    }

    private static Published published(String id, RenderedPost post) {
        return new Published(id, URI.create("https://x.com/i/web/status/" + id), DigestUtils.sha256Hex(post.text()));
    }
}
