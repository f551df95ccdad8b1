package org.pregonero.channels.email;

import jakarta.mail.internet.ContentDisposition;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.internet.ParameterList;
import jakarta.mail.internet.ParseException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pregonero.templates.Attachment;
import org.pregonero.templates.InlineImage;
import org.pregonero.templates.RenderedEmail;
import org.pregonero.templates.Sender;

/**
 * Writes a rendered e-mail as Internet message (RFC 5322, MIME), straight into bytes: all of it is known beforehand, so
 * nothing has to be parsed, guessed or encoded twice.
 *
 * <pre>
 * mixed                      only with an event or attachments
 * ├─ related                 only with pictures
 * │  ├─ alternative
 * │  │  ├─ text/plain
 * │  │  ├─ text/html
 * │  │  └─ text/calendar     only with an event
 * │  └─ picture …
 * ├─ invite.ics              only with an event
 * └─ attachment …
 * </pre>
 *
 * <p>There is no {@code Precedence} field: {@code Auto-Submitted} (RFC 3834) says the same to those who listen, and
 * {@code bulk} would sort an invitation among advertisements.
 */
final class MailComposer {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Cntrl}]+");
    private static final Pattern METHOD = Pattern.compile("(?m)^METHOD:([A-Za-z]+)");
    private static final Pattern CONTENT_ID = Pattern.compile("[A-Za-z0-9._@+-]+");
    private static final Base64.Encoder BASE64 = Base64.getMimeEncoder();

    private final Clock clock;
    private final String messageIdDomain;
    private final Mailbox from;
    private final @Nullable Mailbox replyTo;

    MailComposer(Clock clock, Mailbox from, @Nullable Mailbox replyTo, String messageIdDomain) {
        this.clock = clock;
        this.messageIdDomain = messageIdDomain;
        this.from = from;
        this.replyTo = replyTo;
    }

    /** The complete message, lines ending in CRLF, ready for a signature and for DATA. */
    byte[] compose(UUID token, Mailbox to, RenderedEmail email, @Nullable URI unsubscribe) {
        ByteBuilder out = new ByteBuilder(estimate(email));
        field(out, "From", from.named(email.sender().name()).header());
        Mailbox answers = answers(email.sender());
        if (answers != null) {
            field(out, "Reply-To", answers.header());
        }
        field(out, "To", to.header());
        field(out, "Subject", encoded(email.subject()));
        field(out, "Date", DATE.format(ZonedDateTime.now(clock)));
        field(out, "Message-ID", "<" + token + "@" + messageIdDomain + ">");
        field(out, "Auto-Submitted", "auto-generated");
        if (unsubscribe != null) {
            // Never folded nor encoded: RFC 8058 clients take the URI as it stands.
            out.append("List-Unsubscribe: <" + unsubscribe.toASCIIString() + ">")
                    .crlf();
            field(out, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        field(out, "MIME-Version", "1.0");
        new Parts(out, "=_" + token, email).write();
        return out.toByteArray();
    }

    /** Where answers go; an address that cannot be one does not keep a mail from leaving. */
    private @Nullable Mailbox answers(Sender sender) {
        return sender.replyTo() == null
                ? replyTo
                : Mailbox.of(sender.replyTo(), null).orElse(replyTo);
    }

    /** About how many bytes the message has. */
    static int estimate(RenderedEmail email) {
        long size = 4_096 + email.html().length() * 5L / 4 + email.text().length() * 5L / 4;
        for (InlineImage image : email.images()) {
            size += image.bytes().length * 7L / 5;
        }
        for (Attachment attachment : email.attachments()) {
            size += attachment.bytes().length * 7L / 5;
        }
        return (int) Math.min(size, Integer.MAX_VALUE - 16);
    }

    private static void field(ByteBuilder out, String name, String value) {
        out.append(name).append(": ");
        out.append(MimeUtility.fold(name.length() + 2, value)).crlf();
    }

    private static String encoded(String text) {
        String line = BLANKS.matcher(text).replaceAll(" ").strip();
        return EncodedWord.needed(line) ? EncodedWord.of(line) : line;
    }

    /** The body's parts, from the outermost in. */
    private record Parts(ByteBuilder out, String boundary, RenderedEmail email) {

        void write() {
            if (email.calendar() == null && email.attachments().isEmpty()) {
                related();
                return;
            }
            String mixed = open("mixed", "1");
            next(mixed);
            related();
            if (email.calendar() != null) {
                next(mixed);
                // As attachment too, for programs that pass over an alternative that they cannot show.
                file(new Attachment(
                        "invite.ics", "application/ics", email.calendar().getBytes(StandardCharsets.UTF_8)));
            }
            for (Attachment attachment : email.attachments()) {
                next(mixed);
                file(attachment);
            }
            close(mixed);
        }

        private void related() {
            List<InlineImage> images = email.images();
            if (images.isEmpty()) {
                alternative();
                return;
            }
            String related = open("related; type=\"multipart/alternative\"", "2");
            next(related);
            alternative();
            for (InlineImage image : images) {
                next(related);
                picture(image);
            }
            close(related);
        }

        private void alternative() {
            String alternative = open("alternative", "3");
            next(alternative);
            text("text/plain; charset=UTF-8", email.text());
            next(alternative);
            text("text/html; charset=UTF-8", email.html());
            String calendar = email.calendar();
            if (calendar != null) {
                Matcher method = METHOD.matcher(calendar);
                next(alternative);
                text("text/calendar; charset=UTF-8; method=" + (method.find() ? method.group(1) : "REQUEST"), calendar);
            }
            close(alternative);
        }

        private String open(String subtype, String level) {
            String line = boundary + "." + level;
            out.append("Content-Type: multipart/" + subtype + ";").crlf();
            out.append("\tboundary=\"" + line + "\"").crlf().crlf();
            return line;
        }

        private void next(String line) {
            out.append("--" + line).crlf();
        }

        private void close(String line) {
            out.append("--" + line + "--").crlf();
        }

        private void text(String type, String text) {
            out.append("Content-Type: " + type).crlf();
            out.append("Content-Transfer-Encoding: quoted-printable").crlf().crlf();
            QuotedPrintable.write(text, out);
        }

        private void picture(InlineImage image) {
            String id = image.contentId();
            if (!CONTENT_ID.matcher(id).matches()) {
                throw new IllegalArgumentException("Not a content id");
            }
            out.append("Content-Type: " + mediaType(image.mediaType())).crlf();
            out.append("Content-ID: <" + id + ">").crlf();
            out.append("Content-Disposition: inline").crlf();
            base64(image.bytes());
        }

        private void file(Attachment attachment) {
            ParameterList parameters = new ParameterList();
            parameters.set(
                    "filename",
                    BLANKS.matcher(attachment.fileName()).replaceAll(" ").strip(),
                    StandardCharsets.UTF_8.name());
            out.append("Content-Type: " + mediaType(attachment.mediaType())).crlf();
            out.append("Content-Disposition: " + new ContentDisposition("attachment", parameters))
                    .crlf();
            base64(attachment.bytes());
        }

        private void base64(byte[] bytes) {
            out.append("Content-Transfer-Encoding: base64").crlf().crlf();
            out.append(BASE64.encode(bytes)).crlf();
        }

        private static String mediaType(String mediaType) {
            try {
                return new ContentType(mediaType).toString();
            } catch (ParseException e) {
                return "application/octet-stream";
            }
        }
    }
}
