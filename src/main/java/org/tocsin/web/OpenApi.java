package org.tocsin.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** The description of the API, for anyone. A test holds it and the endpoints together. */
final class OpenApi {
    private OpenApi() {}

    static List<Endpoint> endpoints() {
        return List.of(Endpoint.get("/api/openapi.json", null, request -> {
            try (InputStream in = open()) {
                return new Response(200, "application/json", Map.of(), in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
    }

    static InputStream open() {
        InputStream in = OpenApi.class.getResourceAsStream("/openapi.json");
        if (in == null) {
            throw new IllegalStateException("openapi.json is not in this build");
        }
        return in;
    }
}
