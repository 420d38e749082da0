package org.tocsin.analysis;

import java.util.Locale;

/** The host of an address, for comparing and never for connecting. */
final class Hosts {
    private Hosts() {}

    /** @return lower case, without scheme, user, port, {@code www.} and a last dot; empty where there is none */
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
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }
}
