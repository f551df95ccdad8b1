package org.pregonero.dispatcher.sandbox;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.runtime.PrivateFile;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.server.SMTPServer;

/**
 * An SMTP server on a random port of the loopback interface that takes every mail and keeps it as one {@code .eml}
 * file. The envelope is kept in the two headers that a mail server writes at delivery: {@code Return-Path} and
 * {@code Delivered-To}.
 */
public final class SandboxMailbox implements AutoCloseable {

    private static final int LARGEST_MESSAGE = 40 * 1024 * 1024;

    private final Path directory;
    private final AtomicLong sequence = new AtomicLong();
    private final SMTPServer server;

    private SandboxMailbox(Path directory) {
        this.directory = directory;
        this.server = SMTPServer.port(0)
                .bindAddress(InetAddress.getLoopbackAddress())
                .hostName("localhost")
                .softwareName("Pregonero sandbox")
                .backlog(512)
                .maxConnections(1000)
                .connectionTimeout(5, TimeUnit.MINUTES)
                .maxMessageSize(LARGEST_MESSAGE)
                .hideTLS()
                .insertReceivedHeaders(false)
                .serverThreadName("sandbox-smtp")
                .messageHandlerFactory(context -> new Delivery())
                .build();
    }

    /** Listens at once; files appear in {@code directory}, which is made with the first one. */
    public static SandboxMailbox open(Path directory) {
        SandboxMailbox mailbox = new SandboxMailbox(directory);
        mailbox.server.start();
        return mailbox;
    }

    public int port() {
        return server.getPortAllocated();
    }

    public Path directory() {
        return directory;
    }

    /** How many mails the directory holds, those of earlier starts included. */
    public long count() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".eml")).count();
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop();
    }

    /** One mail on its way in. */
    private final class Delivery implements MessageHandler {

        private final List<String> recipients = new ArrayList<>();
        private String sender = "";

        @Override
        public void from(String from) {
            sender = from;
        }

        @Override
        public void recipient(String recipient) {
            recipients.add(recipient);
        }

        @Override
        public @Nullable String data(InputStream data) throws IOException {
            PrivateFile.createDirectories(directory);
            String name =
                    String.format(Locale.ROOT, "%013d-%06d", System.currentTimeMillis(), sequence.incrementAndGet());
            Path unfinished = directory.resolve(name + ".part");
            try (OutputStream file =
                    new BufferedOutputStream(Channels.newOutputStream(PrivateFile.create(unfinished)))) {
                header(file, "Return-Path", sender);
                for (String recipient : recipients) {
                    header(file, "Delivered-To", recipient);
                }
                data.transferTo(file);
            }
            Files.move(unfinished, directory.resolve(name + ".eml"), StandardCopyOption.ATOMIC_MOVE);
            return "OK queued as " + name;
        }

        @Override
        public void done() {}

        private static void header(OutputStream file, String name, String address) throws IOException {
            file.write((name + ": <" + address + ">\r\n").getBytes(StandardCharsets.UTF_8));
        }
    }
}
