package org.tocsin.web;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The proxies that are believed when they say from where a request came to them. What anybody else says of that is not looked at: with it
 * whoever guesses passwords would come from another address each time.
 */
public final class TrustedProxies {
    private final List<IpSubnetFilterRule> networks;

    private TrustedProxies(List<IpSubnetFilterRule> networks) {
        this.networks = networks;
    }

    /**
     * @param list the value of {@code tocsin.http.trusted-proxies}: addresses, or networks with a prefix (RFC 4632, RFC 4291), separated by
     *     commas; empty for nobody
     * @throws IllegalArgumentException with the entry that is neither
     */
    public static TrustedProxies of(String list) {
        List<IpSubnetFilterRule> networks = new ArrayList<>();
        for (String entry : list.split(",")) {
            if (!entry.isBlank()) {
                networks.add(network(entry.strip()));
            }
        }
        return new TrustedProxies(List.copyOf(networks));
    }

    private static IpSubnetFilterRule network(String entry) {
        String[] parts = entry.split("/", -1);
        InetAddress address = literal(parts[0]).orElseThrow(() -> new IllegalArgumentException(entry));
        int most = address.getAddress().length * 8;
        boolean whole = parts.length == 1;
        if (!whole && (parts.length > 2 || !parts[1].matches("\\d{1,3}") || Integer.parseInt(parts[1]) > most)) {
            throw new IllegalArgumentException(entry);
        }
        return new IpSubnetFilterRule(address, whole ? most : Integer.parseInt(parts[1]), IpFilterRuleType.ACCEPT);
    }

    /**
     * Goes back from proxy to proxy as long as each is believed. The first names in the header are what the client itself may have written.
     *
     * @param peer      who is connected, a literal address
     * @param forwarded the values of {@code X-Forwarded-For}, in their order
     * @return the address of the last that no believed proxy stands for; where what a proxy says is no address, that of the proxy
     */
    String client(String peer, List<String> forwarded) {
        List<String> hops = forwarded.stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .toList();
        String client = peer;
        for (int i = hops.size() - 1; i >= 0 && trusted(client); i--) {
            Optional<InetAddress> hop = literal(bare(hops.get(i).strip()));
            if (hop.isEmpty()) {
                return client;
            }
            client = hop.get().getHostAddress();
        }
        return client;
    }

    private boolean trusted(String address) {
        return literal(address)
                .filter(one -> networks.stream().anyMatch(network -> network.matches(new InetSocketAddress(one, 0))))
                .isPresent();
    }

    /** Some proxies write the port as well: {@code 192.0.2.1:4711}, {@code [2001:db8::1]:4711}. */
    private static String bare(String hop) {
        if (hop.startsWith("[") && hop.indexOf(']') > 0) {
            return hop.substring(1, hop.indexOf(']'));
        }
        return hop.matches("[0-9.]+:\\d{1,5}") ? hop.substring(0, hop.indexOf(':')) : hop;
    }

    /** Short forms such as {@code 10.1} are read in more than one way. */
    private static Optional<InetAddress> literal(String text) {
        if (text.indexOf(':') < 0 && !text.matches("\\d{1,3}(?:\\.\\d{1,3}){3}")) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
