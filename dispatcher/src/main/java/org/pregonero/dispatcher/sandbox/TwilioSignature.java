package org.pregonero.dispatcher.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.SortedMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs what Twilio calls back, as "Validating signatures from Twilio" in its security guide describes. */
final class TwilioSignature {

    private TwilioSignature() {}

    /** @param url as it was configured, whatever proxies make of it */
    static String of(String url, SortedMap<String, String> parameters, String authToken) {
        var signed = new StringBuilder(url);
        parameters.forEach((name, value) -> signed.append(name).append(value));
        return Base64.getEncoder().encodeToString(hmacSha1(authToken, signed.toString()));
    }

    static byte[] hmacSha1(String key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA1", e);
        }
    }
}
