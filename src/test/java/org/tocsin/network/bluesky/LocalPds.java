package org.tocsin.network.bluesky;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.tocsin.network.Json;

/** A real @atproto/pds with a directory of identities in memory, as {@code src/test/pds/install.sh} installs them. */
final class LocalPds implements AutoCloseable {
    /** Where install.sh puts it. */
    static final Path INSTALLED = Path.of("target", "pds");
    /** Signs its tokens; known, so that a test can mint an expired one. */
    static final String JWT_SECRET = "test-jwt-secret";

    private final Path logs;
    private final int port;
    private final int plcPort;
    private final HttpClient http;
    private final List<Process> processes;

    /** An account with an app password. */
    record Account(String did, String handle, String password, String appPassword) {}

    /**
     * Starts both on free ports of the loopback address and waits until they answer.
     *
     * @param folder empty, for data and logs
     */
    LocalPds(Path folder) throws IOException {
        this.logs = folder;
        this.port = freePort();
        this.plcPort = freePort();
        // An offer of HTTP/2 would be taken for a WebSocket.
        this.http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        for (String script : List.of("loopback.mjs", "plc.cjs", "pds.mjs")) {
            Files.copy(
                    Path.of("src", "test", "pds", script),
                    INSTALLED.resolve("server").resolve(script),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        Files.createDirectories(folder.resolve("data"));
        Files.createDirectories(folder.resolve("blobs"));
        this.processes = List.of(start("plc.cjs"), start("pds.mjs"));
        try {
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(this::answers);
        } catch (RuntimeException e) {
            close();
            throw new IllegalStateException(Files.readString(folder.resolve("pds.mjs.log")), e);
        }
    }

    static boolean isInstalled() {
        return Files.isRegularFile(INSTALLED.resolve("ready"));
    }

    /** As it names itself in the documents of its accounts. */
    String origin() {
        return "http://localhost:" + port;
    }

    private Process start(String script) throws IOException {
        Path home = INSTALLED.toAbsolutePath();
        ProcessBuilder builder = new ProcessBuilder(
                        home.resolve("node/current/bin/node").toString(), "--import", "./loopback.mjs", script)
                .directory(home.resolve("server").toFile())
                .redirectErrorStream(true)
                .redirectOutput(logs.resolve(script + ".log").toFile());
        builder.environment()
                .putAll(Map.of(
                        "LOG_ENABLED",
                        "0",
                        "PLC_PORT",
                        String.valueOf(plcPort),
                        "PDS_HOSTNAME",
                        "localhost",
                        "PDS_PORT",
                        String.valueOf(port),
                        "PDS_DEV_MODE",
                        "1",
                        "PDS_INVITE_REQUIRED",
                        "0",
                        "PDS_DATA_DIRECTORY",
                        logs.resolve("data").toString(),
                        "PDS_BLOBSTORE_DISK_LOCATION",
                        logs.resolve("blobs").toString(),
                        "PDS_DID_PLC_URL",
                        "http://127.0.0.1:" + plcPort));
        builder.environment()
                .putAll(Map.of(
                        "PDS_PLC_ROTATION_KEY_K256_PRIVATE_KEY_HEX",
                        "a1".repeat(32),
                        "PDS_DPOP_SECRET",
                        "b2".repeat(32),
                        "PDS_JWT_SECRET",
                        JWT_SECRET,
                        "PDS_ADMIN_PASSWORD",
                        "admin-pass",
                        "PDS_BLOB_UPLOAD_LIMIT",
                        "104857600"));
        return builder.start();
    }

    private boolean answers() {
        try {
            return send("GET", "/xrpc/_health", Map.of(), new byte[0]).statusCode() == 200;
        } catch (UncheckedIOException _) {
            return false;
        }
    }

    /** Passes a request on. */
    HttpResponse<byte[]> send(String method, String target, Map<String, String> headers, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                .timeout(Duration.ofSeconds(30))
                .method(
                        method,
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Calls a procedure with JSON. */
    JsonNode call(String method, String token, JsonNode body) {
        Map<String, String> headers = token.isEmpty()
                ? Map.of("Content-Type", "application/json")
                : Map.of("Content-Type", "application/json", "Authorization", "Bearer " + token);
        HttpResponse<byte[]> response =
                send("POST", "/xrpc/" + method, headers, body.toString().getBytes(StandardCharsets.UTF_8));
        String text = new String(response.body(), StandardCharsets.UTF_8);
        if (response.statusCode() != 200) {
            throw new IllegalStateException(method + ": " + text);
        }
        return Json.read(text);
    }

    /** Makes an account with an app password. */
    Account account(String name) {
        String handle = name + ".test";
        String password = "main-" + name;
        JsonNode made = call(
                "com.atproto.server.createAccount",
                "",
                Json.object()
                        .put("handle", handle)
                        .put("email", name + "@example.test")
                        .put("password", password));
        JsonNode app = call(
                "com.atproto.server.createAppPassword",
                made.path("accessJwt").asText(),
                Json.object().put("name", "tocsin"));
        return new Account(
                made.path("did").asText(),
                handle,
                password,
                app.path("password").asText());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        processes.forEach(Process::destroy);
        for (Process process : processes) {
            try {
                if (!process.waitFor(10, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException _) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
        http.close();
    }
}
