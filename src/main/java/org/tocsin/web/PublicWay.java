package org.tocsin.web;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * The way by the public address.
 *
 * @param url the public address, where there is one
 */
public record PublicWay(Optional<URI> url) {
    /** @return the host, and the port where it is named, in lower case; empty unless the public address is one of https */
    public Optional<String> secure() {
        return url.filter(one -> "https".equalsIgnoreCase(one.getScheme()))
                .map(one -> one.getRawAuthority().toLowerCase(Locale.ROOT));
    }

    /**
     * Whether a request came over TLS to the public address.
     *
     * @param host  what the request names as its host
     * @param proto the value of {@code X-Forwarded-Proto}. No browser sends it by itself: it comes from the proxy, or from somebody who
     *     harms only himself. A proxy that says "http" has been spoken to in the clear, by whatever name.
     */
    public boolean taken(String host, Optional<String> proto) {
        return secure().filter(authority -> proto.map(PublicWay::encrypted)
                        .orElse(host.toLowerCase(Locale.ROOT).equals(authority)))
                .isPresent();
    }

    /** Of several proxies each adds its own; the first is that to which the browser spoke. */
    private static boolean encrypted(String proto) {
        return "https".equalsIgnoreCase(proto.split(",", 2)[0].strip());
    }
}
