package org.pregonero.dispatcher.sandbox;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.env.Environment;

/**
 * Where this process answers what is sent to its public address. A simulator calls back to the public address as a
 * provider would, and the request takes the short way, so that nothing leaves the machine.
 */
final class OwnAddress {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final Set<String> EVERYWHERE = Set.of("", "0.0.0.0", "::");

    private final Environment environment;

    OwnAddress(Environment environment) {
        this.environment = environment;
    }

    /** @return nothing for an address of another machine */
    Optional<URI> shortWay(URI url) {
        var publicUrl = URI.create(environment.getProperty("pregonero.public-url", "http://127.0.0.1"));
        if (Objects.equals(url.getScheme(), publicUrl.getScheme())
                && Objects.equals(url.getRawAuthority(), publicUrl.getRawAuthority())) {
            String address = environment.getProperty("server.address", "");
            String host = EVERYWHERE.contains(address) ? "127.0.0.1" : address;
            String port = environment.getProperty("local.server.port", environment.getProperty("server.port", "8080"));
            String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
            return Optional.of(URI.create("http://" + host + ":" + port + url.getRawPath() + query));
        }
        return url.getHost() != null && LOOPBACK.contains(url.getHost()) ? Optional.of(url) : Optional.empty();
    }
}
