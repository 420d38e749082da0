package org.tocsin.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.tocsin.app.RunningDaemon.Answer;

/** A client that speaks to a daemon on this machine. */
final class Caller implements AutoCloseable {
    private final HttpClient client;
    private final int port;
    private final String token;

    Caller(int port, String token) {
        this.port = port;
        this.token = token;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    Answer get(String path, String... headers) {
        return send(token, "GET", path, null, headers);
    }

    Answer post(String path, String body, String... headers) {
        return send(token, "POST", path, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    Answer send(@Nullable String bearer, String method, String path, byte @Nullable [] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .header("Accept-Language", "en")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (bearer != null) {
            request.header("Authorization", "Bearer " + bearer);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = exchange(request.build());
        return new Answer(response.statusCode(), response.body(), response.headers());
    }

    /** What an address answers to anybody. */
    String text(URI address) {
        return exchange(HttpRequest.newBuilder(address)
                        .timeout(Duration.ofSeconds(30))
                        .build())
                .body();
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return client.send(request, Finite::body);
        } catch (IOException e) {
            throw new AssertionError(request.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(request.toString(), e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
