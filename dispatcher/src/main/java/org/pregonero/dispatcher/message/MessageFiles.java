package org.pregonero.dispatcher.message;

import java.security.MessageDigest;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;
import org.pregonero.dispatcher.runtime.FileKind;
import org.pregonero.templates.InvalidTemplateException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Attachments and pictures of messages. A text names them by their content's SHA-256 ({@code "sha256"} in place of the bytes),
 * so that versions stay small, and whoever approved the text approved the file.
 */
@Repository
public class MessageFiles {

    private static final String NAME = "sha256";
    private static final String SHA256 = "[0-9a-f]{64}";

    private final JdbcClient jdbc;
    private final Clock clock;

    MessageFiles(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Keeps a file.
     *
     * @return its SHA-256 in lower-case hexadecimal
     */
    String keep(byte[] bytes, FileKind kind, long uploader) {
        var hash = DigestUtils.sha256(bytes);
        jdbc.sql("""
                        insert into message_file (sha256, media_type, bytes, uploaded_by, uploaded_at)
                        values (:hash, :type, :bytes, :uploader, :now)
                        on conflict do nothing
                        """)
                .param("hash", hash)
                .param("type", kind.mediaType())
                .param("bytes", bytes)
                .param("uploader", uploader)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        return HexFormat.of().formatHex(hash);
    }

    /** A file of a message. */
    @SuppressWarnings("ArrayRecordComponent")
    public record MessageFile(String mediaType, byte[] bytes) {}

    /** @param sha256 in hexadecimal; what is none is the name of no file */
    public Optional<MessageFile> find(String sha256) {
        if (!sha256.matches(SHA256)) {
            return Optional.empty();
        }
        return jdbc.sql("select media_type, bytes from message_file where sha256 = :hash")
                .param("hash", HexFormat.of().parseHex(sha256))
                .query((row, number) -> new MessageFile(row.getString("media_type"), row.getBytes("bytes")))
                .optional()
                .filter(file -> MessageDigest.isEqual(
                        DigestUtils.sha256(file.bytes()), HexFormat.of().parseHex(sha256)));
    }

    /** Whether all files that the content names are there, as they were when they were named. */
    boolean whole(JsonNode content) {
        var names = new HashSet<String>();
        collect(content, names);
        return names.isEmpty()
                || jdbc.sql("""
                                select count(*) from message_file
                                where encode(sha256, 'hex') = any(:names) and sha256 = sha256(bytes)
                                """)
                                .param("names", names.toArray(String[]::new))
                                .query(Long.class)
                                .single()
                        == names.size();
    }

    /** What a list of files weighs in bytes, each as often as it is in it. */
    long weightOfAll(JsonNode list) {
        var together = 0L;
        for (var file : list) {
            together += weight(file);
        }
        return together;
    }

    /** What a file weighs in bytes, whether it is named or written into the content. */
    public long weight(JsonNode file) {
        var name = file.path(NAME).asString("");
        if (!name.matches(SHA256)) {
            // four letters of Base64 for three bytes
            return file.path("bytes").asString("").length() * 3L / 4;
        }
        return jdbc.sql("select octet_length(bytes) from message_file where sha256 = decode(:name, 'hex')")
                .param("name", name)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    private static void collect(JsonNode node, Set<String> names) {
        if (node.isObject() && node.has(NAME)) {
            names.add(node.path(NAME).asString());
        }
        node.forEach(child -> collect(child, names));
    }

    /**
     * The content with the bytes of its files in it, as its type expects them.
     *
     * @throws InvalidTemplateException when a file is not there
     */
    JsonNode filled(JsonNode content) {
        var names = new HashSet<String>();
        collect(content, names);
        return names.isEmpty() ? content : fill(content.deepCopy());
    }

    private JsonNode fill(JsonNode node) {
        if (node instanceof ObjectNode object && object.has(NAME)) {
            var file = find(object.path(NAME).asString())
                    .orElseThrow(
                            () -> new InvalidTemplateException("Un archivo del mensaje no está; súbalo otra vez."));
            object.remove(NAME);
            object.put("mediaType", file.mediaType());
            // what the two kinds of records call it: Attachment and PostPicture
            object.put(object.has("fileName") ? "bytes" : "data", file.bytes());
        } else if (node instanceof ArrayNode || node instanceof ObjectNode) {
            node.forEach(this::fill);
        }
        return node;
    }
}
