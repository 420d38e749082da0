package org.tocsin.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host. It may block; who calls it bounds the time. */
@FunctionalInterface
public interface NameLookup {
    /**
     * @param host a name or a literal without brackets
     * @return all its addresses, at least one
     * @throws UnknownHostException where there is none
     */
    List<InetAddress> lookup(String host) throws UnknownHostException;

    /** @return the lookup of the system */
    static NameLookup system() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
