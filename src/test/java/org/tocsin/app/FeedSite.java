package org.tocsin.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A web site with feeds, on a loopback port. */
final class FeedSite implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Page> pages;
    private final List<Asked> asked;

    /** What stands at a path. */
    record Page(int status, String type, String body, Map<String, String> headers) {
        Page with(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Page(status, type, body, more);
        }
    }

    /** A request that came. */
    record Asked(String path, Map<String, List<String>> headers, String body) {}

    FeedSite() throws IOException {
        this.pages = new ConcurrentHashMap<>();
        this.asked = new CopyOnWriteArrayList<>();
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    static Page rss(String title, String... items) {
        return new Page(
                200,
                "application/rss+xml",
                "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>" + title
                        + "</title><link>https://ex.fr</link><description>d</description>" + String.join("", items)
                        + "</channel></rss>",
                Map.of());
    }

    static String item(String id, String title) {
        return "<item><guid isPermaLink=\"false\">" + id + "</guid><title>" + title + "</title><link>https://ex.fr/"
                + id + "</link></item>";
    }

    static Page json(String body) {
        return new Page(200, "application/json", body, Map.of());
    }

    static Page status(int status) {
        return new Page(status, "text/plain", "", Map.of());
    }

    void put(String path, Page page) {
        pages.put(path, page);
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    String peer() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    List<Asked> asked(String path) {
        return asked.stream().filter(one -> one.path().equals(path)).toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(new Asked(path, Map.copyOf(exchange.getRequestHeaders()), sent));
            Page page = pages.getOrDefault(path, status(404));
            String etag = page.headers().get("ETag");
            boolean same =
                    etag != null && etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
            exchange.getResponseHeaders().set("Content-Type", page.type());
            page.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] body = page.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(same ? 304 : page.status(), same || body.length == 0 ? -1 : body.length);
            if (!same && body.length > 0) {
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write(body);
                }
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
