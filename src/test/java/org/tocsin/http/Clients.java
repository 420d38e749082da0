package org.tocsin.http;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.tocsin.base.Ticker;

/** Clients for tests. */
final class Clients {
    private Clients() {}

    static OutboundHttp allowing(RawServer... servers) {
        return allowing(Arrays.stream(servers).map(RawServer::peer).toArray(Peer[]::new));
    }

    static OutboundHttp allowing(Peer... peers) {
        return with(new AddressGuard(Set.of(peers)));
    }

    static OutboundHttp with(AddressGuard guard) {
        return new OutboundHttp(guard, "Tocsin/test", null, Ticker.system());
    }

    static List<InetAddress> addresses(String... literals) {
        return Arrays.stream(literals).map(InetAddress::ofLiteral).toList();
    }
}
