package org.tocsin.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Starts the daemon as a process, gives it work, and kills it. */
final class CrashHarness implements AutoCloseable {
    private final Path data;
    private final List<Recorder> networks;
    private final Map<String, String> settings;
    private final String wrong;
    private final HttpClient http;
    private final ObjectMapper json = new ObjectMapper();
    private final List<Wanted> wanted = new ArrayList<>();
    private @Nullable Process process;
    private int port;
    private String image = "";

    /** A post that is to be accepted. The key stays, so that asking again after a crash is safe. */
    private static final class Wanted {
        private final String body;
        private final String key = UUID.randomUUID().toString();
        private boolean acknowledged;

        private Wanted(String body) {
            this.body = body;
        }
    }

    CrashHarness(Path data, List<Recorder> networks, Map<String, String> settings, String wrong) {
        this.data = data;
        this.networks = networks;
        this.settings = settings;
        this.wrong = wrong;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    /** @param crashAt {@code name:n} for a place in the daemon, empty for none; returns false when it died before it was ready */
    boolean start(String crashAt) throws IOException {
        List<String> command = WarmStart.command();
        command.add(CrashDaemon.class.getName());
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        environment.put("TOCSIN_DATA", data.toString());
        environment.put("TOCSIN_HTTP_PORT", "0");
        environment.put(
                "TOCSIN_HTTP_ALLOW", networks.stream().map(Recorder::peer).collect(Collectors.joining(",")));
        environment.put("TOCSIN_DELIVERY_GRACE", "24h");
        environment.put("TOCSIN_DELIVERY_RETRY_MIN", "100ms");
        environment.put("TOCSIN_DELIVERY_RETRY_MAX", "400ms");
        environment.put("CRASH_AT", crashAt);
        environment.put("CRASH_WRONG", wrong);
        environment.putAll(settings);
        builder.redirectError(data.resolveSibling("daemon.err").toFile());
        process = builder.start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("READY ")) {
                port = Integer.parseInt(line.substring(6));
                return true;
            }
        }
        return false;
    }

    void kill() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    /** @return whether the daemon has died by itself within that time */
    boolean died(long millis) throws InterruptedException {
        return process != null && process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    void connect(byte[] png) throws Exception {
        for (Recorder network : networks) {
            HttpResponse<String> answer = post(
                    "/api/v1/channels", network.channelBody(), UUID.randomUUID().toString());
            if (answer.statusCode() != 201) {
                throw new IllegalStateException(answer.body());
            }
        }
        HttpRequest upload = request("/api/v1/media?name=a.png")
                .POST(HttpRequest.BodyPublishers.ofByteArray(png))
                .build();
        HttpResponse<String> answer = http.send(upload, HttpResponse.BodyHandlers.ofString());
        image = json.readTree(answer.body()).path("id").asText();
    }

    /** Wants a plain post, a thread, or a post with a picture on every network. */
    void want(int number) {
        String marker = "k" + number + "q";
        String channels = networks.stream()
                .map(network -> "\"" + network.channel() + "\"")
                .collect(Collectors.joining(","));
        String text = switch (number % 3) {
            case 0 -> marker + " une seule partie";
            case 1 ->
                marker + "a " + "mot ".repeat(45).strip() + "\\n\\n" + marker + "b "
                        + "mot ".repeat(45).strip();
            default -> marker + " une image";
        };
        String media = number % 3 == 2 ? ",\"media\":[{\"id\":\"" + image + "\",\"alt\":\"Une salle\"}]" : "";
        wanted.add(new Wanted("{\"text\":\"" + text + "\",\"language\":\"fr\",\"allowThread\":true,\"channels\":["
                + channels + "]" + media + "}"));
    }

    /** Asks for everything that was not acknowledged yet; a daemon that dies meanwhile is asked again after its start. */
    void submit() {
        for (Wanted post : wanted) {
            if (!post.acknowledged) {
                try {
                    HttpResponse<String> answer = post("/api/v1/posts", post.body, post.key);
                    if (answer.statusCode() == 201) {
                        post.acknowledged = true;
                    } else if (answer.statusCode() / 100 == 4) {
                        throw new IllegalStateException(answer.body());
                    }
                } catch (IOException e) {
                    return;
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    boolean allAcknowledged() {
        return wanted.stream().allMatch(post -> post.acknowledged);
    }

    /** Every delivery there is. */
    List<JsonNode> deliveries() throws Exception {
        List<JsonNode> all = new ArrayList<>();
        String after = "";
        while (true) {
            JsonNode page = get("/api/v1/deliveries?limit=200" + (after.isEmpty() ? "" : "&after=" + after));
            page.path("items").forEach(all::add);
            if (page.path("next").isNull()) {
                return all;
            }
            after = page.path("next").asText();
        }
    }

    JsonNode get(String path) throws Exception {
        return json.readTree(text(path));
    }

    String text(String path) throws Exception {
        return http.send(request(path).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    HttpResponse<String> post(String path, String body, String key) throws IOException, InterruptedException {
        return http.send(
                request(path)
                        .header("Idempotency-Key", key)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) throws IOException {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20))
                .header(
                        "Authorization",
                        "Bearer " + Files.readString(data.resolve("api.token")).strip());
    }

    int acknowledged() {
        return (int) wanted.stream().filter(post -> post.acknowledged).count();
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }
}
