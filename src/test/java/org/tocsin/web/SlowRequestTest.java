package org.tocsin.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that waits for nobody for ever. */
@Timeout(20)
class SlowRequestTest {
    private static final Duration SOON = Duration.ofMillis(300);
    private static final String WHOLE = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

    private final Vertx vertx = Vertx.vertx();
    private HttpServer server;

    @BeforeEach
    void start() {
        SlowClients slow = SlowClients.of(vertx, SOON, SOON, SOON, SOON);
        server = vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(0).setHttp2ClearTextEnabled(false))
                .requestHandler(request -> {
                    slow.began(request);
                    request.end().onSuccess(ended -> {
                        if (request.path().equals("/later")) {
                            vertx.setTimer(
                                    SOON.toMillis() * 4,
                                    late -> request.response().end("late"));
                        } else {
                            request.response().end("ok");
                        }
                    });
                });
        slow.watch(server);
        server.listen().toCompletionStage().toCompletableFuture().join();
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private String answer(String sent) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET / HT",
                "GET / HTTP/1.1\r\nHost: x\r\nX: ",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab",
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"
            })
    void whoever_does_not_end_his_headers_or_his_body_is_cut_off(String sent) throws IOException {
        // The end of the stream comes from the server, for nothing else ends it.
        assertThat(answer(sent)).doesNotContain("200 OK");
    }

    @Test
    void a_next_request_that_does_not_end_is_cut_off_too() throws IOException {
        assertThat(answer(WHOLE + "GET / HT")).startsWith("HTTP/1.1 200 OK").endsWith("ok");
    }

    @Test
    void an_answer_may_take_its_time() throws IOException {
        assertThat(answer(WHOLE.replace("/ HTTP", "/later HTTP"))).endsWith("late");
    }
}
