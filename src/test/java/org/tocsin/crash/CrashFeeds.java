package org.tocsin.crash;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * Feeds that grow. They answer a conditional request as a good server does, so that a reader that took note of a document before it kept
 * what stood there never sees it again.
 */
final class CrashFeeds implements AutoCloseable {
    /** A feed shows so many, as feeds do: who was away for longer has missed something, which is not what is tested here. */
    private static final int SHOWN = 400;

    private final HttpServer server;
    private final Trigger trigger;
    private final Map<String, List<Said>> feeds;
    private final Map<String, Integer> changes;

    /** An item of a feed. */
    record Said(String id, String title, String text) {}

    /** @param trigger passed at {@code feed.asked}, {@code feed.answered} */
    CrashFeeds(Trigger trigger) throws IOException {
        this.trigger = trigger;
        this.feeds = new ConcurrentHashMap<>();
        this.changes = new ConcurrentHashMap<>();
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String peer() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    String url(String feed) {
        return "http://" + peer() + "/" + feed;
    }

    /** Puts an item on top, or another text in its place. */
    void say(String feed, Said said) {
        List<Said> items = feeds.computeIfAbsent(feed, one -> new CopyOnWriteArrayList<>());
        int known = items.stream().map(Said::id).toList().indexOf(said.id());
        if (known < 0) {
            items.addFirst(said);
        } else {
            items.set(known, said);
        }
        changes.merge(feed, 1, Integer::sum);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String feed = exchange.getRequestURI().getPath().substring(1);
            trigger.pass("feed.asked");
            // Looked at before the items: what is said between the two is read once more, and not lost.
            String etag = "\"" + changes.getOrDefault(feed, 0) + "\"";
            StringBuilder body = new StringBuilder("<rss version=\"2.0\"><channel><title>").append(feed);
            body.append("</title><link>https://ex.fr</link><description>d</description>");
            feeds.getOrDefault(feed, List.of()).stream().limit(SHOWN).forEach(said -> body.append(item(feed, said)));
            byte[] bytes = body.append("</channel></rss>").toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/rss+xml");
            exchange.getResponseHeaders().set("ETag", etag);
            if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                exchange.sendResponseHeaders(304, -1);
            } else {
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.getResponseBody().flush();
            }
            trigger.pass("feed.answered");
        }
    }

    private static String item(String feed, Said said) {
        return "<item><guid isPermaLink=\"false\">" + said.id() + "</guid><title>" + said.title() + "</title><link>"
                + "https://ex.fr/" + feed + "/" + said.id() + "</link><description>" + said.text()
                + "</description></item>";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
