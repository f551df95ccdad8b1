package org.pregonero.dispatcher.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxMailboxTest {

    @TempDir
    Path directory;

    @Test
    void keepsEveryMailWithItsEnvelopeAsOneFile() throws Exception {
        try (SandboxMailbox mailbox = SandboxMailbox.open(directory.resolve("mail"))) {
            assertThat(mailbox.count()).isZero();

            converse(
                    mailbox.port(),
                    "EHLO test",
                    "MAIL FROM:<vuelve+17@entidad.example>",
                    "RCPT TO:<ana@example.org>",
                    "DATA",
                    "Subject: Hola\r\n\r\n..punto\r\n.",
                    "QUIT");

            assertThat(mailbox.count()).isEqualTo(1);
            try (var files = Files.list(mailbox.directory())) {
                List<Path> found = files.toList();
                assertThat(found).hasSize(1);
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(found.get(0))))
                        .isEqualTo("rw-------");
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(mailbox.directory())))
                        .isEqualTo("rwx------");
                assertThat(Files.readString(found.get(0)))
                        .isEqualTo(String.join(
                                "\r\n",
                                "Return-Path: <vuelve+17@entidad.example>",
                                "Delivered-To: <ana@example.org>",
                                "Subject: Hola",
                                "",
                                ".punto",
                                ""));
            }
        }
    }

    private static void converse(int port, String... lines) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                var answers =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            assertThat(answer(answers)).startsWith("220");
            for (String line : lines) {
                socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
                assertThat(answer(answers)).matches("[23]\\d\\d .*");
            }
        }
    }

    private static String answer(BufferedReader answers) throws IOException {
        String line = answers.readLine();
        while (line.charAt(3) == '-') {
            line = answers.readLine();
        }
        return line;
    }
}
