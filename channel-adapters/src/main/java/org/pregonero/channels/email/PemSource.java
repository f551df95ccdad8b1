package org.pregonero.channels.email;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.jspecify.annotations.Nullable;

/**
 * A key or certificates as a setting gives them: PEM text, or the path of a file that holds it.
 *
 * @param key name of the setting, for messages
 */
record PemSource(String key, String value) {

    RSAPrivateKey rsaPrivateKey() throws InvalidSettingException {
        for (Object object : objects()) {
            try {
                PrivateKey privateKey = privateKey(object);
                if (privateKey instanceof RSAPrivateKey rsa && rsa.getModulus().bitLength() >= 1024) {
                    return rsa;
                }
            } catch (IOException e) {
                throw new InvalidSettingException(key, "la llave privada no se puede leer");
            }
        }
        throw new InvalidSettingException(
                key, "no contiene una llave privada RSA sin contraseña, en PEM, de 1024 bits o más");
    }

    private static @Nullable PrivateKey privateKey(Object object) throws IOException {
        JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
        if (object instanceof PEMKeyPair pair) {
            return converter.getPrivateKey(pair.getPrivateKeyInfo());
        }
        return object instanceof PrivateKeyInfo info ? converter.getPrivateKey(info) : null;
    }

    List<X509Certificate> certificates() throws InvalidSettingException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Object object : objects()) {
            if (object instanceof X509CertificateHolder holder) {
                try {
                    certificates.add(new JcaX509CertificateConverter().getCertificate(holder));
                } catch (CertificateException e) {
                    throw new InvalidSettingException(key, "el certificado no se puede leer");
                }
            }
        }
        if (certificates.isEmpty()) {
            throw new InvalidSettingException(key, "no contiene ningún certificado en PEM");
        }
        return certificates;
    }

    private List<Object> objects() throws InvalidSettingException {
        List<Object> objects = new ArrayList<>();
        try (PEMParser parser = new PEMParser(new StringReader(text()))) {
            for (Object object = parser.readObject(); object != null; object = parser.readObject()) {
                objects.add(object);
            }
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            throw new InvalidSettingException(key, "el contenido PEM está dañado");
        }
        return objects;
    }

    private String text() throws InvalidSettingException {
        if (value.contains("-----BEGIN")) {
            // An environment variable often carries line breaks as \n.
            return value.replace("\\n", "\n");
        }
        try {
            return Files.readString(Path.of(value));
        } catch (IOException | InvalidPathException e) {
            throw new InvalidSettingException(key, "no es texto PEM ni un archivo que se pueda leer");
        }
    }
}
