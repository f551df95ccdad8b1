package org.pregonero.channels.email;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;
import org.eclipse.angus.mail.dsn.DeliveryStatus;
import org.jspecify.annotations.Nullable;
import org.pregonero.channels.ProviderEvent;
import org.pregonero.channels.ProviderEvent.Complained;
import org.pregonero.channels.ProviderEvent.Status;
import org.pregonero.channels.ProviderEvent.StatusReported;
import org.pregonero.channels.ProviderWords;
import org.pregonero.channels.Reason;

/**
 * Understands the mails that come back: delivery status notifications (RFC 3464) and abuse reports (RFC 5965). Which
 * delivery one is about stands in the address that it was sent to, else in what is returned of our own mail.
 */
final class BounceReader {

    private static final int MUCH = 64 * 1024;
    private static final Set<String> COMPLAINTS = Set.of("abuse", "fraud", "virus", "other", "opt-out");
    private static final List<String> SENT_TO =
            List.of("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Rcpt-To");

    private static final String TOKEN = "([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})";
    private static final Pattern DETAIL = Pattern.compile("\\+" + TOKEN + "@");
    private static final Pattern OUR_ID = Pattern.compile("(?im)^Message-ID:\\s*<" + TOKEN + "@");
    private static final Pattern ENHANCED = Pattern.compile("(?<![\\d.])([245]\\.\\d{1,3}\\.\\d{1,3})(?![\\d.])");

    private final Clock clock;

    BounceReader(Clock clock) {
        this.clock = clock;
    }

    /**
     * What a mail is.
     *
     * @param event what it tells, or null where it tells nothing to be acted upon
     */
    record Reading(Kind kind, @Nullable ProviderEvent event) {}

    enum Kind {
        /** A report about one of our mails. */
        REPORT,
        /** Sent by a machine: a delay, a receipt, an absence. */
        AUTOMATIC,
        /** Written by somebody, or about a mail that we cannot name. */
        OTHER
    }

    Reading read(MimeMessage mail) throws MessagingException, IOException {
        List<Part> parts = new ArrayList<>();
        collect(mail, parts, 0);
        Optional<UUID> token = token(mail, parts);
        for (Part part : parts) {
            if (token.isPresent() && part.isMimeType("message/delivery-status")) {
                return status(mail, part, token.get());
            }
            if (token.isPresent() && part.isMimeType("message/feedback-report")) {
                return complaint(mail, part, token.get());
            }
        }
        return new Reading(automatic(mail) ? Kind.AUTOMATIC : Kind.OTHER, null);
    }

    private Reading status(MimeMessage mail, Part part, UUID token) throws MessagingException, IOException {
        DeliveryStatus report = new DeliveryStatus(new ByteArrayInputStream(bytes(part)));
        for (int i = 0; i < report.getRecipientDSNCount(); i++) {
            InternetHeaders recipient = report.getRecipientDSN(i);
            String action = field(recipient, "Action").toLowerCase(Locale.ROOT);
            if (action.startsWith("failed")) {
                return report(mail, token, Status.UNDELIVERED, reason(recipient));
            }
            if (action.startsWith("delivered")) {
                return report(mail, token, Status.DELIVERED, null);
            }
        }
        return new Reading(Kind.AUTOMATIC, null);
    }

    private Reading report(MimeMessage mail, UUID token, Status status, @Nullable Reason reason)
            throws MessagingException {
        return new Reading(Kind.REPORT, new StatusReported(key(mail), token, null, status, reason, clock.instant()));
    }

    private Reading complaint(MimeMessage mail, Part part, UUID token) throws MessagingException, IOException {
        InternetHeaders report = new InternetHeaders(new ByteArrayInputStream(bytes(part)));
        return COMPLAINTS.contains(field(report, "Feedback-Type").toLowerCase(Locale.ROOT))
                ? new Reading(Kind.REPORT, new Complained(key(mail), token, clock.instant()))
                : new Reading(Kind.AUTOMATIC, null);
    }

    /** The status's code (RFC 3463), or the remote server's where the status says no more than that it failed. */
    private static Reason reason(InternetHeaders recipient) {
        String diagnosis = field(recipient, "Diagnostic-Code");
        String code = enhanced(field(recipient, "Status")).orElse("5.0.0");
        if (code.endsWith(".0.0")) {
            code = enhanced(diagnosis).orElse(code);
        }
        return new Reason(code(code, diagnosis.toLowerCase(Locale.ROOT)), code, ProviderWords.redacted(diagnosis));
    }

