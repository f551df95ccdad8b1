package org.pregonero.channels.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Flags;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pregonero.channels.ProviderEvent;
import org.pregonero.channels.ProviderEvent.Complained;
import org.pregonero.channels.ProviderEvent.Status;
import org.pregonero.channels.ProviderEvent.StatusReported;
import org.pregonero.channels.Reason;

/** Bounces as Postfix, Exchange, Gmail and others word them, read from a real IMAP server. */
class BounceMailboxTest {

    private static final UUID TOKEN = Samples.TOKEN;
    private static final String VERP = "rebotes+" + TOKEN + "@entidad.example";

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
    private final List<ProviderEvent> kept = new ArrayList<>();
    private GreenMailUser user;
    private BounceMailbox mailbox;

    @BeforeEach
    void start() {
        server.start();
        user = server.setUser("rebotes@entidad.example", "rebotes", "clave");
        mailbox = mailbox("clave");
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private BounceMailbox mailbox(String password) {
        return new BounceMailbox(
                new EmailProperties.Bounces(
                        null,
                        "127.0.0.1",
                        server.getImap().getPort(),
                        EmailProperties.Security.NONE,
                        "rebotes",
                        password,
                        "INBOX",
                        Duration.ofMinutes(1)),
                Samples.CLOCK);
    }

    @Test
    void postfixSaysThatNobodyIsThere() {
        arrives(VERP, POSTFIX);

        assertThat(mailbox.look(kept::addAll)).isEqualTo(new BounceMailbox.Look(1, 0, 0));

        assertUndelivered(Reason.Code.UNKNOWN_RECIPIENT, "5.1.1");
        assertThat(kept.toString()).doesNotContain("maria");
    }

    @Test
    void exchangeSaysThatNobodyIsThere() {
        arrives(VERP, EXCHANGE);

        mailbox.look(kept::addAll);

        assertUndelivered(Reason.Code.INVALID_ADDRESS, "5.1.10");
    }

    @Test
    void gmailSaysThatTheMailboxIsFullAndNamesTheDeliveryOnlyInWhatItReturns() {
        arrives("avisos@entidad.example", GMAIL_FULL);

        mailbox.look(kept::addAll);

        assertUndelivered(Reason.Code.MAILBOX_FULL, "5.2.2");
    }

    @Test
    void aFailureWithoutADetailedStatusIsReadFromTheRemoteServersWords() {
        arrives(VERP, POSTFIX.replace("Status: 5.1.1", "Status: 5.0.0"));

        mailbox.look(kept::addAll);

        assertUndelivered(Reason.Code.UNKNOWN_RECIPIENT, "5.1.1");
    }

    @Test
    void givenUpAfterDaysIsNotTheAddressesFault() {
        arrives(VERP, POSTFIX.replace("Status: 5.1.1", "Status: 4.4.1").replace("550 5.1.1", "450 4.4.1"));

        mailbox.look(kept::addAll);

        assertUndelivered(Reason.Code.UNREACHABLE, "4.4.1");
    }

    @Test
    void aDelayIsNoEnd() {
        arrives(VERP, POSTFIX.replace("Action: failed", "Action: delayed").replace("Status: 5.1.1", "Status: 4.4.1"));

        assertThat(mailbox.look(kept::addAll)).isEqualTo(new BounceMailbox.Look(0, 1, 0));

        assertThat(kept).isEmpty();
    }

    @Test
    void aComplaintIsNoBounce() {
        arrives("quejas@entidad.example", COMPLAINT);

        mailbox.look(kept::addAll);

        assertThat(kept).singleElement().isInstanceOfSatisfying(Complained.class, complaint -> assertThat(
                        complaint.token())
                .isEqualTo(TOKEN));
    }

    @Test
    void absencesAreIgnoredAndLettersAreLeftUnreadForPeople() throws Exception {
        arrives(VERP, "Auto-Submitted: auto-replied\r\nSubject: Fuera de la oficina\r\n\r\nVuelvo el lunes.\r\n");
        arrives("rebotes@entidad.example", "Subject: Pregunta\r\n\r\n¿A qué hora es?\r\n");

        assertThat(mailbox.look(kept::addAll)).isEqualTo(new BounceMailbox.Look(0, 1, 1));

        assertThat(kept).isEmpty();
        assertThat(server.getReceivedMessages()).hasSize(2);
        assertThat(isRead(0)).isTrue();
        assertThat(isRead(1)).isFalse();
        assertThat(mailbox.look(kept::addAll)).isEqualTo(new BounceMailbox.Look(0, 0, 0));
        arrives(VERP, POSTFIX);
        assertThat(mailbox.look(kept::addAll)).isEqualTo(new BounceMailbox.Look(1, 0, 0));
    }

    @Test
    void whatPeopleHaveMarkedAsDeletedIsNotExpunged() throws Exception {
        arrives("rebotes@entidad.example", "Subject: Pregunta\r\n\r\n¿A qué hora es?\r\n");
        server.getManagers()
                .getImapHostManager()
                .getInbox(user)
                .getMessages()
                .get(0)
                .setFlag(Flags.Flag.DELETED, true);

        mailbox.look(kept::addAll);

        assertThat(server.getReceivedMessages()).hasSize(1);
    }

    @Test
    void aMailThatCannotBeKeptDoesNotHoldUpTheNextOnes() throws Exception {
        arrives(VERP, POSTFIX);
        arrives(VERP, EXCHANGE);

        var look = mailbox.look(events -> {
            if (events.toString().contains("5.1.1,")) {
                throw new IllegalStateException("not to be stored");
            }
            kept.addAll(events);
        });

        assertThat(look).isEqualTo(new BounceMailbox.Look(1, 0, 0));
        assertUndelivered(Reason.Code.INVALID_ADDRESS, "5.1.10");
        assertThat(isRead(0)).isFalse();
        assertThat(isRead(1)).isTrue();
    }

    @Test
    void whatCouldNotBeKeptIsReadAgainWithTheSameKey() throws Exception {
        arrives(VERP, POSTFIX);
        var lost = new ArrayList<ProviderEvent>();

        assertThatThrownBy(() -> mailbox.look(events -> {
                    lost.addAll(events);
                    throw new IllegalStateException("database away");
                }))
                .isInstanceOf(IllegalStateException.class);
        mailbox.look(kept::addAll);

        assertThat(kept).isEqualTo(lost).hasSize(1);
        assertThat(isRead(0)).isTrue();
        assertThat(mailbox.look(kept::addAll)).isEqualTo(new BounceMailbox.Look(0, 0, 0));
    }

    @Test
    void aRefusedLogInNamesNeitherUserNorPassword() {
        assertThatThrownBy(() -> mailbox("otra").look(kept::addAll))
                .hasMessageContaining("AuthenticationFailedException")
                .hasMessageNotContainingAny("rebotes", "otra");
    }

    private boolean isRead(int index) throws Exception {
        return server.getReceivedMessages()[index].isSet(Flags.Flag.SEEN);
    }

    private void assertUndelivered(Reason.Code code, String providerCode) {
        assertThat(kept).singleElement().isInstanceOfSatisfying(StatusReported.class, report -> {
            assertThat(report.token()).isEqualTo(TOKEN);
            assertThat(report.status()).isEqualTo(Status.UNDELIVERED);
            var reason = Objects.requireNonNull(report.reason());
            assertThat(reason.code()).isEqualTo(code);
            assertThat(reason.providerCode()).isEqualTo(providerCode);
        });
    }

    private void arrives(String to, String rest) {
        var text = "To: " + to + "\r\nMessage-ID: <" + UUID.randomUUID() + "@mx.example>\r\n"
                + rest.replaceAll("\r?\n", "\r\n");
        try {
            user.deliver(new MimeMessage(
                    Session.getInstance(new Properties()),
                    new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static final String POSTFIX = """
            Return-Path: <>
            From: MAILER-DAEMON@mail.entidad.example (Mail Delivery System)
            Subject: Undelivered Mail Returned to Sender
            Auto-Submitted: auto-replied
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary="9B095B5ADSN.1668/mail"
            Date: Thu, 05 Nov 2026 09:00:01 -0500

            This is a MIME-encapsulated message.

            --9B095B5ADSN.1668/mail
            Content-Description: Notification
            Content-Type: text/plain; charset=us-ascii

            This is the mail system at host mail.entidad.example.

            <maria.nanez@example.org>: host mx.example.org[192.0.2.7] said: 550 5.1.1
                <maria.nanez@example.org>: Recipient address rejected: User unknown

            --9B095B5ADSN.1668/mail
            Content-Description: Delivery report
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mail.entidad.example
            X-Postfix-Queue-ID: 9B095B5ADSN
            Arrival-Date: Thu,  5 Nov 2026 09:00:00 -0500 (-05)

            Final-Recipient: rfc822; maria.nanez@example.org
            Original-Recipient: rfc822;maria.nanez@example.org
            Action: failed
            Status: 5.1.1
            Remote-MTA: dns; mx.example.org
            Diagnostic-Code: smtp; 550 5.1.1 <maria.nanez@example.org>: Recipient address
                rejected: User unknown in virtual mailbox table

            --9B095B5ADSN.1668/mail
            Content-Description: Undelivered Message Headers
            Content-Type: text/rfc822-headers

            From: Entidad <avisos@entidad.example>
            Subject: Invitacion
            Message-ID: <00000000-0000-4000-8000-000000000000@entidad.example>

            --9B095B5ADSN.1668/mail--
            """;

    private static final String EXCHANGE = """
            From: Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@alcaldia.example>
            Subject: No se puede entregar: Invitacion
            Date: Thu, 5 Nov 2026 14:00:03 +0000
            Content-Language: es-CO
            X-Auto-Response-Suppress: DR, OOF, AutoReply
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status;
            	boundary="a1b2c3d4-1"

            --a1b2c3d4-1
            Content-Type: multipart/alternative; boundary="a1b2c3d4-2"

            --a1b2c3d4-2
            Content-Type: text/plain; charset="us-ascii"

            Su mensaje para maria.nanez@alcaldia.example no se pudo entregar.

            --a1b2c3d4-2
            Content-Type: text/html; charset="us-ascii"

            <p>Su mensaje no se pudo entregar.</p>

            --a1b2c3d4-2--

            --a1b2c3d4-1
            Content-Type: message/delivery-status

            Reporting-MTA: dns;BN8NAM11FT031.mail.protection.outlook.com
            Received-From-MTA: dns;mail.entidad.example
            Arrival-Date: Thu, 5 Nov 2026 14:00:01 +0000

            Final-Recipient: rfc822;maria.nanez@alcaldia.example
            Action: failed
            Status: 5.1.10
            Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient maria.nanez@alcaldia.example not found by SMTP address lookup

            --a1b2c3d4-1
            Content-Type: message/rfc822

            From: Entidad <avisos@entidad.example>
            Subject: Invitacion

            Buenos dias.

            --a1b2c3d4-1--
            """;

    private static final String GMAIL_FULL = """
            From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
            Auto-Submitted: auto-replied
            Subject: Delivery Status Notification (Failure)
            X-Failed-Recipients: maria.nanez@gmail.example
            Date: Thu, 05 Nov 2026 06:00:02 -0800 (PST)
            MIME-Version: 1.0
            Content-Type: multipart/report; boundary="000000000000f1c8d105"; report-type=delivery-status

            --000000000000f1c8d105
            Content-Type: multipart/related; boundary="000000000000f1d0a206"

            --000000000000f1d0a206
            Content-Type: text/plain; charset="UTF-8"

            ** Bandeja de entrada llena **

            --000000000000f1d0a206--

            --000000000000f1c8d105
            Content-Type: message/delivery-status

            Reporting-MTA: dns; googlemail.com
            Received-From-MTA: dns; avisos@entidad.example
            Arrival-Date: Thu, 05 Nov 2026 06:00:01 -0800 (PST)
            X-Original-Message-ID: <%1$s@entidad.example>

            Final-Recipient: rfc822; maria.nanez@gmail.example
            Action: failed
            Status: 5.2.2
            Remote-MTA: dns; gmail-smtp-in.l.google.com. (142.250.0.26, the server for the domain.)
            Diagnostic-Code: smtp; 552-5.2.2 The email account that you tried to reach is over quota.
             552 5.2.2 https://support.google.com/mail/?p=OverQuotaPerm
            Last-Attempt-Date: Thu, 05 Nov 2026 06:00:02 -0800 (PST)

            --000000000000f1c8d105
            Content-Type: message/rfc822

            From: Entidad <avisos@entidad.example>
            To: maria.nanez@gmail.example
            Message-ID: <%1$s@entidad.example>
            Subject: Invitacion

            Buenos dias.

            --000000000000f1c8d105--
            """.formatted(TOKEN);

    private static final String COMPLAINT = """
            From: feedbackloop@mail.example
            Subject: FW: Invitacion
            Date: Thu, 05 Nov 2026 15:00:00 +0000
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=feedback-report; boundary="part1_13d.2e68ed54_boundary"

            --part1_13d.2e68ed54_boundary
            Content-Type: text/plain; charset="US-ASCII"

            This is an email abuse report.

            --part1_13d.2e68ed54_boundary
            Content-Type: message/feedback-report

            Feedback-Type: abuse
            User-Agent: SomeGenerator/1.0
            Version: 1

            --part1_13d.2e68ed54_boundary
            Content-Type: message/rfc822

            From: Entidad <avisos@entidad.example>
            Message-ID: <%s@entidad.example>
            Subject: Invitacion

            Buenos dias.

            --part1_13d.2e68ed54_boundary--
            """.formatted(TOKEN);
}
