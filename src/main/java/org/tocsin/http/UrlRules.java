package org.tocsin.http;

import static org.tocsin.http.HttpFailure.Kind.URL_REFUSED;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;

/**
 * What a URL may look like, judged without a lookup. {@link URI} is the one parser: what it cannot take apart, or what OkHttp reads
 * differently, is refused rather than interpreted.
 */
final class UrlRules {
    private static final Pattern DIGITS = Pattern.compile("[0-9]+|0x[0-9a-f]*");
    private static final Pattern OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final Pattern V6_LITERAL = Pattern.compile("\\[[0-9a-f:.]+]");
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

    /**
     * Ports from 1024 up that belong to databases, caches, remote desktops, mail, chat and control planes: what the Fetch standard calls
     * bad ports, and what a request from inside must never speak to.
     */
    private static final Set<Integer> DENIED = Set.of(
            1433, 1521, 1719, 1720, 1723, 2049, 2375, 2376, 2379, 2380, 3306, 3389, 3659, 4045, 4190, 5060, 5061, 5432,
            5672, 5900, 5901, 5984, 5985, 5986, 6000, 6379, 6380, 6443, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697,
            8500, 9042, 9092, 9200, 9300, 10080, 10250, 11211, 15672, 26379, 27017, 27018, 27019);

    private UrlRules() {}

    /**
     * @param url     as it was entered or received
     * @param allowed pairs for which the rule of ports does not hold
     * @return host and port
     * @throws RefusedException naming the rule that is broken
     */
    static Peer peer(URI url, Set<Peer> allowed) throws RefusedException {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (scheme.isEmpty()) {
            throw refused("http.url.unreadable", null, "", "a URL without a scheme");
        }
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw refused("http.url.scheme", "scheme", scheme, "a URL that is neither http nor https");
        }
        String authority = url.getRawAuthority();
        if (url.getRawUserInfo() != null || (authority != null && authority.indexOf('@') >= 0)) {
            throw refused("http.url.userinfo", null, "", "a URL with user information");
        }
        if (url.getHost() == null) {
            throw refused("http.url.host", null, "", "a URL without a readable host");
        }
        String host = url.getHost().toLowerCase(Locale.ROOT);
        checkHost(host);
        int standard = scheme.equals("https") ? 443 : 80;
        int port = url.getPort() == -1 ? standard : url.getPort();
        if (port < 1 || port > 65_535) {
            throw refused("http.url.port", "port", String.valueOf(port), host + ": port " + port);
        }
        Peer peer = new Peer(host, port);
        if (!allowed.contains(peer) && port != standard && (port < 1024 || DENIED.contains(port))) {
            throw refused("http.url.port", "port", String.valueOf(port), host + ": port " + port);
        }
        return peer;
    }

    /**
     * @param url one that passed {@link #peer}
     * @return the same for OkHttp
     * @throws RefusedException where OkHttp would call another host than {@link URI} names
     */
    static HttpUrl okHttp(URI url, Peer peer) throws RefusedException {
        HttpUrl read = HttpUrl.parse(url.toString());
        if (read == null || !bracketed(read.host()).equals(peer.host()) || read.port() != peer.port()) {
            throw refused("http.url.host", null, "", "a URL without a readable host");
        }
        return read;
    }

    /** @return whether the host is an address, not a name */
    static boolean isLiteral(String host) {
        return host.startsWith("[") || DIGITS.matcher(lastLabel(host)).matches();
    }

    /** @return a host of OkHttp, which leaves out the brackets, as {@link URI} writes it */
    static String bracketed(String host) {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }

    /** @return a host without the brackets of a literal */
    static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static void checkHost(String host) throws RefusedException {
        boolean sound = isLiteral(host)
                ? host.startsWith("[") ? isCanonicalV6(host) : isCanonicalV4(host)
                : host.length() <= 253 && NAME.matcher(host).matches();
        if (!sound) {
            throw refused(
                    isLiteral(host) ? "http.url.literal" : "http.url.host",
                    "host",
                    host,
                    host.length() > 100 ? "a host of " + host.length() + " characters" : host + ": not a plain host");
        }
    }

    /** Decimal, octal, hexadecimal and short forms mean different addresses to different readers: only a.b.c.d is taken. */
    private static boolean isCanonicalV4(String host) {
        String[] octets = host.split("\\.", -1);
        return octets.length == 4
                && Arrays.stream(octets)
                        .allMatch(octet -> OCTET.matcher(octet).matches() && Integer.parseInt(octet) <= 255);
    }

    /** RFC 5952, by OkHttp's own writing, so that both mean the same. */
    private static boolean isCanonicalV6(String host) {
        if (!V6_LITERAL.matcher(host).matches()) {
            return false;
        }
        HttpUrl read = HttpUrl.parse("http://" + host + "/");
        return read != null && bracketed(read.host()).equals(host);
    }

    /** The last label of {@code 127.1} is a number, so it is meant as an address (WHATWG URL, "ends in a number"). */
    private static String lastLabel(String host) {
        String trimmed = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return trimmed.substring(trimmed.lastIndexOf('.') + 1);
    }

    private static RefusedException refused(String code, @Nullable String name, String value, String detail) {
        Message told = name == null ? Message.of(code) : Message.of(code, name, value);
        return new RefusedException(URL_REFUSED, told, detail);
    }
}
