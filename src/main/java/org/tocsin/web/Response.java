package org.tocsin.web;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer.
 *
 * @param status      HTTP status
 * @param contentType empty where there is no body
 * @param headers     more headers
 * @param bytes       the body
 */
public record Response(int status, String contentType, Map<String, String> headers, byte[] bytes) {
    /** An answer of text. */
    static Response text(int status, String contentType, String text) {
        return new Response(status, contentType, Map.of(), text.getBytes(StandardCharsets.UTF_8));
    }

    /** An answer of JSON. */
    static Response json(int status, String json) {
        return text(status, "application/json", json);
    }

    /** An answer without a body. */
    static Response empty(int status) {
        return new Response(status, "", Map.of(), new byte[0]);
    }

    Response with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Response(status, contentType, more, bytes);
    }
}
