package org.pregonero.channels.email;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the institution's mail server is reached and how messages present themselves.
 *
 * @param host name of the mail server; without it there is no e-mail channel
 * @param port 0 for the usual one of the security: 587 with STARTTLS, 465 with TLS, 25 without
 * @param security how the connection is protected; STARTTLS is demanded, never only tried
 * @param allowPlaintext allows {@link Security#NONE} towards another machine, for a mail catcher in a test network
 * @param trustedCertificate PEM text or file of a certificate authority to trust instead of Java's own list
 * @param username for authentication; empty for a server that needs none
 * @param password belongs to the user name
 * @param from sender that people see, for example {@code Alcaldía de Ejemplo <comunicaciones@ejemplo.gov.co>}
 * @param replyTo where answers go, if not to the sender
 * @param bounces where bounces go and are read; without an address they go to the sender
 * @param messageIdDomain right-hand side of the Message-ID; without it the sender's domain
 * @param helloName the name with which we greet the server; without it this machine's own
 * @param connections most connections open at one time
 * @param messagesPerConnection after so many messages a connection is replaced by a new one
 * @param connectTimeout longest wait for a connection
 * @param readTimeout longest wait for an answer; RFC 5321 (4.5.3.2) asks for minutes, because a server may take its time
 *     after the end of the message, and giving up then leaves the delivery in doubt
 * @param writeTimeout longest wait for the server to take bytes
 * @param idleTimeout after so long without use a connection is closed; shorter than the server's own patience
 * @param dkim signs messages here, for a mail server that does not
 */
@ConfigurationProperties(EmailProperties.PREFIX)
public record EmailProperties(
        @DefaultValue("") String host,
        @DefaultValue("0") int port,
        @DefaultValue("STARTTLS") Security security,
        @DefaultValue("false") boolean allowPlaintext,
        @Nullable String trustedCertificate,
        @Nullable String username,
        @Nullable String password,
        @Nullable String from,
        @Nullable String replyTo,
        @Nullable Bounces bounces,
        @Nullable String messageIdDomain,
        @Nullable String helloName,
        @DefaultValue("8") int connections,
        @DefaultValue("500") int messagesPerConnection,
        @DefaultValue("10s") Duration connectTimeout,
        @DefaultValue("2m") Duration readTimeout,
        @DefaultValue("1m") Duration writeTimeout,
        @DefaultValue("30s") Duration idleTimeout,
        @Nullable Dkim dkim) {

    static final String PREFIX = "pregonero.channels.email";

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.[0-9.]+|::1|\\[::1]");
    private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");

    /** Protection of the connection. */
    public enum Security {
        /** None. Only towards this machine, unless {@code allow-plaintext} says otherwise. */
        NONE,
        /** Plain at first, then TLS or nothing; certificate and host name are checked. */
        STARTTLS,
        /** TLS from the first byte; certificate and host name are checked. */
        TLS
    }

    /**
     * Signature by DKIM (RFC 6376).
     *
     * @param domain that signs; aligned with the sender's domain, or DMARC fails
     * @param selector names the public key: {@code selector._domainkey.domain}
     * @param privateKey RSA key as PEM text (PKCS #8 or #1), or the path of a file that holds it
     */
    public record Dkim(
            @Nullable String domain,
            @Nullable String selector,
            @Nullable String privateKey) {

        @Override
        public String toString() {
            return "Dkim[" + selector + "._domainkey." + domain + "]";
        }
    }

    /**
     * The mailbox in which bounces and complaints arrive. It belongs to Pregonero alone: what is unread there is new.
     *
     * @param address where bounces go; the delivery's token is added to its local part, as in
     *     {@code rebotes+3f0c…@ejemplo.gov.co}, so that each bounce names its delivery
     * @param host of the IMAP server; without it bounces are not read
     * @param port 0 for the usual one of the security: 143 with STARTTLS or without any, 993 with TLS
     * @param security as for sending
     * @param user for the log-in
     * @param password belongs to the user
     * @param folder that is read
     * @param pause between two looks
     */
    public record Bounces(
            @Nullable String address,
            @Nullable String host,
            @DefaultValue("0") int port,
            @DefaultValue("TLS") Security security,
            @Nullable String user,
            @Nullable String password,
            @DefaultValue("INBOX") String folder,
            @DefaultValue("1m") Duration pause) {

        public Bounces {
            address = blankToNull(address);
            host = blankToNull(host);
            user = blankToNull(user);
            password = blankToNull(password);
            if (port == 0) {
                port = security == Security.TLS ? 993 : 143;
            }
        }

        /** What stands for settings that are not even of the right type. */
        static Bounces unreadable() {
            return new Bounces(null, null, 0, Security.TLS, null, null, "INBOX", Duration.ofMinutes(1));
        }

        List<String> problems() {
            List<String> problems = new ArrayList<>();
            demand(problems, host != null, "bounces.host", "falta el nombre del servidor IMAP");
            demand(problems, user != null, "bounces.user", "falta el usuario del buzón de rebotes");
            demand(problems, password != null, "bounces.password", "falta la contraseña del buzón de rebotes");
            demand(
                    problems,
                    security != Security.NONE || host == null || isLoopback(host),
                    "bounces.security",
                    "NONE sólo se permite hacia esta misma máquina; use STARTTLS o TLS");
            demandTime(problems, pause, "bounces.pause");
            return problems;
        }

        @Override
        public String toString() {
            return "Bounces[" + host + ":" + port + ", " + security + "]";
        }
    }

    /** Blank values count as absent: that is how an environment passes on what it does not know. */
    public EmailProperties {
        trustedCertificate = blankToNull(trustedCertificate);
        username = blankToNull(username);
        password = blankToNull(password);
        from = blankToNull(from);
        replyTo = blankToNull(replyTo);
        messageIdDomain = blankToNull(messageIdDomain);
        helloName = blankToNull(helloName);
        if (port == 0) {
            port = switch (security) {
                case NONE -> 25;
                case STARTTLS -> 587;
                case TLS -> 465;
            };
        }
        if (dkim != null
                && blankToNull(dkim.domain()) == null
                && blankToNull(dkim.selector()) == null
                && blankToNull(dkim.privateKey()) == null) {
            dkim = null;
        }
    }

    /** Everything that is wrong or missing by itself, in Spanish; keys and certificates are read elsewhere. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        demand(problems, !host.isBlank(), "host", "falta el nombre del servidor de correo");
        demand(problems, port > 0 && port < 65_536, "port", "debe estar entre 1 y 65535");
        demand(
                problems,
                security != Security.NONE || allowPlaintext || isLoopback(host),
                "security",
                "NONE sólo se permite hacia esta misma máquina; use STARTTLS o TLS (o allow-plaintext=true en una red de"
                        + " pruebas)");
        demand(problems, username == null || password != null, "password", "falta la contraseña del usuario");
        demand(problems, password == null || username != null, "username", "hay contraseña pero falta el usuario");
        demand(problems, from != null, "from", "falta el remitente, por ejemplo «Alcaldía <correo@entidad.gov.co>»");
        demandDomain(problems, messageIdDomain, "message-id-domain");
        demandDomain(problems, helloName, "hello-name");
        demand(problems, connections >= 1 && connections <= 200, "connections", "debe estar entre 1 y 200");
        demand(problems, messagesPerConnection >= 1, "messages-per-connection", "debe ser 1 o más");
        demandTime(problems, connectTimeout, "connect-timeout");
        demandTime(problems, readTimeout, "read-timeout");
        demandTime(problems, writeTimeout, "write-timeout");
        demandTime(problems, idleTimeout, "idle-timeout");
        return problems;
    }

    private static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }

    private static void demandDomain(List<String> problems, @Nullable String value, String key) {
        demand(problems, value == null || DOMAIN.matcher(value).matches(), key, "no es un nombre de dominio");
    }

    private static void demandTime(List<String> problems, Duration value, String key) {
        demand(
                problems,
                value.toMillis() > 0 && value.compareTo(Duration.ofHours(1)) <= 0,
                key,
                "debe ser un tiempo entre 1ms y 1h, por ejemplo 30s");
    }

    private static void demand(List<String> problems, boolean holds, String key, String problem) {
        if (!holds) {
            problems.add(PREFIX + "." + key + ": " + problem);
        }
    }

    private static @Nullable String blankToNull(@Nullable String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** Without password and key. */
    @Override
    public String toString() {
        return "EmailProperties[" + host + ":" + port + ", " + security + "]";
    }
}
