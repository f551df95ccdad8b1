package org.pregonero.dispatcher.sandbox.web;

import jakarta.mail.MessagingException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.sandbox.Outbox;
import org.pregonero.dispatcher.sandbox.PhoneMessage;
import org.pregonero.dispatcher.sandbox.Post;
import org.pregonero.dispatcher.sandbox.Sandbox;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.stereotype.Component;

/** Everything that the sandbox took, of all channels, newest first. */
@Component
@ConditionalOnBean(Sandbox.class)
class Tray {

    private static final String EMAIL = "EMAIL";
    private static final String POSTER = "POSTER";
    private static final String MAIL_ID = "\\d{13}-\\d{6}";

    private final Sandbox sandbox;
    private final Path posters;

    Tray(Sandbox sandbox, @Value("${pregonero.channels.poster.directory}") Path posters) {
        this.sandbox = sandbox;
        this.posters = posters;
    }

    /** @param name of the file, by which it is found again */
    private record Kept(Instant at, String channel, String name) {}

    /**
     * One thing that somebody would have seen. Exactly one of the last four is there.
     *
     * @param recipient as people read it; empty for what is for everybody
     * @param key of the recipient, for addresses of pages, which show no addresses of people
     * @param poster its address below {@code /piezas}
     */
    record Card(
            String id,
            Instant at,
            String channel,
            String recipient,
            String key,
            @Nullable SandboxMail mail,
            @Nullable PhoneMessage phone,
            @Nullable Post post,
            @Nullable String poster) {}

    /** @param key of one recipient, or null for all */
    List<Card> cards(@Nullable String channel, @Nullable String key, long skip, int limit) {
        return kept().filter(kept -> channel == null || kept.channel().equals(channel))
                .filter(kept -> key == null || key(recipient(kept)).equals(key))
                .skip(skip)
                .limit(limit)
                .map(this::card)
                .toList();
    }

    /** The key of the newest recipient whose address contains this. */
    Optional<String> find(String part) {
        return kept().map(this::recipient)
                .filter(recipient -> recipient.contains(part))
                .findFirst()
                .map(Tray::key);
    }

    Optional<PhoneMessage> phone(String id) {
        String channel = Outbox.channelOf(id);
        return channel.equals("WHATSAPP") || channel.equals("SMS")
                ? sandbox.outbox().read(id, PhoneMessage.class)
                : Optional.empty();
    }

    /** What was written between the institution and a person, oldest first. */
    List<PhoneMessage> conversation(PhoneMessage one, int limit) {
        var newest = sandbox.outbox()
                .newest(java.util.Set.of(one.channel()), PhoneMessage.class)
                .filter(message -> message.person().equals(one.person()))
                .limit(limit)
                .toList();
        var oldest = new ArrayList<>(newest);
        java.util.Collections.reverse(oldest);
        return oldest;
    }

    Optional<SandboxMail> mail(String id) {
        Path file = sandbox.mailbox().directory().resolve(id + ".eml");
        if (!id.matches(MAIL_ID) || !Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(SandboxMail.read(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MessagingException e) {
            throw new IllegalStateException("A kept mail cannot be read", e);
        }
    }

    private Stream<Kept> kept() {
        var all = new ArrayList<Kept>();
        for (String name : sandbox.mailbox().names()) {
            all.add(new Kept(Outbox.timeOf(name), EMAIL, name));
        }
        for (String name : sandbox.outbox().ids()) {
            all.add(new Kept(Outbox.timeOf(name), Outbox.channelOf(name), name));
        }
        if (Files.isDirectory(posters)) {
            try (Stream<Path> files = Files.walk(posters, 2)) {
                for (Path file :
                        files.filter(file -> file.toString().endsWith(".pdf")).toList()) {
                    all.add(new Kept(
                            Files.getLastModifiedTime(file).toInstant(),
                            POSTER,
                            posters.relativize(file).toString()));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all.stream()
                .sorted(Comparator.comparing(Kept::at).thenComparing(Kept::name).reversed());
    }

    private Card card(Kept kept) {
        String recipient = recipient(kept);
        var outbox = sandbox.outbox();
        return switch (kept.channel()) {
            case EMAIL -> card(kept, recipient, mail(kept.name()).orElseThrow(), null, null, null);
            case "WHATSAPP", "SMS" ->
                card(
                        kept,
                        recipient,
                        null,
                        outbox.read(kept.name(), PhoneMessage.class).orElseThrow(),
                        null,
                        null);
            case POSTER -> card(kept, recipient, null, null, null, "/piezas/" + kept.name());
            default ->
                card(
                        kept,
                        recipient,
                        null,
                        null,
                        outbox.read(kept.name(), Post.class).orElseThrow(),
                        null);
        };
    }

    private static Card card(
            Kept kept,
            String recipient,
            @Nullable SandboxMail mail,
            @Nullable PhoneMessage phone,
            @Nullable Post post,
            @Nullable String poster) {
        return new Card(kept.name(), kept.at(), kept.channel(), recipient, key(recipient), mail, phone, post, poster);
    }

    private String recipient(Kept kept) {
        return switch (kept.channel()) {
            case EMAIL -> deliveredTo(sandbox.mailbox().directory().resolve(kept.name() + ".eml"));
            case "WHATSAPP", "SMS" ->
                sandbox.outbox()
                        .read(kept.name(), PhoneMessage.class)
                        .map(PhoneMessage::person)
                        .orElse("");
            default -> "";
        };
    }

    /** The second line of a kept mail. */
    private static String deliveredTo(Path mail) {
        try (BufferedReader lines = Files.newBufferedReader(mail, StandardCharsets.ISO_8859_1)) {
            lines.readLine();
            String line = lines.readLine();
            return line == null || !line.startsWith("Delivered-To: <")
                    ? ""
                    : line.substring("Delivered-To: <".length(), line.length() - 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String key(String recipient) {
        return DigestUtils.sha256Hex(recipient).substring(0, 16);
    }
}
