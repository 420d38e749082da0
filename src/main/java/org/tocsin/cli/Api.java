package org.tocsin.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;

/** The daemon's REST API, as the command line uses it. A POST carries an idempotency key, so that a repeat after a broken line is safe. */
final class Api {
    private static final Duration TIMEOUT = Duration.ofSeconds(100);

    private final URI address;
    private final String token;
    private final Locale locale;
    private final HttpClient http;
    private final ObjectMapper json;

    Api(URI address, String token, Locale locale) {
        this.address = address;
        this.token = token;
        this.locale = locale;
        this.http = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(5))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        this.json = new ObjectMapper();
    }

    ObjectNode object() {
        return json.createObjectNode();
    }

    JsonNode get(String path) {
        return send(request(path).GET());
    }

    JsonNode post(String path, ObjectNode body) {
        // The same key for the one repeat below: the daemon answers it with what it has stored.
        HttpRequest.Builder request = request(path)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8));
        return send(request);
    }

    JsonNode upload(String path, Path file) throws IOException {
        return send(request(path)
                .header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofFile(file)));
    }

    JsonNode delete(String path, @Nullable ObjectNode body) {
        HttpRequest.BodyPublisher publisher = body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8);
        return send(request(path).method("DELETE", publisher));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token)
                .header("Accept-Language", locale.getLanguage());
    }

    private JsonNode send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            JsonNode body = response.body().isEmpty() ? object() : json.readTree(response.body());
            if (response.statusCode() / 100 != 2) {
                throw new Refusal(response.statusCode(), body);
            }
            return body;
        } catch (JsonProcessingException e) {
            throw new CommandFault(Message.of("cli.answer", "address", address));
        } catch (IOException e) {
            throw new CommandFault(Message.of("cli.unreachable", "address", address));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFault(Message.of("cli.interrupted"));
        }
    }

    /** The daemon said no. */
    static final class Refusal extends RuntimeException {
        private final transient JsonNode problem;
        private final int status;

        Refusal(int status, JsonNode problem) {
            super("refused with status " + status);
            this.status = status;
            this.problem = problem;
        }

        JsonNode problem() {
            return problem;
        }

        int status() {
            return status;
        }
    }
}
