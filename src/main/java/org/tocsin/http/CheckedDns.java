package org.tocsin.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import okhttp3.Dns;
import org.jspecify.annotations.Nullable;

/**
 * Gives OkHttp the addresses that the guard checked for this very call, and none for another host. All are equal to each other: OkHttp
 * keeps connections by host, port and resolver, and every connection made by one of these was checked.
 *
 * @param host      without brackets
 * @param addresses what a connection may use
 */
record CheckedDns(String host, List<InetAddress> addresses) implements Dns {
    /** Knows no host: what a call gets that did not pass the guard. */
    static final CheckedDns NONE = new CheckedDns("", List.of());

    @Override
    public List<InetAddress> lookup(String hostname) throws UnknownHostException {
        if (!hostname.equalsIgnoreCase(host)) {
            throw new UnknownHostException("not checked by the address guard");
        }
        return addresses;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CheckedDns;
    }

    @Override
    public int hashCode() {
        return CheckedDns.class.hashCode();
    }
}
