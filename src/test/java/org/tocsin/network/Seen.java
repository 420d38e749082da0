package org.tocsin.network;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A request as it reached a fake server, whole.
 *
 * @param method  upper case
 * @param target  path and query as they were sent
 * @param headers names in lower case
 * @param bytes   the body
 */
public record Seen(String method, String target, Map<String, List<String>> headers, byte[] bytes) {
    /** The path without its query, as sent. */
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** The body read as UTF-8. */
    public String body() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The first value of a header. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    /** A parameter of the query. */
    public Optional<String> query(String name) {
        String query = URI.create("http://x" + target).getRawQuery();
        return query == null ? Optional.empty() : parameter(query, name);
    }

    /** A parameter of the query that stands there more than once, each time. */
    public List<String> queries(String name) {
        String query = URI.create("http://x" + target).getRawQuery();
        return query == null
                ? List.of()
                : Stream.of(query.split("&"))
                        .filter(pair -> decoded(pair.substring(0, Math.max(0, pair.indexOf('='))))
                                .equals(name))
                        .map(pair -> decoded(pair.substring(pair.indexOf('=') + 1)))
                        .toList();
    }

    /** A field of a form in the body. */
    public Optional<String> form(String name) {
        return parameter(body(), name);
    }

    private static Optional<String> parameter(String encoded, String name) {
        for (String pair : encoded.split("&")) {
            int equals = pair.indexOf('=');
            if (equals >= 0 && decoded(pair.substring(0, equals)).equals(name)) {
                return Optional.of(decoded(pair.substring(equals + 1)));
            }
        }
        return Optional.empty();
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return method + " " + target + " (" + bytes.length + " bytes)";
    }
}
