package org.pregonero.channels.email;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import org.pregonero.channels.ProviderWords;
import org.pregonero.channels.Reason;
import org.pregonero.channels.email.EmailProperties.Security;
import org.pregonero.channels.email.TransactionEnd.Answered;
import org.pregonero.channels.email.TransactionEnd.Lost;
import org.pregonero.channels.email.TransactionEnd.Phase;

/**
 * One connection to the mail server. Greeting, TLS and authentication are Angus's; the transaction is driven from here on
 * Angus's primitives, for two reasons: only so is it known how far a broken transaction had come, which decides between
 * "may be tried again" and "in doubt"; and where the server offers PIPELINING (RFC 2920) the three commands before the
 * message go out together, one round trip instead of three.
 */
final class SmtpConnection extends SMTPTransport {

    private static final String UNREADABLE = "respuesta fuera del protocolo";

    private final EmailProperties settings;
    private boolean secured;
    private boolean greeted;
    private boolean usable;
    private boolean silent;
    private int messages;
    /** Asked for by others without waiting for a send that may stall, since they are who ends it. */
    private volatile long lastUseNanos;

    SmtpConnection(Session session, EmailProperties settings) {
        super(session, null, "smtp", settings.security() == Security.TLS);
        this.settings = settings;
        this.secured = settings.security() == Security.TLS;
    }

    /** Connects, secures, authenticates. */
    synchronized void open() throws NoConnectionException {
        try {
            connect(settings.host(), settings.port(), settings.username(), settings.password());
        } catch (AuthenticationFailedException e) {
            throw authenticationFailed();
        } catch (TlsMissingException e) {
            throw NoConnectionException.down(Reason.Code.TLS, "", "sin STARTTLS", Advice.NO_STARTTLS);
        } catch (MessagingException e) {
            throw failed(e);
        }
        if (settings.username() != null && !supportsExtension("AUTH") && !supportsExtension("AUTH=LOGIN")) {
            close();
            throw NoConnectionException.down(Reason.Code.AUTHENTICATION, "", "sin AUTH", Advice.NO_AUTHENTICATION);
        }
        usable = true;
        lastUseNanos = System.nanoTime();
    }

    private NoConnectionException authenticationFailed() {
        SmtpReply reply = reply();
        if (reply.transientFailure()) {
            return NoConnectionException.later(reply, words(reply.text()));
        }
        if (reply.permanentFailure()) {
            boolean wantsTls = reply.code() == 538 || (reply.code() == 530 && !secured);
            return wantsTls
                    ? NoConnectionException.down(
                            Reason.Code.TLS, reply.codes(), words(reply.text()), Advice.TLS_DEMANDED)
                    : NoConnectionException.down(
                            Reason.Code.AUTHENTICATION, reply.codes(), words(reply.text()), Advice.AUTHENTICATION);
        }
        if (reply.completed()) {
            // The last answer was EHLO's: no mechanism in common.
            return NoConnectionException.down(
                    Reason.Code.AUTHENTICATION, "", "sin mecanismo de autenticación común", Advice.NO_AUTHENTICATION);
        }
        return NoConnectionException.down(
                Reason.Code.UNREACHABLE, "", "conexión perdida durante la autenticación", Advice.UNREACHABLE);
    }

    private NoConnectionException failed(MessagingException trouble) {
        IOException cause = ioCause(trouble);
        if (cause instanceof SSLException) {
            return NoConnectionException.down(
                    Reason.Code.TLS, "", "no se pudo asegurar la conexión", Advice.CERTIFICATE);
        }
        if (cause instanceof UnknownHostException) {
            return NoConnectionException.down(
                    Reason.Code.UNREACHABLE, "", "nombre de servidor desconocido", Advice.UNREACHABLE);
        }
        if (cause instanceof SocketTimeoutException) {
            return NoConnectionException.down(Reason.Code.UNREACHABLE, "", "tiempo agotado", Advice.UNREACHABLE);
        }
        if (cause != null) {
            return NoConnectionException.down(Reason.Code.UNREACHABLE, "", "sin conexión", Advice.UNREACHABLE);
        }
        SmtpReply reply = reply();
        if (reply.transientFailure()) {
            return NoConnectionException.later(reply, words(reply.text()));
        }
        if (reply.permanentFailure()) {
            return greeted && settings.security() == Security.STARTTLS && !secured
                    ? NoConnectionException.down(
                            Reason.Code.TLS, reply.codes(), words(reply.text()), Advice.NO_STARTTLS)
                    : NoConnectionException.down(
                            Reason.Code.BLOCKED, reply.codes(), words(reply.text()), Advice.REFUSED);
        }
        String last = getLastServerResponse();
        return last == null || last.isEmpty() || last.startsWith("[EOF]")
                ? NoConnectionException.down(Reason.Code.UNREACHABLE, "", "conexión cerrada", Advice.UNREACHABLE)
                : NoConnectionException.down(Reason.Code.MALFORMED_ANSWER, "", UNREADABLE, Advice.NOT_SMTP);
    }

