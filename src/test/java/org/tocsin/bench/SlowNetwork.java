package org.tocsin.bench;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Mastodon server that answers a post after a fixed time, and remembers in which order posts came. */
final class SlowNetwork implements AutoCloseable {
    private static final Pattern STATUS = Pattern.compile("\"status\"\\s*:\\s*\"([^\"]*)\"");
    private static final String INSTANCE =
            "{\"domain\":\"m.test\",\"version\":\"4.4.1\",\"configuration\":{\"statuses\":"
                    + "{\"max_characters\":500,\"max_media_attachments\":4,\"characters_reserved_per_url\":23}}}";

    private final String id;
    private final HttpServer server;
    private final List<String> seen = new ArrayList<>();

    SlowNetwork(String id, long millis) throws IOException {
        this.id = id;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String answer;
            if (exchange.getRequestURI().getPath().equals("/api/v1/statuses")) {
                Matcher status = STATUS.matcher(body);
                int number = arrived(status.find() ? status.group(1) : "");
                LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
                answer = "{\"id\":\"" + (100_000 + number) + "\",\"url\":\"https://m.test/@a/" + (100_000 + number)
                        + "\",\"created_at\":\"2026-11-23T12:00:00Z\",\"account\":{\"id\":\"77\",\"acct\":\"a\"}}";
            } else if (exchange.getRequestURI().getPath().equals("/api/v2/instance")) {
                answer = INSTANCE;
            } else {
                answer = "{\"id\":\"77\",\"username\":\"a\",\"acct\":\"a\",\"url\":\"https://m.test/@a\"}";
            }
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    private synchronized int arrived(String text) {
        seen.add(text);
        notifyAll();
        return seen.size();
    }

    synchronized void await(int count) throws InterruptedException {
        while (seen.size() < count) {
            wait(1000);
        }
    }

    synchronized void forget() {
        seen.clear();
    }

    synchronized List<String> seen() {
        return List.copyOf(seen);
    }

    String id() {
        return id;
    }

    String peer() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    String channelBody() {
        return "{\"id\":\"" + id + "\",\"network\":\"mastodon\",\"settings\":{\"baseUrl\":\"http://" + peer()
                + "\",\"rate.posts-3h\":\"off\"},\"secrets\":{\"accessToken\":\"bench-token\"},\"check\":false}";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
