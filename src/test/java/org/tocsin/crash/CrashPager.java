package org.tocsin.crash;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where alerts arrive: a webhook that knows a repeat by its id, and a chat that knows none. */
final class CrashPager implements AutoCloseable {
    private static final Pattern ALERT = Pattern.compile("/desk/alerts/([0-9a-f-]{36})");

    private final HttpServer server;
    private final List<String> ids;
    private final List<String> said;

    CrashPager() throws IOException {
        this.ids = new CopyOnWriteArrayList<>();
        this.said = new CopyOnWriteArrayList<>();
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String peer() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    String url(String way) {
        return "http://" + peer() + "/" + way;
    }

    /** @return the id of each request of the webhook, as often as it came */
    List<String> ids() {
        return List.copyOf(ids);
    }

    /** @return the alerts that stand in the chat, each as often as it stands there */
    List<String> alerts() {
        List<String> alerts = new ArrayList<>();
        for (String text : said) {
            Matcher alert = ALERT.matcher(text);
            while (alert.find()) {
                alerts.add(alert.group(1));
            }
        }
        return alerts;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (exchange.getRequestURI().getPath().equals("/hook")) {
                ids.add(String.valueOf(exchange.getRequestHeaders().getFirst("webhook-id")));
            } else {
                said.add(body);
            }
            exchange.sendResponseHeaders(200, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
