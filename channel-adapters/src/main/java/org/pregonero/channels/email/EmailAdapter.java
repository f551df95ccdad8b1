package org.pregonero.channels.email;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.pregonero.channels.Addressing;
import org.pregonero.channels.Channel;
import org.pregonero.channels.ChannelAdapter;
import org.pregonero.channels.CheckResult;
import org.pregonero.channels.OutboundMessage;
import org.pregonero.channels.Reason;
import org.pregonero.channels.SendOutcome;
import org.pregonero.channels.SendOutcome.ChannelDown;
import org.pregonero.channels.SendOutcome.Deferred;
import org.pregonero.channels.SendOutcome.Rejected;
import org.pregonero.channels.email.TransactionEnd.Answered;
import org.pregonero.channels.email.TransactionEnd.Phase;
import org.pregonero.templates.EmailContent;
import org.pregonero.templates.MessageContent;
import org.pregonero.templates.RenderedEmail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The e-mail channel. Wrong settings do not keep the application from starting: the channel then says at every attempt,
 * and to {@link #check()}, which setting to correct.
 */
public final class EmailAdapter implements ChannelAdapter, AutoCloseable {

    /** The channel's name. */
    public static final Channel EMAIL = new Channel("EMAIL");

    private static final Logger LOG = LoggerFactory.getLogger(EmailAdapter.class);

    /**
     * Angus writes the whole dialogue, with addresses and text, to the logger named after the package of its subclass when
     * that is set fine enough. Kept here because Java forgets levels of loggers that nobody holds.
     */
    private static final List<java.util.logging.Logger> DIALOGUE = List.of(
            java.util.logging.Logger.getLogger(SmtpConnection.class.getPackageName()),
            java.util.logging.Logger.getLogger(SmtpConnection.class.getPackageName() + ".protocol"));

    private final @Nullable Line line;
    private final String advice;

    public EmailAdapter(EmailProperties settings, Clock clock) {
        DIALOGUE.forEach(logger -> logger.setLevel(Level.OFF));
        Line opened = null;
        String problem = String.join(" · ", settings.problems());
        if (problem.isEmpty()) {
            try {
                opened = Line.of(settings, clock);
            } catch (InvalidSettingException e) {
                problem = e.advice();
            }
        }
        this.line = opened;
        this.advice = problem;
        if (opened == null) {
            LOG.error("The e-mail channel is off until its settings are corrected: {}", problem);
        }
    }

    /** A channel whose settings could not even be read. */
    EmailAdapter(String problem) {
        this.line = null;
        this.advice = problem;
        LOG.error("The e-mail channel is off until its settings are corrected: {}", problem);
    }

    @Override
    public Channel channel() {
        return EMAIL;
    }

    @Override
    public Addressing addressing() {
        return Addressing.EMAIL;
    }

    @Override
    public Class<? extends MessageContent> contentType() {
        return EmailContent.class;
    }

    @Override
    public SendOutcome send(OutboundMessage message) {
        return line == null ? new ChannelDown(misconfigured(), advice) : line.send(message);
    }

    @Override
    public CheckResult check() {
        return line == null ? new CheckResult.Failed(misconfigured(), advice) : line.check();
    }

    private static Reason misconfigured() {
        return new Reason(Reason.Code.CONFIGURATION, null, "configuración del canal de correo");
    }

    @Override
    public void close() {
        if (line != null) {
            line.pool.close();
        }
    }

    /** What a well-configured channel works with. */
    private record Line(
            EmailProperties settings,
            Session session,
            SmtpPool pool,
            MailComposer composer,
            @Nullable DkimSignature dkim,
            Mailbox from,
            @Nullable Mailbox bounces,
            ReplyTranslator translator,
            Semaphore room) {

        /**
         * Of mails under way at a time: each is in memory several times over while it is made and signed, and many large ones
         * would not fit.
         */
        private static final int MEGABYTES = 64;

        static Line of(EmailProperties settings, Clock clock) throws InvalidSettingException {
            Mailbox from = Mailbox.ofSetting("from", String.valueOf(settings.from()));
            Mailbox replyTo = optional("reply-to", settings.replyTo());
            Mailbox bounces = settings.bounces() == null
                    ? null
                    : optional("bounces.address", settings.bounces().address());
            String messageIdDomain = settings.messageIdDomain() == null ? from.domain() : settings.messageIdDomain();
            ScheduledThreadPoolExecutor clockwork = new ScheduledThreadPoolExecutor(1, task -> {
                Thread thread = new Thread(task, "email-clockwork");
                thread.setDaemon(true);
                return thread;
            });
            // Every write sets a limit and takes it back.
            clockwork.setRemoveOnCancelPolicy(true);
            try {
                Session session = SmtpSession.of(settings, clockwork);
                DkimSignature dkim = settings.dkim() == null ? null : DkimSignature.of(settings.dkim(), session);
                return new Line(
                        settings,
                        session,
                        new SmtpPool(settings, () -> new SmtpConnection(session, settings), clockwork),
                        new MailComposer(clock, from, replyTo, messageIdDomain),
                        dkim,
                        from,
                        bounces,
                        new ReplyTranslator(settings.username(), settings.password()),
                        new Semaphore(MEGABYTES, true));
            } catch (InvalidSettingException e) {
                clockwork.shutdownNow();
                throw e;
            }
        }

        private static @Nullable Mailbox optional(String key, @Nullable String value) throws InvalidSettingException {
            return value == null ? null : Mailbox.ofSetting(key, value);
        }

        SendOutcome send(OutboundMessage message) {
            Optional<Mailbox> address = Mailbox.of(message.address(), message.recipientName());
            if (address.isEmpty()) {
                return rejected(Reason.Code.INVALID_ADDRESS, "no tiene la forma de una dirección de correo");
            }
            Mailbox to = address.get();
            int megabytes =
                    Math.min(MEGABYTES, 1 + MailComposer.estimate((RenderedEmail) message.content()) / 1_000_000);
            try {
                room.acquire(megabytes);
            } catch (InterruptedException e) {
                return interrupted();
            }
            try {
                return send(message, to);
            } finally {
                room.release(megabytes);
            }
        }

        private SendOutcome send(OutboundMessage message, Mailbox to) {
            byte[] bytes;
            try {
                bytes = bytes(message, to);
            } catch (MessagingException | IOException | RuntimeException e) {
                LOG.error(
                        "Message {} could not be composed: {}",
                        message.token(),
                        e.getClass().getName());
                return rejected(Reason.Code.INTERNAL, "el mensaje no se pudo componer");
            }
            String sender = bounces == null
                    ? from.address()
                    : bounces.withDetail(message.token().toString());
            Envelope envelope = new Envelope(sender, to);
            try {
                TransactionEnd end = pool.transact(connection -> transact(connection, envelope, bytes));
                return translator.outcome(end, message.token(), to);
            } catch (NoConnectionException e) {
                return new ChannelDown(e.reason(), e.advice());
            } catch (InterruptedException e) {
                return interrupted();
            }
        }

        private static SendOutcome interrupted() {
            Thread.currentThread().interrupt();
            return new Deferred(new Reason(Reason.Code.INTERNAL, null, "envío interrumpido"), null);
        }

        private byte[] bytes(OutboundMessage message, Mailbox to) throws MessagingException, IOException {
            byte[] composed =
                    composer.compose(message.token(), to, (RenderedEmail) message.content(), message.unsubscribe());
            return dkim == null ? composed : dkim.sign(composed);
        }

        /** What the server has announced it would refuse is not offered to it. */
        private static TransactionEnd transact(SmtpConnection connection, Envelope envelope, byte[] message) {
            if (envelope.recipient().needsUtf8() && !connection.carriesUtf8()) {
                return new Answered(Phase.RCPT, new SmtpReply(553, "5.1.3", "el servidor no admite SMTPUTF8"));
            }
            if (message.length > connection.largestMessage()) {
                return new Answered(Phase.MAIL, new SmtpReply(552, "5.3.4", "más grande que el límite del servidor"));
            }
            return connection.transact(envelope, message);
        }

        private static SendOutcome rejected(Reason.Code code, String detail) {
            return new Rejected(new Reason(code, null, detail));
        }

        CheckResult check() {
            SmtpConnection connection = new SmtpConnection(session, settings);
            try {
                connection.open();
                connection.ping();
                return new CheckResult.Ok();
            } catch (NoConnectionException e) {
                return new CheckResult.Failed(e.reason(), e.advice());
            } finally {
                connection.close();
            }
        }
    }
}
