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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.runtime.PrivateFile;
import org.pregonero.dispatcher.sandbox.FailureScript.Trouble;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;

/**
 * An SMTP server on a random port of the loopback interface that takes every mail and keeps it as one {@code .eml}
 * file. The envelope is kept in the two headers that a mail server writes at delivery: {@code Return-Path} and
 * {@code Delivered-To}.
 */
public final class SandboxMailbox implements AutoCloseable {

    private static final int LARGEST_MESSAGE = 40 * 1024 * 1024;
    private static final int SILENCE_SECONDS = 30;
    private static final String CHANNEL = "EMAIL";

    private final Path directory;
    private final FailureScripts scripts;
    private final BounceSink bounces;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicLong sequence = new AtomicLong();
    private final SMTPServer server;

    /** Sends a mail back to where it came from. */
    interface BounceSink {

        /**
         * @param returnPath the envelope's sender
         * @param recipient who could not be reached after all
         */
        void bounce(String returnPath, String recipient);
    }

    private SandboxMailbox(Path directory, FailureScripts scripts, BounceSink bounces) {
        this.directory = directory;
        this.scripts = scripts;
        this.bounces = bounces;
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
        return open(directory, new FailureScripts(), (returnPath, recipient) -> {});
    }

    static SandboxMailbox open(Path directory, FailureScripts scripts, BounceSink bounces) {
        SandboxMailbox mailbox = new SandboxMailbox(directory, scripts, bounces);
        mailbox.server.start();
        return mailbox;
    }

    public int port() {
        return server.getPortAllocated();
    }

    public Path directory() {
        return directory;
    }

    /** The names of all mails, newest first; their files end in {@code .eml}. */
    public List<String> names() {
        return Outbox.names(directory, ".eml");
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
        if (closing.getCount() > 0) {
            closing.countDown();
            server.stop();
        }
    }

    /** One mail on its way in. */
    private final class Delivery implements MessageHandler {

        private final List<String> recipients = new ArrayList<>();
        private String sender = "";
        private Trouble trouble = Trouble.NONE;

        @Override
        public void from(String from) throws RejectException {
            sender = from;
            trouble = scripts.befalls(CHANNEL);
            if (trouble == Trouble.OUTAGE) {
                throw new RejectException(451, "4.3.0 Mail system is not available, try again later");
            }
        }

        @Override
        public void recipient(String recipient) throws RejectException {
            if (trouble == Trouble.RATE_LIMIT) {
                throw new RejectException(451, "4.7.1 Too many messages, try again later");
            }
            if (scripts.of(CHANNEL).refuses(recipient)) {
                throw new RejectException(550, "5.1.1 No such user here");
            }
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
            recipients.stream()
                    .filter(recipient ->
                            !sender.isEmpty() && scripts.of(CHANNEL).returns(recipient))
                    .forEach(recipient -> bounces.bounce(sender, recipient));
            if (trouble == Trouble.NO_ANSWER) {
                keepSilent();
            }
            return "OK queued as " + name;
        }

        @Override
        public void done() {}

        private void keepSilent() {
            try {
                closing.await(SILENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private static void header(OutputStream file, String name, String address) throws IOException {
            file.write((name + ": <" + address + ">\r\n").getBytes(StandardCharsets.UTF_8));
        }
    }
}
