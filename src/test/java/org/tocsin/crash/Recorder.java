package org.tocsin.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A network that outlives the daemon and writes down what it accepted. It answers late, and what it accepted is listed only after a
 * while. A subclass speaks one network's language.
 */
abstract class Recorder implements AutoCloseable {
    /** How long what was accepted is not listed yet. */
    static final Duration READ_LAG = Duration.ofMillis(300);

    protected final ObjectMapper json = new ObjectMapper();
    private final HttpServer server;
    private final ExecutorService workers;
    private final Trigger trigger;
    private final Random random;
    private final AtomicLong ids = new AtomicLong(1_000_000);
    private final List<Accepted> accepted = new ArrayList<>();
    private final Map<String, Accepted> byKey = new ConcurrentHashMap<>();
    private volatile boolean breaking;

    /** What the public saw. */
    record Accepted(String id, String text, String parent, Instant at) {}

    Recorder(Trigger trigger, long seed) throws IOException {
        this.trigger = trigger;
        this.random = new Random(seed);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        this.workers = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(workers);
        server.createContext("/", this::handle);
        server.start();
    }

    /** The channel's id, also the name of the class of guarantee. */
    abstract String channel();

    /** The body by which the channel is added to the daemon. */
    abstract String channelBody();

    /** Answers one request: JSON, or null after it has answered itself. */
    abstract String answer(HttpExchange exchange, String path, byte[] body) throws IOException;

    String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    String peer() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on some connections break after the post was accepted. */
    void breakConnections() {
        breaking = true;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String answer = answer(exchange, exchange.getRequestURI().getPath(), body);
            if (answer != null) {
                reply(exchange, 200, answer);
            }
        } catch (RuntimeException e) {
            reply(exchange, 500, "{\"error\":\"" + e.getClass().getSimpleName() + "\"}");
        }
    }

    static void reply(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    /** Accepts a post; with a key that is known, the first one counts. Returns null when the connection is to break. */
    Accepted create(String key, String text, String parent) {
        trigger.pass("create.arrived");
        pause(30);
        Accepted effect;
        synchronized (accepted) {
            Accepted before = key.isEmpty() ? null : byKey.get(key);
            effect = before != null ? before : accept(key, text, parent);
        }
        trigger.pass("create.committed");
        pause(30);
        boolean broken;
        synchronized (random) {
            broken = breaking && random.nextInt(3) == 0;
        }
        return broken ? null : effect;
    }

    private Accepted accept(String key, String text, String parent) {
        Accepted fresh = new Accepted(
                String.valueOf(ids.incrementAndGet()),
                text,
                parent,
                Clock.systemUTC().instant());
        accepted.add(fresh);
        if (!key.isEmpty()) {
            byKey.put(key, fresh);
        }
        return fresh;
    }

    void uploading() {
        trigger.pass("upload.arrived");
        pause(20);
    }

    Accepted known(String key) {
        return byKey.get(key);
    }

    /** What a listing shows now, newest first. */
    List<Accepted> listed() {
        Instant visible = Clock.systemUTC().instant().minus(READ_LAG);
        synchronized (accepted) {
            return accepted.reversed().stream()
                    .filter(effect -> effect.at().isBefore(visible))
                    .toList();
        }
    }

    /** Everything that was ever accepted. */
    List<Accepted> all() {
        synchronized (accepted) {
            return List.copyOf(accepted);
        }
    }

    private void pause(int most) {
        int millis;
        synchronized (random) {
            millis = random.nextInt(most + 1);
        }
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }

    JsonNode read(byte[] body) throws IOException {
        return json.readTree(body);
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
