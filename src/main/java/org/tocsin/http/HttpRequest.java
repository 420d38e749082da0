package org.tocsin.http;

import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request to another host. It is sent at most once: nothing below this interface repeats it.
 *
 * @param method   GET, POST, PUT, PATCH or DELETE
 * @param url      http or https, absolute, without user information
 * @param headers  in order; {@code Content-Type} and {@code Content-Length} come from the body
 * @param body     null where there is none
 * @param deadline for the whole exchange, connecting included
 */
public record HttpRequest(
        String method,
        URI url,
        Map<String, String> headers,
        @Nullable HttpBody body,
        Duration deadline) {
    /** For a call to an API. */
    public static final Duration CALL = Duration.ofSeconds(60);
    /** For an upload of a file. */
    public static final Duration UPLOAD = Duration.ofMinutes(15);

    public HttpRequest {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** A GET with the deadline of a call. */
    public static HttpRequest get(URI url) {
        return new HttpRequest("GET", url, Map.of(), null, CALL);
    }

    /** A POST with the deadline of a call. */
    public static HttpRequest post(URI url, HttpBody body) {
        return new HttpRequest("POST", url, Map.of(), body, CALL);
    }

    /** @return the same request with one more header; a null or empty value leaves it as it is */
    public HttpRequest with(String name, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            return this;
        }
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpRequest(method, url, more, body, deadline);
    }

    /** @return the same request with an {@code Authorization: Bearer} header */
    public HttpRequest bearer(String token) {
        return with("Authorization", "Bearer " + token);
    }

    /** @return the same request with another method */
    public HttpRequest method(String other) {
        return new HttpRequest(other, url, headers, body, deadline);
    }

    /** @return the same request with another deadline */
    public HttpRequest within(Duration other) {
        return new HttpRequest(method, url, headers, body, other);
    }

    /** Without user information, path, headers and body: these hold secrets and what is not yet public. */
    @Override
    public String toString() {
        String port = url.getPort() == -1 ? "" : ":" + url.getPort();
        return method + " " + url.getScheme() + "://" + url.getHost() + port;
    }
}
