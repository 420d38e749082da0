package org.tocsin.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.config.SettingsReader;

/** A whole daemon in this process, on a free port, and a client that speaks to it. */
final class RunningDaemon implements AutoCloseable {
    static final JsonMapper JSON = new JsonMapper();

    private final Running running;
    private final Caller caller;
    private final String token;

    RunningDaemon(Path data, String... environment) throws IOException {
        this(Seams.NONE, data, environment);
    }

    RunningDaemon(Seams seams, Path data, String... environment) throws IOException {
        Map<String, String> all = new HashMap<>();
        all.put("TOCSIN_DATA", data.toString());
        all.put("TOCSIN_HTTP_PORT", "0");
        all.put("TOCSIN_CARDS", "false");
        all.put("TOCSIN_DESK_UNDO", "0s");
        for (int i = 0; i < environment.length; i += 2) {
            all.put(environment[i], environment[i + 1]);
        }
        this.running = new Running(SettingsReader.read(data.resolve("no-file"), all), Clock.systemUTC(), seams);
        this.token = Files.readString(data.resolve("api.token")).strip();
        this.caller = new Caller(running.daemon().port(), token);
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
        return running.daemon().port();
    }

    /** What the management address measures. */
    String metrics() {
        return caller.text(URI.create("http://127.0.0.1:" + running.daemon().managementPort() + "/metrics"));
    }

    Answer get(String path, String... headers) {
        return caller.get(path, headers);
    }

    Answer post(String path, String body, String... headers) {
        return caller.post(path, body, headers);
    }

    Answer send(@Nullable String bearer, String method, String path, byte @Nullable [] body, String... headers) {
        return caller.send(bearer, method, path, body, headers);
    }

    int posts() {
        return get("/api/v1/posts?limit=200").json().path("items").size();
    }

    @Override
    public void close() {
        caller.close();
        running.close();
    }
}
