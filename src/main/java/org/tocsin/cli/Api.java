package org.tocsin.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;

/** The daemon's REST API, as the command line uses it. A POST carries an idempotency key, so that a repeat after a broken line is safe. */
final class Api {
    private static final Duration TIMEOUT = Duration.ofSeconds(100);
    /** How long a command is silent before it says that it waits. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String ZONE = "Tocsin-Zone";
    private static final int PAGE = 200;
    private static final int IN_FLIGHT = 30;

    private final URI address;
    private final String token;
    private final Terminal terminal;
    private final Duration patience;
    private final HttpClient http;
    private final ObjectMapper json;
    private boolean told;

    /** @param patience how long to wait in silence */
    Api(URI address, String token, Terminal terminal, Duration patience) {
        this.address = address;
        this.token = token;
        this.terminal = terminal;
        this.patience = patience;
        this.http = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(5))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        this.json = new ObjectMapper();
    }

    /** @return where the daemon was asked, without a slash at the end */
    String address() {
        return address.toString().replaceAll("/+$", "");
    }

    ObjectNode object() {
        return json.createObjectNode();
    }

    /** @return a path below the API's, each part encoded: ids come from people */
    static String path(String... parts) {
        return "/api/v1/" + Arrays.stream(parts).map(Api::encoded).collect(Collectors.joining("/"));
    }

    /** @return a part of an address as it stands there */
    static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    JsonNode get(String path) {
        return send(request(path).GET());
    }

    /** @return an answer that is no JSON */
    String text(String path) {
        try {
            HttpResponse<String> response =
                    answer(request(path).GET().build(), Message.of("cli.waiting", "address", address));
            if (response.statusCode() / 100 != 2) {
                throw new Refusal(response.statusCode(), json.readTree(response.body()));
            }
            return response.body();
        } catch (JsonProcessingException e) {
            throw new CommandFault(Message.of("cli.answer", "address", address));
        } catch (IOException e) {
            throw new CommandFault(Message.of("cli.unreachable", "address", address));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFault(Message.of("cli.interrupted"));
        }
    }

    /** @return an answer that is no text */
    byte[] bytes(String path) {
        try {
            HttpResponse<byte[]> response = answer(
                    request(path).GET().build(),
                    HttpResponse.BodyHandlers.ofByteArray(),
                    Message.of("cli.waiting", "address", address));
            if (response.statusCode() / 100 != 2) {
                throw new Refusal(response.statusCode(), json.readTree(response.body()));
            }
            return response.body();
        } catch (JsonProcessingException e) {
            throw new CommandFault(Message.of("cli.answer", "address", address));
        } catch (IOException e) {
            throw new CommandFault(Message.of("cli.unreachable", "address", address));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFault(Message.of("cli.interrupted"));
        }
    }

    /**
     * A list that goes over pages.
     *
     * @param items at most as many as were asked for
     * @param more  whether there are more than these
     */
    record Listed(List<JsonNode> items, boolean more) {}

    /** @return the newest {@code max}, page by page */
    Listed list(String path, int max) {
        List<JsonNode> items = new ArrayList<>();
        String after = "";
        while (true) {
            String query = (path.contains("?") ? "&" : "?") + "limit=" + Math.min(PAGE, max - items.size());
            JsonNode page = get(path + query + (after.isEmpty() ? "" : "&after=" + after));
            page.path("items").forEach(items::add);
            after = page.path("next").asText("");
            boolean more = page.path("next").isTextual();
            if (!more || items.size() >= max) {
                return new Listed(items, more);
            }
        }
    }

    JsonNode post(String path, ObjectNode body) {
        return keyed("POST", path, body, freshKey(), false);
    }

    static String freshKey() {
        return UUID.randomUUID().toString();
    }

    /**
     * Where no answer comes, the request is made once more under the same key: the daemon does it once, and answers with what it stored.
     *
     * @param key told to the person where there is no answer again
     */
    JsonNode post(String path, ObjectNode body, String key) {
        return keyed("POST", path, body, key, true);
    }

    JsonNode patch(String path, ObjectNode body) {
        return keyed("PATCH", path, body, freshKey(), false);
    }

    /** Says what is to be so; doing it twice is doing it once. */
    JsonNode put(String path, ObjectNode body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8)));
    }

    private JsonNode keyed(String method, String path, ObjectNode body, String key, boolean known) {
        HttpRequest request = request(path)
                .header("Idempotency-Key", key)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8))
                .build();
        // Only a command that takes a key is told one.
        Message waiting = known
                ? Message.of("cli.waiting.key", "address", address, "key", key)
                : Message.of("cli.waiting", "address", address);
        try {
            return exchange(request, waiting);
        } catch (ConnectException e) {
            throw new CommandFault(Message.of("cli.unreachable", "address", address));
        } catch (IOException first) {
            return again(request, key, waiting);
        }
    }

    private JsonNode again(HttpRequest request, String key, Message waiting) {
        try {
            for (int i = 0; ; i++) {
                try {
                    return exchange(request, waiting);
                } catch (Refusal refusal) {
                    // The first request is still being answered.
                    if (!refusal.isInFlight() || i == IN_FLIGHT) {
                        throw refusal;
                    }
                    Thread.sleep(1000);
                }
            }
        } catch (IOException e) {
            throw new CommandFault(Message.of("cli.unanswered", "address", address, "key", key));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFault(Message.of("cli.interrupted"));
        }
    }

    /** A step of a dialogue, which is made once: it carries secrets, of which nothing is kept by which a repeat could be known. */
    JsonNode postOnce(String path, ObjectNode body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8)));
    }

    /** @param key the same file under the same key is the same image */
    JsonNode upload(String path, Path file, String key) throws IOException {
        return send(request(path)
                .header("Idempotency-Key", key)
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
                .header("Accept-Language", terminal.locale().getLanguage());
    }

    private JsonNode send(HttpRequest.Builder request) {
        try {
            return exchange(request.build(), Message.of("cli.waiting", "address", address));
        } catch (IOException e) {
            throw new CommandFault(Message.of("cli.unreachable", "address", address));
        }
    }

    private JsonNode exchange(HttpRequest request, Message waiting) throws IOException {
        try {
            HttpResponse<String> response = answer(request, waiting);
            response.headers().firstValue(ZONE).ifPresent(this::zone);
            JsonNode body = response.body().isEmpty() ? object() : json.readTree(response.body());
            if (response.statusCode() / 100 != 2) {
                if (!body.path("title").isTextual()) {
                    throw new CommandFault(Message.of("cli.answer", "address", address));
                }
                throw new Refusal(response.statusCode(), body);
            }
            return body;
        } catch (JsonProcessingException e) {
            throw new CommandFault(Message.of("cli.answer", "address", address));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFault(Message.of("cli.interrupted"));
        }
    }

    private HttpResponse<String> answer(HttpRequest request, Message waiting) throws IOException, InterruptedException {
        return answer(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8), waiting);
    }

    private <T> HttpResponse<T> answer(HttpRequest request, HttpResponse.BodyHandler<T> body, Message waiting)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<T>> asked = http.sendAsync(request, body);
        try {
            try {
                return asked.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException slow) {
                if (!told) {
                    told = true;
                    terminal.hint(waiting);
                }
                return asked.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException broken) {
                throw broken;
            }
            throw new IOException(e.getCause());
        } finally {
            asked.cancel(true);
        }
    }

    private void zone(String id) {
        try {
            terminal.zone(ZoneId.of(id));
        } catch (DateTimeException unknown) {
            // A zone that only a newer Java knows: times are told in the zone of this machine.
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

        boolean isInFlight() {
            return "web.key.in-flight"
                    .equals(problem.path("errors").path(0).path("code").asText());
        }

        int status() {
            return status;
        }
    }
}
