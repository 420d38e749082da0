package org.tocsin.web;

import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer.
 *
 * @param status      HTTP status
 * @param contentType empty where there is no body
 * @param headers     more headers
 * @param bytes       the body
 * @param file        sent in the place of the bytes, piece by piece; null for none
 * @param stream      takes over the connection, after status and headers, in the place of both; null for none
 */
public record Response(
        int status,
        String contentType,
        Map<String, String> headers,
        byte[] bytes,
        @Nullable Path file,
        @Nullable Stream stream) {
    /** Writes for as long as it likes. */
    @FunctionalInterface
    public interface Stream {
        /**
         * Called on the event loop.
         *
         * @param request whose answer has its headers, none of which was sent
         */
        void open(HttpServerRequest request);
    }

    public Response(int status, String contentType, Map<String, String> headers, byte[] bytes) {
        this(status, contentType, headers, bytes, null, null);
    }

    /** An answer from a file, which stays as it is for as long as it is there. */
    public static Response file(String contentType, Path file) {
        return new Response(200, contentType, Map.of(), new byte[0], file, null);
    }

    /** An answer of text. */
    public static Response text(int status, String contentType, String text) {
        return new Response(status, contentType, Map.of(), text.getBytes(StandardCharsets.UTF_8));
    }

    /** An answer of JSON. */
    public static Response json(int status, String json) {
        return text(status, "application/json", json);
    }

    /** An answer that goes on. */
    static Response stream(String contentType, Stream stream) {
        return new Response(200, contentType, Map.of(), new byte[0], null, stream);
    }

    /** An answer without a body. */
    public static Response empty(int status) {
        return new Response(status, "", Map.of(), new byte[0]);
    }

    /** @return the same with one more header */
    public Response with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Response(status, contentType, more, bytes, file, stream);
    }
}
