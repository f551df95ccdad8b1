package org.pregonero.channels.email;

import jakarta.mail.Session;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Properties;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.pregonero.channels.email.EmailProperties.Security;

/** Puts the settings into the form that Angus reads. */
final class SmtpSession {

    private SmtpSession() {}

    static Session of(EmailProperties settings, ScheduledExecutorService clockwork) throws InvalidSettingException {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.auth", Boolean.toString(settings.username() != null));
        properties.setProperty("mail.smtp.auth.mechanisms", "PLAIN LOGIN");
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(settings.security() == Security.STARTTLS));
        properties.setProperty(
                "mail.smtp.starttls.required", Boolean.toString(settings.security() == Security.STARTTLS));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.setProperty(
                "mail.smtp.connectiontimeout", millis(settings.connectTimeout().toMillis()));
        properties.setProperty(
                "mail.smtp.timeout", millis(settings.readTimeout().toMillis()));
        properties.setProperty(
                "mail.smtp.writetimeout", millis(settings.writeTimeout().toMillis()));
        properties.put("mail.smtp.executor.writetimeout", clockwork);
        // Waiting for the farewell would only cost time.
        properties.setProperty("mail.smtp.quitwait", "false");
        // Else Angus connects a second time by other means when the first attempt fails.
        properties.setProperty("mail.smtp.socketFactory.fallback", "false");
        // Lets commands carry UTF-8, for credentials and for local parts where the server takes them.
        properties.setProperty("mail.mime.allowutf8", "true");
        if (settings.helloName() != null) {
            properties.setProperty("mail.smtp.localhost", settings.helloName());
        }
        properties.put("mail.smtp.socketFactory", new PromptSockets());
        SSLSocketFactory trusted = trusted(settings.trustedCertificate());
        if (trusted != null) {
            properties.put("mail.smtp.ssl.socketFactory", trusted);
        }
        return Session.getInstance(properties);
    }

    private static String millis(long millis) {
        return Long.toString(millis);
    }

    private static @Nullable SSLSocketFactory trusted(@Nullable String setting) throws InvalidSettingException {
        if (setting == null) {
            return null;
        }
        String key = "trusted-certificate";
        try {
            KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
            authorities.load(null, null);
            int number = 0;
            for (X509Certificate certificate : new PemSource(key, setting).certificates()) {
                authorities.setCertificateEntry("ca-" + number++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authorities);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException | IOException e) {
            throw new InvalidSettingException(key, "el certificado no se puede usar");
        }
    }

    /**
     * Sockets that send at once. Several small writes in a row are the rule here, and Nagle's algorithm would hold the
     * second back until the server acknowledges the first.
     */
    private static final class PromptSockets extends SocketFactory {

        @Override
        public Socket createSocket() throws IOException {
            Socket socket = new Socket();
            socket.setTcpNoDelay(true);
            return socket;
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            throw new IOException("Only unconnected sockets");
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
            throw new IOException("Only unconnected sockets");
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            throw new IOException("Only unconnected sockets");
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
                throws IOException {
            throw new IOException("Only unconnected sockets");
        }
    }
}
