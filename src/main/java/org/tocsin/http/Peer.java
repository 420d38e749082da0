package org.tocsin.http;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A host and a port, as they are written in a URL.
 *
 * @param host lower case; an IPv6 literal in brackets
 * @param port 1–65535
 */
public record Peer(String host, int port) {
    public Peer {
        host = host.toLowerCase(Locale.ROOT);
        if (host.isEmpty() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("not host:port");
        }
    }

    /**
     * Reads the value of {@code tocsin.http.allow}.
     *
     * @param text {@code host:port}, comma separated, such as {@code 127.0.0.1:9100, [::1]:9100}; empty allows nothing
     * @return the pairs, in order
     * @throws IllegalArgumentException naming every entry that is not {@code host:port}
     */
    public static Set<Peer> parseAll(String text) {
        Set<Peer> peers = new LinkedHashSet<>();
        List<String> faults = new ArrayList<>();
        for (String entry : text.split(",")) {
            if (!entry.isBlank()) {
                try {
                    peers.add(parse(entry.strip()));
                } catch (IllegalArgumentException _) {
                    faults.add(entry.strip());
                }
            }
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("not host:port: " + String.join(", ", faults));
        }
        return peers;
    }

    private static Peer parse(String entry) {
        int colon = entry.lastIndexOf(':');
        String host = entry.substring(0, Math.max(0, colon));
        boolean literal = host.startsWith("[") && host.endsWith("]");
        if ((!literal && host.indexOf(':') >= 0) || host.matches(".*[/@\\s*].*")) {
            throw new IllegalArgumentException("not host:port");
        }
        return new Peer(host, Integer.parseInt(entry.substring(colon + 1)));
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
