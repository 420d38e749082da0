package org.tocsin.mention;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.function.Predicate;

/** The host of an address. */
public final class Hosts {
    private Hosts() {}

    static Optional<String> of(String url) {
        try {
            return Optional.ofNullable(new URI(url).getHost());
        } catch (URISyntaxException noAddress) {
            return Optional.empty();
        }
    }

    /** @return whether an address is of that very server: the same host, whatever its letter case, and the same port */
    public static Predicate<URI> same(URI server) {
        return url ->
                url.getHost() != null && url.getHost().equalsIgnoreCase(server.getHost()) && port(url) == port(server);
    }

    private static int port(URI url) {
        return url.getPort() != -1 ? url.getPort() : "http".equalsIgnoreCase(url.getScheme()) ? 80 : 443;
    }
}