    private static Reason.Code code(String enhanced, String diagnosis) {
        return switch (enhanced) {
            case "5.1.1", "5.1.6", "5.2.1" -> Reason.Code.UNKNOWN_RECIPIENT;
            case "5.1.2", "5.1.3", "5.1.10", "5.4.4" -> Reason.Code.INVALID_ADDRESS;
            case "5.2.2", "4.2.2" -> Reason.Code.MAILBOX_FULL;
            case "5.2.3", "5.3.4" -> Reason.Code.TOO_LARGE;
            // how Exchange Online says that nobody is there
            case "5.4.1" ->
                diagnosis.contains("recipient address rejected")
                        ? Reason.Code.UNKNOWN_RECIPIENT
                        : Reason.Code.UNREACHABLE;
            default -> {
                if (enhanced.startsWith("5.7.")) {
                    yield Reason.Code.BLOCKED;
                }
                if (enhanced.startsWith("5.6.")) {
                    yield Reason.Code.CONTENT_REFUSED;
                }
                yield enhanced.matches("[45]\\.4\\..*") ? Reason.Code.UNREACHABLE : Reason.Code.PROVIDER_TROUBLE;
            }
        };
    }

    private static Optional<String> enhanced(String text) {
        Matcher matcher = ENHANCED.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static Optional<UUID> token(MimeMessage mail, List<Part> parts) throws MessagingException, IOException {
        for (String name : SENT_TO) {
            String[] values = mail.getHeader(name);
            Optional<UUID> token = find(DETAIL, values == null ? "" : String.join(" ", values));
            if (token.isPresent()) {
                return token;
            }
        }
        for (Part part : parts) {
            if (part.isMimeType("message/rfc822") || part.isMimeType("text/rfc822-headers")) {
                Optional<UUID> token = find(OUR_ID, new String(bytes(part), US_ASCII));
                if (token.isPresent()) {
                    return token;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<UUID> find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(UUID.fromString(matcher.group(1))) : Optional.empty();
    }

    private static boolean automatic(MimeMessage mail) throws MessagingException {
        String submitted = first(mail, "Auto-Submitted").toLowerCase(Locale.ROOT);
        return (!submitted.isEmpty() && !submitted.startsWith("no"))
                || !first(mail, "X-Autoreply").isEmpty()
                || !first(mail, "X-Auto-Response-Suppress").isEmpty()
                || first(mail, "Precedence").toLowerCase(Locale.ROOT).matches("bulk|junk|auto_reply|list")
                || mail.isMimeType("multipart/report")
                || first(mail, "Return-Path").strip().equals("<>");
    }

    /** The parts that are not themselves made of parts; a returned mail is one of them. */
    private static void collect(Part part, List<Part> into, int depth) throws MessagingException, IOException {
        if (depth < 5 && new ContentType(part.getContentType()).getPrimaryType().equalsIgnoreCase("multipart")) {
            if (part.getContent() instanceof Multipart several) {
                for (int i = 0; i < several.getCount(); i++) {
                    collect(several.getBodyPart(i), into, depth + 1);
                }
            }
        } else {
            into.add(part);
        }
    }

    /** Its beginning; nothing that we look for is further down. */
    private static byte[] bytes(Part part) throws MessagingException, IOException {
        try (InputStream in = part.getInputStream()) {
            return in.readNBytes(MUCH);
        }
    }

    private static String field(InternetHeaders headers, String name) {
        String value = headers.getHeader(name, null);
        return value == null ? "" : value.strip();
    }

    private static String first(MimeMessage mail, String name) throws MessagingException {
        String value = mail.getHeader(name, null);
        return value == null ? "" : value;
    }

    /** Its Message-ID, or where it has none all its headers; hashed, since both may hold addresses. */
    private static String key(MimeMessage mail) throws MessagingException {
        StringBuilder name = new StringBuilder(first(mail, "Message-ID"));
        if (name.isEmpty()) {
            for (Header header : Collections.list(mail.getAllHeaders())) {
                name.append(header.getName())
                        .append(':')
                        .append(header.getValue())
                        .append('\n');
            }
        }
        return "mail-" + DigestUtils.sha256Hex(name.toString()).substring(0, 32);
    }
}
