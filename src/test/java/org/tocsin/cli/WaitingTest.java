package org.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tocsin.base.Messages;

/** A daemon that does not answer for a while, and what is told meanwhile. */
class WaitingTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CountDownLatch answered = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try {
                answered.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        answered.countDown();
        server.stop(0);
    }

    private Api api() {
        Terminal terminal = new Terminal(
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new BufferedReader(new StringReader("")),
                null,
                new Messages(),
                Locale.FRENCH);
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new Api(address, "token", terminal, Duration.ofMillis(50));
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void a_command_with_a_key_is_told_that_it_may_be_repeated() throws InterruptedException {
        Api api = api();
        Thread command = Thread.ofVirtual().start(() -> api.post("/api/v1/posts", api.object(), "the-key"));
        await().atMost(Duration.ofSeconds(10)).until(() -> !said().isEmpty());
        assertThat(said()).contains("n’a pas encore répondu", "--key the-key");
        answered.countDown();
        assertThat(command.join(Duration.ofSeconds(10))).isTrue();
        assertThat(said().lines()).hasSize(1);
    }

    @Test
    void another_command_is_told_where_to_look_and_only_once() throws InterruptedException {
        Api api = api();
        Thread command = Thread.ofVirtual().start(() -> api.get("/api/v1/posts"));
        await().atMost(Duration.ofSeconds(10)).until(() -> !said().isEmpty());
        assertThat(said()).contains("tocsin deliveries list").doesNotContain("--key");
        answered.countDown();
        assertThat(command.join(Duration.ofSeconds(10))).isTrue();
        assertThat(said().lines()).hasSize(1);
    }
}
