package org.tocsin.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.tocsin.people.Actor;

/**
 * A request that has been let in.
 *
 * @param method  upper case
 * @param path    as matched, decoded once
 * @param params  of the path
 * @param query   first value of each parameter
 * @param headers first value of each, names in lower case
 * @param body    opens the body; whole, within the endpoint's cap
 * @param size    of the body in bytes
 * @param actor   who asks
 * @param locale  in which he is answered
 * @param local   whether it was made on this machine, straight to this daemon: not through a proxy, nor by a name that someone else
 *     has pointed here
 * @param address from where it came, as far as proxies that are trusted say; a literal address
 */
public record Request(
        String method,
        String path,
        Map<String, String> params,
        Map<String, String> query,
        Map<String, String> headers,
        Body body,
        long size,
        Actor actor,
        Locale locale,
        boolean local,
        String address) {
    /** Where a body comes from. */
    @FunctionalInterface
    public interface Body {
        InputStream open() throws IOException;
    }

    /** @return a part of the path; there is always one of that name */
    public String param(String name) {
        return Objects.requireNonNull(params.get(name));
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /**
     * @return from where it came, to tell people apart: of IPv6 the network alone, for a household has 2^64 addresses (RFC 6177)
     */
    public String origin() {
        try {
            byte[] bytes = InetAddress.ofLiteral(address).getAddress();
            return bytes.length == 16 ? HexFormat.of().formatHex(bytes, 0, 8) : address;
        } catch (IllegalArgumentException notAnAddress) {
            return address;
        }
    }

    public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name)).filter(value -> !value.isBlank());
    }
}
