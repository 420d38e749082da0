package org.tocsin.http;

import java.net.InetAddress;
import java.util.List;

/**
 * A host that passed the guard.
 *
 * @param peer      as the URL names it
 * @param addresses checked, at most eight; connections go to these and no other
 * @param allowed   whether {@code tocsin.http.allow} names the peer, so that any address of it will do
 */
record Target(Peer peer, List<InetAddress> addresses, boolean allowed) {
    Target {
        addresses = List.copyOf(addresses);
    }

    /** @return whether a connection to this address may carry a request to the target */
    boolean accepts(InetAddress address) {
        return allowed || SpecialRanges.isPublic(address);
    }
}
