package org.pregonero.dispatcher.sandbox.web;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A mail as a mail program shows it. */
final class SandboxMail {

    private static final String BASE = "<base target=\"_blank\">";

    private final MimeMessage message;
    private final Map<String, String> pictures = new HashMap<>();
    private final List<String> attachments = new ArrayList<>();
    private @Nullable String html;
    private @Nullable String text;

    private SandboxMail(MimeMessage message) {
        this.message = message;
    }

    static SandboxMail read(Path file) throws IOException, MessagingException {
        try (InputStream in = Files.newInputStream(file)) {
            var mail = new SandboxMail(new MimeMessage(Session.getInstance(new Properties()), in));
            mail.look(mail.message);
            return mail;
        }
    }

    private void look(Part part) throws MessagingException, IOException {
        String name = part.getFileName();
        if (part.isMimeType("multipart/*")) {
            Multipart parts = (Multipart) part.getContent();
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart inner = parts.getBodyPart(i);
                look(inner);
            }
        } else if (part.isMimeType("image/*") && part.getHeader("Content-ID") != null) {
            String type = part.getContentType().split(";", 2)[0].strip();
            pictures.put(
                    part.getHeader("Content-ID")[0].replaceAll("[<>\\s]", ""),
                    "data:" + type + ";base64,"
                            + Base64.getEncoder()
                                    .encodeToString(part.getInputStream().readAllBytes()));
        } else if (name != null || Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition())) {
            attachments.add(
                    Objects.requireNonNullElse(name, part.getContentType().split(";", 2)[0]));
        } else if (part.isMimeType("text/html") && html == null) {
            html = part.getContent().toString();
        } else if (part.isMimeType("text/plain") && text == null) {
            text = part.getContent().toString();
        } else if (part.isMimeType("text/calendar")) {
            attachments.add("invitacion.ics");
        }
    }

    public String getSubject() throws MessagingException {
        return Objects.requireNonNullElse(message.getSubject(), "");
    }

    public String getFrom() throws MessagingException {
        var from = message.getFrom();
        return from == null || from.length == 0
                ? ""
                : from[0] instanceof jakarta.mail.internet.InternetAddress address
                        ? address.toUnicodeString()
                        : from[0].toString();
    }

    public String getText() {
        return Objects.requireNonNullElse(text, "").strip();
    }

    public boolean isHtml() {
        return html != null;
    }

    public List<String> getAttachments() {
        return attachments;
    }

    /** The HTML part with its pictures inside, its links opening in a window of their own. */
    String page() {
        String page = Objects.requireNonNullElse(html, "");
        for (var picture : pictures.entrySet()) {
            page = page.replace("cid:" + picture.getKey(), picture.getValue());
        }
        return page.contains("<head>") ? page.replaceFirst("<head>", "<head>" + BASE) : BASE + page;
    }
}
