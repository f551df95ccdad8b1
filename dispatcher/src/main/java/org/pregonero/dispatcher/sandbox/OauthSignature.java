package org.pregonero.dispatcher.sandbox;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Checks requests signed by OAuth 1.0a with HMAC-SHA1 (RFC 5849, sections 3.2 to 3.4), by signing them again. */
final class OauthSignature {

    private static final Pattern PARAMETER = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final OauthKeys keys;
    private final Set<String> nonces = ConcurrentHashMap.newKeySet();

    /** Consumer and user. */
    record OauthKeys(String consumerKey, String consumerSecret, String accessToken, String accessTokenSecret) {

        @Override
        public String toString() {
            return "OauthKeys";
        }
    }

    OauthSignature(OauthKeys keys) {
        this.keys = keys;
    }

    boolean isValid(Call call, Instant now) {
        String header = call.header("authorization").orElse("");
        if (!header.startsWith("OAuth ")) {
            return false;
        }
        var oauth = new TreeMap<String, String>();
        Matcher parameter = PARAMETER.matcher(header);
        while (parameter.find()) {
            oauth.put(
                    parameter.group(1),
                    URLDecoder.decode(parameter.group(2).replace("+", "%2B"), StandardCharsets.UTF_8));
        }
        String signature = oauth.remove("oauth_signature");
        return keys.consumerKey().equals(oauth.get("oauth_consumer_key"))
                && keys.accessToken().equals(oauth.get("oauth_token"))
                && "HMAC-SHA1".equals(oauth.get("oauth_signature_method"))
                && isRecent(oauth.getOrDefault("oauth_timestamp", ""), now)
                && signed(call, oauth).equals(signature)
                && nonces.add(oauth.getOrDefault("oauth_nonce", ""));
    }

    private String signed(Call call, Map<String, String> oauth) {
        var pairs = new ArrayList<String>();
        oauth.forEach((name, value) -> pairs.add(encoded(name) + "=" + encoded(value)));
        add(pairs, call.query());
        add(pairs, call.form());
        String base = call.method()
                + "&" + encoded(withoutQuery(call.url()))
                + "&" + encoded(pairs.stream().sorted().collect(Collectors.joining("&")));
        String key = encoded(keys.consumerSecret()) + "&" + encoded(keys.accessTokenSecret());
        return Base64.getEncoder().encodeToString(TwilioSignature.hmacSha1(key, base));
    }

    private static void add(List<String> pairs, Map<String, List<String>> parameters) {
        parameters.forEach((name, values) -> values.forEach(value -> pairs.add(encoded(name) + "=" + encoded(value))));
    }

    private static String withoutQuery(URI url) {
        String text = url.toString();
        int query = text.indexOf('?');
        return query < 0 ? text : text.substring(0, query);
    }

    private static boolean isRecent(String seconds, Instant now) {
        return seconds.matches("\\d{1,12}")
                && Duration.between(Instant.ofEpochSecond(Long.parseLong(seconds)), now)
                                .abs()
                                .compareTo(TOLERANCE)
                        <= 0;
    }

    /** RFC 3986, which a form's encoding is not. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