    /** Says EHLO, and goes no further without the security that was asked for. */
    @Override
    protected synchronized boolean ehlo(String domain) throws MessagingException {
        greeted = true;
        boolean understood = super.ehlo(domain);
        int code = getLastReturnCode();
        if (!understood && (code < 500 || code > 599)) {
            // Not a refusal of EHLO as such, so HELO would fare no better.
            throw new MessagingException("EHLO not answered");
        }
        if (settings.security() == Security.STARTTLS && !secured && !(understood && supportsExtension("STARTTLS"))) {
            throw new TlsMissingException();
        }
        return understood;
    }

    @Override
    protected synchronized void startTLS() throws MessagingException {
        if (settings.security() != Security.STARTTLS) {
            // Angus tries it when AUTH is answered with 530; the office has chosen otherwise.
            throw new TlsMissingException();
        }
        super.startTLS();
        secured = true;
    }

    /** Hands over one message. Never a second time, and never throws for trouble with the server. */
    synchronized TransactionEnd transact(Envelope envelope, byte[] message) {
        messages++;
        Progress progress = new Progress();
        TransactionEnd end;
        try {
            end = progress.run(envelope, message);
        } catch (MessagingException | IOException | RuntimeException e) {
            end = new Lost(progress.phase, Reason.Code.CONNECTION_LOST, broken(e));
        }
        usable = usable && stillUsable(end);
        lastUseNanos = System.nanoTime();
        return end;
    }

    private boolean stillUsable(TransactionEnd end) {
        if (!(end instanceof Answered answered) || answered.reply().code() == 421) {
            return false;
        }
        if (answered.reply().completed()) {
            return true;
        }
        try {
            return simpleCommand("RSET") == 250;
        } catch (MessagingException e) {
            return false;
        }
    }

    private record Step(Phase phase, String command) {}

    /** One transaction under way; remembers how far it came. */
    private final class Progress {

        private Phase phase = Phase.MAIL;

        TransactionEnd run(Envelope envelope, byte[] message) throws MessagingException, IOException {
            List<Step> steps = List.of(
                    new Step(Phase.MAIL, mailCommand(envelope, message.length)),
                    new Step(Phase.RCPT, "RCPT TO:<" + envelope.recipient().address() + ">"),
                    new Step(Phase.DATA, "DATA"));
            TransactionEnd refusal = supportsExtension("PIPELINING") ? together(steps) : oneByOne(steps);
            if (refusal != null) {
                return refusal;
            }
            phase = Phase.BODY;
            OutputStream out = dataStream();
            out.write(message);
            phase = Phase.END;
            sendCommand(".");
            return answer(200);
        }

        private @Nullable TransactionEnd oneByOne(List<Step> steps) throws MessagingException {
            for (Step step : steps) {
                phase = step.phase();
                sendCommand(step.command());
                TransactionEnd end = answer(wanted());
                if (!isPositive(end)) {
                    return end;
                }
            }
            return null;
        }

        private @Nullable TransactionEnd together(List<Step> steps) throws MessagingException {
            for (Step step : steps) {
                sendCommand(step.command());
            }
            TransactionEnd refusal = null;
            for (Step step : steps) {
                phase = step.phase();
                TransactionEnd end = answer(wanted());
                boolean positive = isPositive(end);
                if (refusal == null && !positive) {
                    refusal = end;
                    if (end instanceof Lost || ((Answered) end).reply().code() == 421) {
                        return end;
                    }
                } else if (refusal != null && (end instanceof Lost || (phase == Phase.DATA && positive))) {
                    // The server waits for a message for nobody. It gets none: the connection ends here.
                    usable = false;
                    return refusal;
                }
            }
            return refusal;
        }

