package org.pregonero.dispatcher.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A real SMTP server on loopback that keeps what it takes, and treats single recipients badly: see {@link Behaviour}.
 * What it answered with 250 is in {@link #accepted()}; what it received completely without answering is not.
 */
public final class MailServer implements AutoCloseable {

    /** What a recipient meets. */
    public enum Behaviour {
        TAKE,
        /** 451 at the first RCPT, then taken. */
        DEFER_ONCE,
        /** 451 at every RCPT. */
        DEFER,
        /** 550 5.1.1 at RCPT. */
        REFUSE,
        /** 421 at the first RCPT, and the line is dropped; then taken. */
        BUSY_ONCE,
        /** The whole message is read and the line dropped without an answer. */
        DROP_AFTER_DATA,
        /** The whole message is read and never answered. */
        STALL
    }

    /** A mail that was taken. */
    public record Mail(String recipient, String source) {

        private static final Pattern MESSAGE_ID =
                Pattern.compile("^Message-ID:\\s*(\\S+)", Pattern.MULTILINE | Pattern.CASE_INSENSITIVE);

        public String messageId() {
            var id = MESSAGE_ID.matcher(source);
            if (!id.find()) {
                throw new IllegalStateException("A mail without Message-ID");
            }
            return id.group(1);
        }
    }

    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
    private final List<Mail> accepted = new CopyOnWriteArrayList<>();
    private final List<Mail> received = new CopyOnWriteArrayList<>();
    private final Set<String> met = ConcurrentHashMap.newKeySet();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicInteger delayMillis = new AtomicInteger();
    private @Nullable ServerSocket server;
    private final int port;

    public MailServer() {
        port = listen(0);
    }

    public int port() {
        return port;
    }

    public List<Mail> accepted() {
        return List.copyOf(accepted);
    }

    public int count() {
        return accepted.size();
    }

    /** Every mail that came in completely, answered or not. */
    public List<Mail> received() {
        return List.copyOf(received);
    }

    public void treat(String recipient, Behaviour behaviour) {
        behaviours.put(recipient, behaviour);
    }

    /** Lets every mail take so long. */
    public void takeTime(int millis) {
        delayMillis.set(millis);
    }

    public void forget() {
        accepted.clear();
        received.clear();
        behaviours.clear();
        met.clear();
        delayMillis.set(0);
    }

    /** Stops listening and drops every line. */
    public synchronized void goDown() {
        try {
            if (server != null) {
                server.close();
            }
            for (var socket : open) {
                socket.close();
            }
            open.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Listens again on the same port, unless it does. */
    public synchronized void comeBack() {
        if (server == null || server.isClosed()) {
            listen(port);
        }
    }

    private synchronized int listen(int wanted) {
        try {
            var socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 200);
            server = socket;
            start("mail-server", () -> accept(socket));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket listening) {
        while (!listening.isClosed()) {
            try {
                var socket = listening.accept();
                open.add(socket);
                start("mail-connection", () -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            var in = new BufferedInputStream(socket.getInputStream());
            var out = socket.getOutputStream();
            say(out, "220 test ESMTP");
            String recipient = "";
            for (var line = line(in); line != null; line = line(in)) {
                var verb = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
                switch (verb) {
                    case "EHLO" -> say(out, "250-test\r\n250-PIPELINING\r\n250 8BITMIME");
                    case "RCPT" -> {
                        recipient = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
                        if (!greet(recipient, out)) {
                            return;
                        }
                    }
                    case "DATA" -> {
                        if (!take(recipient, in, out)) {
                            return;
                        }
                    }
                    case "QUIT" -> {
                        say(out, "221 bye");
                        return;
                    }
                    default -> say(out, "250 ok");
                }
            }
        } catch (IOException | InterruptedException e) {
            // the client has gone, or we have
        } finally {
            open.remove(socket);
        }
    }

    private boolean greet(String recipient, OutputStream out) throws IOException {
        var first = met.add(recipient);
        switch (behaviours.getOrDefault(recipient, Behaviour.TAKE)) {
            case REFUSE -> say(out, "550 5.1.1 <" + recipient + ">: no such user");
            case DEFER -> say(out, "451 4.7.1 later");
            case DEFER_ONCE -> say(out, first ? "451 4.7.1 greylisted" : "250 ok");
            case BUSY_ONCE -> {
                say(out, first ? "421 4.3.2 shutting down" : "250 ok");
                return !first;
            }
            default -> say(out, "250 ok");
        }
        return true;
    }

    private boolean take(String recipient, InputStream in, OutputStream out) throws IOException, InterruptedException {
        var behaviour = behaviours.getOrDefault(recipient, Behaviour.TAKE);
        if (behaviour == Behaviour.REFUSE || behaviour == Behaviour.DEFER) {
            say(out, "554 no valid recipients");
            return true;
        }
        say(out, "354 go on");
        var mail = new Mail(recipient, data(in));
        received.add(mail);
        if (behaviour == Behaviour.DROP_AFTER_DATA) {
            return false;
        }
        if (behaviour == Behaviour.STALL) {
            closing.await();
            return false;
        }
        if (delayMillis.get() > 0 && closing.await(delayMillis.get(), java.util.concurrent.TimeUnit.MILLISECONDS)) {
            return false;
        }
        accepted.add(mail);
        say(out, "250 2.0.0 Ok: queued as T" + accepted.size());
        return true;
    }

    private static String data(InputStream in) throws IOException {
        var text = new StringBuilder();
        for (var line = line(in); line != null; line = line(in)) {
            if (line.equals(".")) {
                return text.toString();
            }
            text.append(line.startsWith(".") ? line.substring(1) : line).append('\n');
        }
        throw new IOException("The client left within DATA");
    }

    private static @Nullable String line(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (var next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                return bytes.toString(StandardCharsets.UTF_8).replaceAll("\r$", "");
            }
            bytes.write(next);
        }
        return null;
    }

    private static void say(OutputStream out, String answer) throws IOException {
        out.write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static void start(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        closing.countDown();
        goDown();
    }
}
