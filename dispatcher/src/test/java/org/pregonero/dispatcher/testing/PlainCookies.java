package org.pregonero.dispatcher.testing;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A browser's cookies, also those for TLS: as behind a proxy, of which the tests have none. */
public final class PlainCookies extends CookieManager {

    @Override
    public void put(URI uri, Map<String, List<String>> headers) throws IOException {
        Map<String, List<String>> plain = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> plain.put(
                name,
                "Set-Cookie".equalsIgnoreCase(name)
                        ? values.stream()
                                .map(value -> value.replaceAll("(?i);\\s*Secure\\b", ""))
                                .toList()
                        : values));
        super.put(uri, plain);
    }
}