        private boolean isPositive(TransactionEnd end) {
            return end instanceof Answered answered && answered.reply().code() / 100 == wanted() / 100;
        }

        private int wanted() {
            return phase == Phase.DATA ? 300 : 200;
        }

        /** Reads one answer; anything but what is awaited or a refusal is outside the protocol. */
        private TransactionEnd answer(int wanted) throws MessagingException {
            int code = readServerResponse();
            if (code / 100 == wanted / 100 || (code >= 400 && code < 600)) {
                return new Answered(phase, reply());
            }
            String last = getLastServerResponse();
            return last == null || last.startsWith("[EOF]")
                    ? new Lost(phase, Reason.Code.CONNECTION_LOST, "el servidor cerró la conexión")
                    : new Lost(phase, Reason.Code.MALFORMED_ANSWER, UNREADABLE);
        }
    }

    private String mailCommand(Envelope envelope, int size) {
        String command = "MAIL FROM:<" + envelope.sender() + ">";
        if (supportsExtension("SIZE")) {
            command += " SIZE=" + size;
        }
        return envelope.recipient().needsUtf8() ? command + " SMTPUTF8" : command;
    }

    /** Angus's stream into the connection, which doubles leading dots; DATA itself is already said and answered. */
    private OutputStream dataStream() throws MessagingException {
        silent = true;
        try {
            return data();
        } finally {
            silent = false;
        }
    }

    @Override
    protected synchronized void sendCommand(String command) throws MessagingException {
        if (!silent) {
            super.sendCommand(command);
        }
    }

    @Override
    protected synchronized int readServerResponse() throws MessagingException {
        return silent ? 354 : super.readServerResponse();
    }

    /** Whether the server can carry a local part outside ASCII. */
    synchronized boolean carriesUtf8() {
        return supportsExtension("SMTPUTF8");
    }

    /** The largest message that the server announced (RFC 1870), or the largest there is. */
    synchronized long largestMessage() {
        String announced = getExtensionParameter("SIZE");
        try {
            long size = announced == null || announced.isBlank() ? 0 : Long.parseLong(announced.strip());
            return size > 0 ? size : Long.MAX_VALUE;
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    /** Asks the server for a sign of life. */
    synchronized void ping() throws NoConnectionException {
        try {
            int code = simpleCommand("NOOP");
            if (code >= 200 && code < 300) {
                return;
            }
            usable = false;
            if (code >= 400 && code < 500) {
                throw NoConnectionException.later(reply(), words(reply().text()));
            }
        } catch (MessagingException e) {
            usable = false;
        }
        if (!usable) {
            throw NoConnectionException.down(Reason.Code.UNREACHABLE, "", "conexión perdida", Advice.UNREACHABLE);
        }
    }

    synchronized boolean reusable() {
        return usable && messages < settings.messagesPerConnection();
    }

    boolean idleSince(long nanos) {
        return nanos - lastUseNanos > settings.idleTimeout().toNanos();
    }

    /** Ends the connection: politely when it is in order, and without another byte when it is not. */
    @Override
    public synchronized void close() {
        silent = !usable && messages > 0;
        try {
            super.close();
        } catch (MessagingException e) {
            // It is closed all the same.
        }
    }

    private SmtpReply reply() {
        String lines = getLastServerResponse();
        return SmtpReply.of(getLastReturnCode(), lines == null ? "" : lines);
    }

    private String words(String text) {
        return ProviderWords.redacted(text, settings.password(), settings.username());
    }

    private static String broken(Exception trouble) {
        return ioCause(trouble) instanceof SocketTimeoutException ? "tiempo agotado" : "conexión interrumpida";
    }

    private static @Nullable IOException ioCause(Throwable trouble) {
        IOException found = null;
        int depth = 0;
        for (Throwable t = trouble; t != null && depth < 10; t = t.getCause(), depth++) {
            if (t instanceof IOException io) {
                found = io;
                if (io instanceof SSLException
                        || io instanceof SocketTimeoutException
                        || io instanceof UnknownHostException) {
                    return io;
                }
            }
        }
        return found;
    }

    /** The server does not offer the security that is demanded. */
    private static final class TlsMissingException extends MessagingException {
        private static final long serialVersionUID = 1L;
    }
}
