package org.pregonero.channels.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pregonero.channels.email.Samples.CLOCK;
import static org.pregonero.channels.email.Samples.TOKEN;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pregonero.channels.CheckResult;
import org.pregonero.channels.Reason;
import org.pregonero.channels.SendOutcome.Accepted;

/** Towards a whole mail server, and what a mail program then reads. */
class RealServerTest {

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void aMailProgramReadsTheWholeMessage() throws Exception {
        server.setUser("pregonero", "clavé");
        try (EmailAdapter adapter = new EmailAdapter(
                Samples.settings(server.getSmtp().getPort(), "username", "pregonero", "password", "clavé"), CLOCK)) {

            assertThat(adapter.check()).isInstanceOf(CheckResult.Ok.class);
            assertThat(adapter.send(Samples.message(Samples.fullEmail()))).isInstanceOf(Accepted.class);
        }

        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("Invitación: rendición de cuentas 🎉");
        assertThat(((InternetAddress) mail.getAllRecipients()[0]).getPersonal()).isEqualTo("María Ñáñez");
        assertThat(((InternetAddress) mail.getFrom()[0]).getPersonal()).isEqualTo("Alcaldía de Ejemplo");
        assertThat(mail.getMessageID()).isEqualTo("<" + TOKEN + "@ejemplo.gov.co>");
        assertThat(mail.getHeader("List-Unsubscribe", null)).isEqualTo("<https://difusion.ejemplo.gov.co/baja/abc>");
        assertThat(mail.getHeader("List-Unsubscribe-Post", null)).isEqualTo("List-Unsubscribe=One-Click");

        Multipart mixed = parts(mail.getContent(), 3);
        Multipart related = parts(mixed.getBodyPart(0).getContent(), 2);
        Multipart alternative = parts(related.getBodyPart(0).getContent(), 3);
        assertThat(alternative.getBodyPart(0).getContent())
                .isEqualTo("Señora Ñáñez, acompáñenos.\r\n.punto al comienzo");
        assertThat(alternative.getBodyPart(1).getContent()).isEqualTo("<p>Señora Ñáñez, acompáñenos.</p>");
        assertThat(alternative.getBodyPart(2).getContentType())
                .isEqualTo("text/calendar; charset=UTF-8; method=REQUEST");
        assertThat(bytes(alternative.getBodyPart(2)))
                .asString(StandardCharsets.UTF_8)
                .contains("SUMMARY:Rendición");
        assertThat(related.getBodyPart(1).getHeader("Content-ID")).containsExactly("<logo>");
        assertThat(bytes(related.getBodyPart(1))).containsExactly(1, 2, 3);
        assertThat(mixed.getBodyPart(1).getFileName()).isEqualTo("invite.ics");
        assertThat(bytes(mixed.getBodyPart(1))).isEqualTo(Samples.CALENDAR.getBytes(StandardCharsets.UTF_8));
        assertThat(mixed.getBodyPart(2).getFileName()).isEqualTo("Informe de gestión año 2026.pdf");
        assertThat(mixed.getBodyPart(2).getHeader("Content-Disposition")[0]).contains("filename*=UTF-8''Informe");
    }

    @Test
    void aWrongPasswordTakesTheChannelDown() {
        server.setUser("pregonero", "clave");
        try (EmailAdapter adapter = new EmailAdapter(
                Samples.settings(server.getSmtp().getPort(), "username", "pregonero", "password", "otra"), CLOCK)) {

            assertThat(adapter.check()).isInstanceOfSatisfying(CheckResult.Failed.class, failed -> assertThat(
                            failed.reason().code())
                    .isEqualTo(Reason.Code.AUTHENTICATION));
        }
    }

    @Test
    void theSignatureHoldsUnderAnIndependentCheck() throws Exception {
        KeyPair key = rsa();
        String pem = "-----BEGIN PRIVATE KEY-----\\n"
                + Base64.getEncoder().encodeToString(key.getPrivate().getEncoded())
                + "\\n-----END PRIVATE KEY-----\\n";
        ScriptedSmtp smtp = new ScriptedSmtp("PIPELINING");
        try (smtp;
                EmailAdapter adapter = new EmailAdapter(
                        Samples.settings(
                                smtp.port(),
                                "dkim.domain",
                                "ejemplo.gov.co",
                                "dkim.selector",
                                "pregonero",
                                "dkim.private-key",
                                pem),
                        CLOCK)) {
            assertThat(adapter.send(Samples.message(Samples.fullEmail()))).isInstanceOf(Accepted.class);
        }

        String[] halves = smtp.messages.get(0).split("\r\n\r\n", 2);
        String[] fields = halves[0].split("\r\n(?![ \t])", -1);
        String signature = fields[0];
        assertThat(signature)
                .startsWith("DKIM-Signature:")
                .contains("d=ejemplo.gov.co")
                .contains("s=pregonero");
        assertThat(tag(signature, "bh")).isEqualTo(hash(relaxedBody(halves[1])));

        StringBuilder signed = new StringBuilder();
        for (String name : tag(signature, "h").split(":", -1)) {
            for (String field : fields) {
                if (field.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":")) {
                    signed.append(relaxedField(field)).append("\r\n");
                }
            }
        }
        signed.append(relaxedField(signature.replaceAll("([;\\s]b=)[\\s\\S]*", "$1")));
        Signature check = Signature.getInstance("SHA256withRSA");
        check.initVerify(key.getPublic());
        check.update(signed.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(check.verify(Base64.getDecoder().decode(tag(signature, "b"))))
                .isTrue();
        assertThat(tag(signature, "h").split(":", -1))
                .contains("From", "To", "Subject", "Date", "Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post");
    }

