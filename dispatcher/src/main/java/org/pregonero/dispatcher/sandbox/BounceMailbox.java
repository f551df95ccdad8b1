package org.pregonero.dispatcher.sandbox;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The IMAP mailbox to which mails come back, on a random port of the loopback interface. What is in it is lost with the
 * process. A bounce is a delivery status notification (RFC 3464) to the envelope's sender.
 */
final class BounceMailbox implements SandboxMailbox.BounceSink, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(BounceMailbox.class);

    private final GreenMail server;
    private final GreenMailUser owner;
    private final Duration delay;
    private final Clock clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "sandbox-bounces");
        thread.setDaemon(true);
        return thread;
    });

    private BounceMailbox(GreenMail server, GreenMailUser owner, Duration delay, Clock clock) {
        this.server = server;
        this.owner = owner;
        this.delay = delay;
        this.clock = clock;
    }

    /** @param delay from a mail's acceptance to its coming back */
    static BounceMailbox open(String address, String password, Duration delay, Clock clock) {
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
        server.start();
        return new BounceMailbox(server, server.setUser(address, address, password), delay, clock);
    }

    int port() {
        return server.getImap().getPort();
    }

    @Override
    public void bounce(String returnPath, String recipient) {
        var unused = timer.schedule(() -> deliver(returnPath, recipient), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void deliver(String returnPath, String recipient) {
        try {
            byte[] notice = notice(returnPath, recipient).getBytes(StandardCharsets.UTF_8);
            owner.deliver(new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(notice)));
        } catch (MessagingException | RuntimeException e) {
            log.error("The sandbox could not return a mail", e);
        }
    }

    private String notice(String returnPath, String recipient) {
        String date =
                DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atOffset(ZoneOffset.UTC));
        boolean full = isFull(recipient);
        return """
                Return-Path: <>
                Delivered-To: %1$s
                From: Mail Delivery System <MAILER-DAEMON@mx.sandbox.example>
                To: %1$s
                Subject: Undelivered Mail Returned to Sender
                Date: %3$s
                Message-ID: <%4$s@mx.sandbox.example>
                Auto-Submitted: auto-replied
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary="%4$s"

                --%4$s
                Content-Type: text/plain; charset=us-ascii

                I'm sorry to have to inform you that your message could not be delivered.
                <%2$s>: %6$s

                --%4$s
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.sandbox.example
                Arrival-Date: %3$s

                Final-Recipient: rfc822; %2$s
                Action: failed
                Status: %5$s
                Diagnostic-Code: smtp; %6$s

                --%4$s
                Content-Type: text/rfc822-headers

                Return-Path: <%1$s>
                To: %2$s

                --%4$s--
                """.formatted(
                        returnPath,
                        recipient,
                        date,
                        UUID.randomUUID(),
                        full ? "5.2.2" : "5.1.1",
                        full ? "552 5.2.2 Mailbox full" : "550 5.1.1 User unknown")
                .replace("\n", "\r\n");
    }

    /** One in three bounces is a full mailbox, which may be empty next week; the others are gone for good. */
    private static boolean isFull(String recipient) {
        var checksum = new CRC32();
        checksum.update(recipient.getBytes(StandardCharsets.UTF_8));
        return checksum.getValue() % 3 == 0;
    }

    @Override
    public void close() {
        timer.shutdownNow();
        server.stop();
    }
}
