package org.pregonero.channels.poster;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.pregonero.channels.Addressing;
import org.pregonero.channels.Channel;
import org.pregonero.channels.ChannelAdapter;
import org.pregonero.channels.CheckResult;
import org.pregonero.channels.OutboundMessage;
import org.pregonero.channels.Reason;
import org.pregonero.channels.SendOutcome;
import org.pregonero.channels.SendOutcome.ChannelDown;
import org.pregonero.channels.SendOutcome.Published;
import org.pregonero.channels.Verifiable;
import org.pregonero.templates.MessageContent;
import org.pregonero.templates.PosterContent;
import org.pregonero.templates.RenderedPoster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The channel of printed pieces and pictures: published means that the file lies in its place and has been read back. Repeating a delivery
 * writes the same file again.
 */
public final class PosterAdapter implements ChannelAdapter, Verifiable {

    /** The channel's name. */
    public static final Channel POSTER = new Channel("POSTER");

    private static final Logger LOG = LoggerFactory.getLogger(PosterAdapter.class);
    private static final String STORAGE_ADVICE = "No se pudo guardar el archivo. Revise que la carpeta de"
            + " pregonero.channels.poster.directory exista, que la aplicación pueda escribir en ella y que el disco tenga"
            + " espacio.";

    private final PosterProperties settings;
    private final @Nullable PosterStore store;
    private final String advice;

    public PosterAdapter(PosterProperties settings) {
        this.settings = settings;
        this.advice = String.join(" · ", settings.problems());
        this.store = advice.isEmpty() ? new PosterStore(Path.of(settings.directory())) : null;
        if (store == null) {
            LOG.error("The poster channel is off until its settings are corrected: {}", advice);
        }
    }

    @Override
    public Channel channel() {
        return POSTER;
    }

    @Override
    public Addressing addressing() {
        return Addressing.OUTLET;
    }

    @Override
    public Class<? extends MessageContent> contentType() {
        return PosterContent.class;
    }

    @Override
    public SendOutcome send(OutboundMessage message) {
        if (store == null) {
            return new ChannelDown(misconfigured(), advice);
        }
        RenderedPoster poster = (RenderedPoster) message.content();
        String name = PosterStore.portable(poster.fileName());
        try {
            return published(message, name, store.write(message.token(), name, poster.bytes()));
        } catch (IOException e) {
            LOG.warn(
                    "Poster {} could not be stored: {}",
                    message.token(),
                    e.getClass().getSimpleName());
            return new ChannelDown(storage(e), STORAGE_ADVICE);
        }
    }

    @Override
    public Optional<SendOutcome> find(OutboundMessage message, Instant since) {
        if (store == null) {
            return Optional.of(new ChannelDown(misconfigured(), advice));
        }
        RenderedPoster poster = (RenderedPoster) message.content();
        String name = PosterStore.portable(poster.fileName());
        try {
            String wanted = DigestUtils.sha256Hex(poster.bytes());
            return store.hashOf(message.token(), name)
                    .filter(wanted::equals)
                    .map(hash -> published(message, name, hash));
        } catch (IOException e) {
            return Optional.of(new ChannelDown(storage(e), STORAGE_ADVICE));
        }
    }

    @Override
    public CheckResult check() {
        if (store == null) {
            return new CheckResult.Failed(misconfigured(), advice);
        }
        try {
            store.probe();
            return new CheckResult.Ok();
        } catch (IOException e) {
            return new CheckResult.Failed(storage(e), STORAGE_ADVICE);
        }
    }

    private SendOutcome published(OutboundMessage message, String name, String sha256) {
        String id = message.token() + "/" + name;
        return new Published(id, settings.base().resolve(id), sha256);
    }

    private static Reason misconfigured() {
        return new Reason(Reason.Code.CONFIGURATION, null, "configuración del canal de afiches");
    }

    /** Only the kind of trouble: the system's text would tell paths. */
    private static Reason storage(IOException trouble) {
        return new Reason(Reason.Code.STORAGE, null, trouble.getClass().getSimpleName());
    }
}
