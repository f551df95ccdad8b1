package org.pregonero.channels;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A provider's HTTP request to us, as it left the provider.
 *
 * @param url the public address that the provider called, query included; behind a proxy not the one that we see
 * @param headers by lower-case name
 * @param parameters of the form, decoded; those of the query are not among them
 */
public record CallbackRequest(URI url, Map<String, List<String>> headers, Map<String, List<String>> parameters) {

    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    public Optional<String> parameter(String name) {
        return parameters.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** Without what it carries, which must not reach a log. */
    @Override
    public String toString() {
        return "CallbackRequest[" + url.getPath() + "]";
    }
}
