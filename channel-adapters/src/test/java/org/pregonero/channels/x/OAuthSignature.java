package org.pregonero.channels.x;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Computes a signature by RFC 5849, 3.4, from what arrived, as X does. */
final class OAuthSignature {

    private static final Pattern PARAMETER = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    private OAuthSignature() {}

    /** The parameters of an Authorization header, decoded. */
    static Map<String, String> parameters(String header) {
        Map<String, String> parameters = new TreeMap<>();
        PARAMETER.matcher(header).results().forEach(match -> parameters.put(match.group(1), decoded(match.group(2))));
        return parameters;
    }

    static String of(String method, String url, String header, String consumerSecret, String tokenSecret) {
        URI uri = URI.create(url);
        List<String> pairs = new ArrayList<>();
        parameters(header).forEach((name, value) -> {
            if (!name.equals("oauth_signature")) {
                pairs.add(encoded(name) + "=" + encoded(value));
            }
        });
        if (uri.getRawQuery() != null) {
            for (String pair : uri.getRawQuery().split("&", -1)) {
                String[] parts = pair.split("=", 2);
                pairs.add(encoded(decoded(parts[0])) + "=" + encoded(decoded(parts[1])));
            }
        }
        String base = method + "&" + encoded(uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath()) + "&"
                + encoded(pairs.stream().sorted().collect(Collectors.joining("&")));
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(
                    (encoded(consumerSecret) + "&" + encoded(tokenSecret)).getBytes(StandardCharsets.US_ASCII),
                    "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(base.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** RFC 3986: unreserved characters only. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
