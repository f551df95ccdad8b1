package org.pregonero.channels.email;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A mail server that misbehaves on command. Each step (CONNECT, the verbs, and END for the final dot) takes its next scripted
 * answer, else the usual one. Besides texts there are {@link #DROP}, {@link #STALL} and {@link #HOLD}.
 */
final class ScriptedSmtp implements AutoCloseable {

    static final String DROP = "(drop)";
    static final String STALL = "(stall)";
    /** The usual answer, once {@link #letGo} was called. */
    static final String HOLD = "(hold)";

    private static final String OK = "250 2.0.0 Ok";

    final List<String> commands = new CopyOnWriteArrayList<>();
    final List<String> messages = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();

    private final Map<String, Deque<String>> script = new ConcurrentHashMap<>();
    private final Map<String, String> usual = new ConcurrentHashMap<>(Map.of(
            "CONNECT", "220 prueba ESMTP",
            "EHLO", "250-prueba\r\n250-SIZE 1000000\r\n250 8BITMIME",
            "DATA", "354 adelante",
            "END", "250 2.0.0 Ok: queued as 4XyZ12",
            "AUTH", "235 2.7.0 bien",
            "QUIT", "221 2.0.0 chao"));
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final ServerSocket server;

    ScriptedSmtp(String... extensions) {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        extend(extensions);
        Thread thread = new Thread(this::accept, "scripted-smtp");
        thread.setDaemon(true);
        thread.start();
    }

    private void extend(String... extensions) {
        for (String extension : extensions) {
            usual.merge(
                    "EHLO", "", (ehlo, none) -> ehlo.replace("250 8BITMIME", "250-" + extension + "\r\n250 8BITMIME"));
        }
    }

    int port() {
        return server.getLocalPort();
    }

    ScriptedSmtp on(String step, String... answers) {
        script.computeIfAbsent(step, s -> new ArrayDeque<>()).addAll(List.of(answers));
        return this;
    }

    ScriptedSmtp always(String step, String answer) {
        usual.put(step, answer);
        return this;
    }

    void letGo() {
        held.countDown();
    }

    /** Closes what clients hold open, as a server does with idle connections. */
    void closeConnections() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
        open.clear();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                if (server.isClosed()) {
                    // Came in while the listener was being taken down.
                    socket.close();
                    return;
                }
                open.add(socket);
                connections.incrementAndGet();
                Thread thread = new Thread(() -> serve(socket), "scripted-smtp-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            OutputStream out = socket.getOutputStream();
            if (!answer("CONNECT", out)) {
                return;
            }
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                commands.add(line);
                String verb = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
                String said = next(verb);
                if (!say(said, out) || verb.equals("QUIT")) {
                    return;
                }
                if (verb.equals("DATA") && said.startsWith("354") && !(receive(in) && answer("END", out))) {
                    return;
                }
            }
        } catch (IOException | InterruptedException e) {
            // The client has gone.
        }
    }

    private boolean receive(BufferedReader in) throws IOException {
        StringBuilder message = new StringBuilder();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.equals(".")) {
                messages.add(message.toString());
                return true;
            }
            message.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
        return false;
    }

    private boolean answer(String step, OutputStream out) throws IOException, InterruptedException {
        String said = next(step);
        if (said.equals(HOLD)) {
            held.await();
            said = usual.getOrDefault(step, OK);
        }
        return say(said, out);
    }

    private String next(String step) {
        Deque<String> answers = script.get(step);
        String scripted = answers == null ? null : answers.poll();
        return scripted == null ? usual.getOrDefault(step, OK) : scripted;
    }

    private boolean say(String said, OutputStream out) throws IOException, InterruptedException {
        if (said.equals(DROP)) {
            return false;
        }
        if (said.equals(STALL)) {
            closing.await();
            return false;
        }
        out.write((said + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        return true;
    }

    long count(String verb) {
        return commands.stream().filter(command -> command.startsWith(verb)).count();
    }

    @Override
    public void close() {
        closing.countDown();
        letGo();
        try {
            server.close();
            closeConnections();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
