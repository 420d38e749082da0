package org.tocsin.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.config.SettingsReader;

/** A whole daemon in this process, on a free port, and a client that speaks to it. */
final class RunningDaemon implements AutoCloseable {
    static final JsonMapper JSON = new JsonMapper();

    private final Daemon daemon;
    private final HttpClient client;
    private final String token;

    RunningDaemon(Path data, String... environment) throws IOException {
        this(Seams.NONE, data, environment);
    }

    RunningDaemon(Seams seams, Path data, String... environment) throws IOException {
        Map<String, String> all = new HashMap<>();
        all.put("TOCSIN_DATA", data.toString());
        all.put("TOCSIN_HTTP_PORT", "0");
        all.put("TOCSIN_CARDS", "false");
        for (int i = 0; i < environment.length; i += 2) {
            all.put(environment[i], environment[i + 1]);
        }
        this.daemon = Daemon.start(SettingsReader.read(data.resolve("no-file"), all), Clock.systemUTC(), seams);
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
        this.token = Files.readString(data.resolve("api.token")).strip();
    }

    /** An answer, its body read as JSON where it is some. */
    record Answer(int status, String body, java.net.http.HttpHeaders headers) {
        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (JsonProcessingException e) {
                throw new AssertionError("no JSON: " + body, e);
            }
        }

        /** The first error's place and code. */
        String error() {
            JsonNode first = json().path("errors").path(0);
            return first.path("pointer").asText() + " " + first.path("code").asText();
        }

        @Nullable
        String header(String name) {
            return headers.firstValue(name).orElse(null);
        }
    }

    String token() {
        return token;
    }

    int port() {
        return daemon.port();
    }

    /** What the management address measures. */
    String metrics() {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + daemon.managementPort() + "/metrics"))
                .timeout(Duration.ofSeconds(30))
                .build();
        try {
            return client.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8))
                    .body();
        } catch (IOException e) {
            throw new AssertionError("/metrics", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("/metrics", e);
        }
    }

    Answer get(String path, String... headers) {
        return send(token, "GET", path, null, headers);
    }

    Answer post(String path, String body, String... headers) {
        return send(token, "POST", path, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    Answer send(@Nullable String bearer, String method, String path, byte @Nullable [] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + daemon.port() + path))
                .timeout(Duration.ofSeconds(30))
                .header("Accept-Language", "en")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (bearer != null) {
            request.header("Authorization", "Bearer " + bearer);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Answer(response.statusCode(), response.body(), response.headers());
        } catch (IOException e) {
            throw new AssertionError(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(method + " " + path, e);
        }
    }

    int posts() {
        return get("/api/v1/posts?limit=200").json().path("items").size();
    }

    @Override
    public void close() {
        client.close();
        daemon.close();
    }
}