    private static String tag(String signature, String name) {
        Matcher matcher = Pattern.compile("[;\\s]" + name + "=([^;]*)").matcher(signature);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1).replaceAll("\\s", "");
    }

    private static String relaxedField(String field) {
        int colon = field.indexOf(':');
        return field.substring(0, colon).toLowerCase(Locale.ROOT).strip()
                + ":"
                + field.substring(colon + 1)
                        .replaceAll("\r\n", "")
                        .replaceAll("[ \t]+", " ")
                        .strip();
    }

    private static String relaxedBody(String body) {
        return body.replaceAll("[ \t]+", " ").replaceAll(" \r\n", "\r\n").replaceAll("(\r\n)+$", "") + "\r\n";
    }

    private static String hash(String text) throws Exception {
        return Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void starttlsWithATrustedCertificateIsUsed() throws Exception {
        try (TlsServer tls = new TlsServer("127.0.0.1");
                EmailAdapter adapter = new EmailAdapter(
                        Samples.settings(tls.port(), "security", "starttls", "trusted-certificate", tls.pem), CLOCK)) {
            assertThat(adapter.check()).isInstanceOf(CheckResult.Ok.class);
        }
    }

    @Test
    void anUnknownCertificateTakesTheChannelDown() throws Exception {
        try (TlsServer tls = new TlsServer("127.0.0.1");
                EmailAdapter adapter = new EmailAdapter(Samples.settings(tls.port(), "security", "starttls"), CLOCK)) {
            assertTlsRefused(adapter.check());
        }
    }

    @Test
    void aCertificateForAnotherHostTakesTheChannelDown() throws Exception {
        try (TlsServer tls = new TlsServer("10.9.8.7");
                EmailAdapter adapter = new EmailAdapter(
                        Samples.settings(tls.port(), "security", "starttls", "trusted-certificate", tls.pem), CLOCK)) {
            assertTlsRefused(adapter.check());
        }
    }

    @Test
    void tlsFromTheFirstByteTowardsAPlainServerTakesTheChannelDown() {
        try (EmailAdapter adapter =
                new EmailAdapter(Samples.settings(server.getSmtp().getPort(), "security", "tls"), CLOCK)) {
            assertTlsRefused(adapter.check());
        }
    }

    private static void assertTlsRefused(CheckResult result) {
        assertThat(result).isInstanceOfSatisfying(CheckResult.Failed.class, failed -> {
            assertThat(failed.reason().code()).isEqualTo(Reason.Code.TLS);
            assertThat(failed.advice()).contains("certificado");
        });
    }

    private static Multipart parts(Object content, int count) throws Exception {
        Multipart multipart = (Multipart) content;
        assertThat(multipart.getCount()).isEqualTo(count);
        return multipart;
    }

    private static byte[] bytes(BodyPart part) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        part.getInputStream().transferTo(out);
        return out.toByteArray();
    }

    private static KeyPair rsa() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    /** Speaks just enough for a check over STARTTLS. */
    private static final class TlsServer implements AutoCloseable {

        final String pem;
        private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());

        TlsServer(String address) throws Exception {
            KeyPair key = rsa();
            X500Name name = new X500Name("CN=prueba");
            Instant now = Instant.now();
            X509Certificate certificate = new JcaX509CertificateConverter()
                    .getCertificate(new JcaX509v3CertificateBuilder(
                                    name,
                                    BigInteger.ONE,
                                    Date.from(now.minusSeconds(3600)),
                                    Date.from(now.plusSeconds(3600)),
                                    name,
                                    key.getPublic())
                            .addExtension(
                                    Extension.subjectAlternativeName,
                                    false,
                                    new GeneralNames(new GeneralName(GeneralName.iPAddress, address)))
                            .build(new JcaContentSignerBuilder("SHA256withRSA").build(key.getPrivate())));
            pem = "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setKeyEntry("k", key.getPrivate(), new char[0], new X509Certificate[] {certificate});
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            Thread thread = new Thread(() -> serve(context), "tls-server");
            thread.setDaemon(true);
            thread.start();
        }

        int port() {
            return socket.getLocalPort();
        }

        private void serve(SSLContext context) {
            try (Socket plain = socket.accept()) {
                say(plain, "220 prueba");
                read(plain);
                say(plain, "250-prueba\r\n250 STARTTLS");
                read(plain);
                say(plain, "220 adelante");
                SSLSocket secure =
                        (SSLSocket) context.getSocketFactory().createSocket(plain, null, plain.getPort(), true);
                secure.setUseClientMode(false);
                read(secure);
                say(secure, "250 prueba");
                read(secure);
                say(secure, "250 2.0.0 Ok");
                read(secure);
            } catch (IOException e) {
                // The client has gone.
            }
        }

        private static void say(Socket to, String line) throws IOException {
            to.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        }

        private static void read(Socket from) throws IOException {
            for (int b = from.getInputStream().read();
                    b != '\n' && b >= 0;
                    b = from.getInputStream().read()) {}
        }

        @Override
        public void close() throws Exception {
            socket.close();
        }
    }
}
