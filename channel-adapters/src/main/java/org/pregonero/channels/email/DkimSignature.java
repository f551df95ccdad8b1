package org.pregonero.channels.email;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.interfaces.RSAPrivateKey;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.simplejavamail.utils.mail.dkim.Canonicalization;
import org.simplejavamail.utils.mail.dkim.DkimException;
import org.simplejavamail.utils.mail.dkim.DkimMessage;
import org.simplejavamail.utils.mail.dkim.DkimSigner;

/** Signs messages with DKIM (RFC 6376). */
final class DkimSignature {

    private final String domain;
    private final String selector;
    private final RSAPrivateKey key;
    private final Session session;

    /** A signer holds one running digest, so each serves one thread at a time. */
    private final Queue<DkimSigner> idle = new ConcurrentLinkedQueue<>();

    private DkimSignature(String domain, String selector, RSAPrivateKey key, Session session) {
        this.domain = domain;
        this.selector = selector;
        this.key = key;
        this.session = session;
    }

    static DkimSignature of(EmailProperties.Dkim settings, Session session) throws InvalidSettingException {
        String domain = demand(settings.domain(), "dkim.domain", "falta el dominio que firma");
        String selector = demand(settings.selector(), "dkim.selector", "falta el selector de la llave pública");
        String key = demand(settings.privateKey(), "dkim.private-key", "falta la llave privada");
        DkimSignature signature =
                new DkimSignature(domain, selector, new PemSource("dkim.private-key", key).rsaPrivateKey(), session);
        try {
            signature.idle.add(signature.signer());
        } catch (DkimException e) {
            throw new InvalidSettingException("dkim", "el dominio, el selector o la llave no sirven para firmar");
        }
        return signature;
    }

    private static String demand(@Nullable String value, String key, String problem) throws InvalidSettingException {
        if (value == null || value.isBlank()) {
            throw new InvalidSettingException(key, problem);
        }
        return value.strip();
    }

    /** The same message with its signature on top. */
    byte[] sign(byte[] message) throws MessagingException, IOException {
        DkimSigner signer = idle.poll();
        if (signer == null) {
            signer = signer();
        }
        MimeMessage parsed = new MimeMessage(session, new ByteArrayInputStream(message));
        ByteArrayOutputStream signed = new ByteArrayOutputStream(message.length + 1_024);
        new DkimMessage(parsed, signer).writeTo(signed, null);
        // Not given back after a failure: its digest may hold half a message.
        idle.add(signer);
        return signed.toByteArray();
    }

    private DkimSigner signer() {
        DkimSigner signer = new DkimSigner(domain, selector, key);
        signer.setHeaderCanonicalization(Canonicalization.RELAXED);
        signer.setBodyCanonicalization(Canonicalization.RELAXED);
        // RFC 8058 (section 4) wants both unsubscribe fields signed; the other is among the library's own.
        signer.addHeaderToSign("List-Unsubscribe-Post");
        signer.addHeaderToSign("Auto-Submitted");
        // Would look up the public key in the DNS at every message.
        signer.setCheckDomainKey(false);
        return signer;
    }
}
