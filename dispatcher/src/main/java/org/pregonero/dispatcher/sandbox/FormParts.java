package org.pregonero.dispatcher.sandbox;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.ContentDisposition;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The parts of a {@code multipart/form-data} body (RFC 7578): fields and files by name. */
record FormParts(Map<String, String> fields, Map<String, byte[]> files) {

    /** @return no parts when the body is something else, or cannot be read */
    static FormParts of(Call call) throws IOException {
        var parts = new FormParts(new LinkedHashMap<>(), new LinkedHashMap<>());
        Optional<String> type = call.header("content-type").filter(text -> text.startsWith("multipart/"));
        if (type.isEmpty()) {
            return parts;
        }
        try {
            var multipart = new MimeMultipart(new ByteArrayDataSource(call.body(), type.get()));
            for (int i = 0; i < multipart.getCount(); i++) {
                parts.add((MimeBodyPart) multipart.getBodyPart(i));
            }
            return parts;
        } catch (MessagingException e) {
            return parts;
        }
    }

    private void add(MimeBodyPart part) throws MessagingException, IOException {
        String[] disposition = part.getHeader("Content-Disposition");
        if (disposition == null) {
            return;
        }
        var parameters = new ContentDisposition(disposition[0]);
        String name = parameters.getParameter("name");
        byte[] content = part.getInputStream().readAllBytes();
        if (parameters.getParameter("filename") != null) {
            files.put(name, content);
        } else {
            fields.put(name, new String(content, StandardCharsets.UTF_8));
        }
    }
}
