package org.tocsin.mention;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** The host of an address. */
final class Hosts {
    private Hosts() {}

    static Optional<String> of(String url) {
        try {
            return Optional.ofNullable(new URI(url).getHost());
        } catch (URISyntaxException noAddress) {
            return Optional.empty();
        }
    }
}
