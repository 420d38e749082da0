package org.tocsin.http;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Which addresses are on the public internet. Sources: the IANA registries of special-purpose IPv4 and IPv6 addresses (RFC 6890),
 * multicast (RFC 5771) and the reserved class E (RFC 1112). What the registries call reachable but no service lives on (AS112, relays)
 * is refused as well.
 */
final class SpecialRanges {
    private static final List<Range> V4 = ranges(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "168.63.129.16/32", // the metadata host of Azure, public by its number only
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.31.196.0/24",
            "192.52.193.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "192.175.48.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");
    /** Inside of 2000::/3; all outside of it is not public. */
    private static final List<Range> V6 = ranges("2001::/23", "2001:db8::/32", "2620:4f:8000::/48", "3fff::/20");

    private static final Range GLOBAL = range("2000::/3");
    private static final Range MAPPED = range("::ffff:0:0/96");
    private static final Range NAT64 = range("64:ff9b::/96");
    private static final Range SIX_TO_FOUR = range("2002::/16");
    private static final Range TEREDO = range("2001::/32");

    private SpecialRanges() {}

    /** @return whether a host with this address is a stranger on the public internet */
    static boolean isPublic(InetAddress address) {
        return isPublic(address.getAddress());
    }

    /**
     * @param address 4 or 16 bytes; an IPv4 address inside of an IPv6 address is judged by itself
     * @return whether it is public
     */
    static boolean isPublic(byte[] address) {
        if (address.length == 4) {
            return V4.stream().noneMatch(range -> range.holds(address));
        }
        if (MAPPED.holds(address) || NAT64.holds(address)) {
            return isPublic(Arrays.copyOfRange(address, 12, 16));
        }
        if (SIX_TO_FOUR.holds(address)) {
            return isPublic(Arrays.copyOfRange(address, 2, 6));
        }
        if (TEREDO.holds(address)) {
            return isPublic(Arrays.copyOfRange(address, 4, 8)) && isPublic(teredoClient(address));
        }
        return GLOBAL.holds(address) && V6.stream().noneMatch(range -> range.holds(address));
    }

    /** RFC 4380, section 4: the client's address is written with every bit turned. */
    private static byte[] teredoClient(byte[] address) {
        byte[] client = Arrays.copyOfRange(address, 12, 16);
        for (int i = 0; i < client.length; i++) {
            client[i] = (byte) ~client[i];
        }
        return client;
    }

    private static List<Range> ranges(String... texts) {
        return Arrays.stream(texts).map(SpecialRanges::range).toList();
    }

    private static Range range(String text) {
        int slash = text.indexOf('/');
        return new Range(bytes(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    /** The JDK turns a mapped literal into an IPv4 address; here it stays what it is. */
    private static byte[] bytes(String literal) {
        try {
            byte[] read = InetAddress.ofLiteral(literal).getAddress();
            if (read.length == 4 && literal.indexOf(':') >= 0) {
                byte[] mapped = new byte[16];
                mapped[10] = (byte) 0xff;
                mapped[11] = (byte) 0xff;
                System.arraycopy(read, 0, mapped, 12, 4);
                return mapped;
            }
            return read;
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(literal, e);
        }
    }

    /**
     * @param prefix the first address
     * @param bits   how many of its bits count
     */
    private record Range(byte[] prefix, int bits) {
        boolean holds(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            int whole = bits / 8;
            if (!Arrays.equals(address, 0, whole, prefix, 0, whole)) {
                return false;
            }
            int rest = bits % 8;
            return rest == 0 || (address[whole] & 0xff) >> (8 - rest) == (prefix[whole] & 0xff) >> (8 - rest);
        }
    }
}
