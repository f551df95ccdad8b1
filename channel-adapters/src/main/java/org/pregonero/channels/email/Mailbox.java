package org.pregonero.channels.email;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.IDN;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An e-mail address as the protocol wants it: an international domain in its ASCII form (RFC 5891), the local part as it
 * is.
 *
 * @param local before the at sign
 * @param domain after it, ASCII
 * @param name shown to people, or null
 */
record Mailbox(String local, String domain, @Nullable String name) {

    private static final Pattern LOCAL = Pattern.compile("[^\\s\\p{Cntrl}<>()\\[\\]:;@\\\\,\"]{1,64}");
    private static final Pattern DOMAIN =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*");
    private static final Pattern ASCII = Pattern.compile("\\p{ASCII}*");
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Cntrl}]+");

    /** Reads a bare address; empty when it cannot be one. */
    static Optional<Mailbox> of(String address, @Nullable String name) {
        int at = address.lastIndexOf('@');
        if (at < 1 || address.length() > 254) {
            return Optional.empty();
        }
        String local = address.substring(0, at);
        try {
            String domain = IDN.toASCII(address.substring(at + 1));
            if (LOCAL.matcher(local).matches()
                    && !local.startsWith(".")
                    && !local.endsWith(".")
                    && !local.contains("..")
                    && domain.length() <= 253
                    && DOMAIN.matcher(domain).matches()) {
                return Optional.of(new Mailbox(local, domain, clean(name)));
            }
        } catch (IllegalArgumentException e) {
            // Not a domain name; said below.
        }
        return Optional.empty();
    }

    /** Reads {@code Name <address>} of a setting. */
    static Mailbox ofSetting(String key, String value) throws InvalidSettingException {
        try {
            InternetAddress[] parsed = InternetAddress.parse(value, false);
            if (parsed.length == 1 && parsed[0].getAddress() != null) {
                Optional<Mailbox> mailbox = of(parsed[0].getAddress(), parsed[0].getPersonal());
                if (mailbox.isPresent()) {
                    return mailbox.get();
                }
            }
        } catch (AddressException e) {
            // Said below.
        }
        throw new InvalidSettingException(
                key, "no es una dirección de correo, por ejemplo «Alcaldía <correo@entidad.gov.co>»");
    }

    private static @Nullable String clean(@Nullable String name) {
        if (name == null) {
            return null;
        }
        String line = BLANKS.matcher(name).replaceAll(" ").strip();
        return line.isEmpty() ? null : line;
    }

    String address() {
        return local + "@" + domain;
    }

    /** The same mailbox with another name, if there is one. */
    Mailbox named(@Nullable String other) {
        String cleaned = clean(other);
        return cleaned == null ? this : new Mailbox(local, domain, cleaned);
    }

    /** The same mailbox with a detail in its local part (RFC 5233): {@code rebotes+detail@domain}. */
    String withDetail(String detail) {
        return local + "+" + detail + "@" + domain;
    }

    /** Whether only a server with SMTPUTF8 (RFC 6531) can carry it. */
    boolean needsUtf8() {
        return !ASCII.matcher(local).matches();
    }

    /** As a header field says it, with the name encoded where needed (RFC 2047). */
    String header() {
        if (name == null) {
            return address();
        }
        String phrase = EncodedWord.needed(name)
                ? EncodedWord.of(name)
                : "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        return phrase + " <" + address() + ">";
    }

    /** Without the address, which must not reach a log. */
    @Override
    public String toString() {
        return "Mailbox[@" + domain + "]";
    }
}
