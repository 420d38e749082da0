package org.tocsin.analysis;

import java.util.Locale;

/** The host of an address, for comparing and never for connecting. */
final class Hosts {
    /** RFC 1035, section 2.3.4: 255 octets on the wire are so many characters. It has 127 labels at most. */
    private static final int LONGEST = 253;

    private Hosts() {}

    /** @return lower case, without scheme, user, port, {@code www.} and a last dot; empty where there is none, or it is longer than any */
    static String host(String address) {
        int start = address.indexOf("://");
        start = start < 0 ? 0 : start + 3;
        int end = start;
        while (end < address.length() && "/?#\\".indexOf(address.charAt(end)) < 0) {
            end++;
        }
        String host = address.substring(start, end);
        host = host.substring(host.lastIndexOf('@') + 1);
        int port = host.lastIndexOf(':');
        if (port >= 0 && host.indexOf(']') < port) {
            host = host.substring(0, port);
        }
        host = host.toLowerCase(Locale.ROOT);
        host = host.startsWith("www.") ? host.substring(4) : host;
        host = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        // Whoever keeps all that stands above it keeps the square of its length.
        return host.length() <= LONGEST ? host : "";
    }
}
