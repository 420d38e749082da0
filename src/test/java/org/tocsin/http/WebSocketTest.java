package org.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tocsin.base.Ticker;
import org.tocsin.http.HttpFailure.Kind;
import org.tocsin.mention.FakeStreams;

/** Streams are read in bounded pieces, and only from where a connection is allowed. */
class WebSocketTest {
    private FakeStreams server;
    private OutboundHttp http;

    @BeforeEach
    void start() throws IOException {
        server = new FakeStreams();
        http = new OutboundHttp(new AddressGuard(Set.of(server.peer())), "Tocsin/test", null, Ticker.system());
    }

    @AfterEach
    void stop() throws IOException {
        http.close();
        server.close();
    }

    private WebSocket open(Duration idle) {
        WebSocketClient.Opening opening =
                http.open(server.url("/s?x=1"), Map.of("Authorization", "Bearer t"), 1_000, idle);
        assertThat(opening).isInstanceOf(WebSocketClient.Open.class);
        await().atMost(Duration.ofSeconds(5)).until(() -> server.streams() == 1);
        return ((WebSocketClient.Open) opening).socket();
    }

    private static Kind end(WebSocket.Next next) {
        assertThat(next).isInstanceOf(WebSocket.Over.class);
        return ((WebSocket.Over) next).why().kind();
    }

    @Test
    void messages_come_whole_and_in_order_also_in_pieces() throws IOException {
        try (WebSocket socket = open(Duration.ofSeconds(10))) {
            server.tell("un é");
            server.raw(FakeStreams.frame(0x01, "de".getBytes(StandardCharsets.UTF_8)));
            server.raw(FakeStreams.frame(0x89, "ping".getBytes(StandardCharsets.UTF_8)));
            server.raw(FakeStreams.frame(0x80, "ux".getBytes(StandardCharsets.UTF_8)));
            server.tell("x".repeat(900));
            assertThat(socket.next()).isEqualTo(new WebSocket.Text("un é"));
            assertThat(socket.next()).isEqualTo(new WebSocket.Text("deux"));
            assertThat(socket.next()).isEqualTo(new WebSocket.Text("x".repeat(900)));
        }
        assertThat(server.requests().getFirst()).contains("Authorization: Bearer t", "GET /s?x=1 ");
    }

    @Test
    void a_message_that_is_too_long_is_not_read_to_its_end() throws IOException {
        try (WebSocket socket = open(Duration.ofSeconds(10))) {
            server.raw(
                    (byte) 0x81,
                    (byte) 127,
                    (byte) 0x7f,
                    (byte) 0,
                    (byte) 0,
                    (byte) 0,
                    (byte) 0,
                    (byte) 0,
                    (byte) 0,
                    (byte) 0);
            assertThat(end(socket.next())).isEqualTo(Kind.TOO_LARGE);
        }
    }

    @Test
    void what_is_no_stream_ends_it() throws IOException {
        for (byte[] wrong : new byte[][] {
            {(byte) 0x82, 1, 'x'},
            {(byte) 0xf1, 1, 'x'},
            {(byte) 0x81, (byte) 0x81, 0, 0, 0, 0, 'x'},
            {(byte) 0x80, 1, 'x'},
            {(byte) 0x89, 126, 1, 0},
            {(byte) 0x81, 1, (byte) 0xff},
            {(byte) 0x88, 0}
        }) {
            try (WebSocket socket = open(Duration.ofSeconds(10))) {
                server.raw(wrong);
                assertThat(end(socket.next())).isEqualTo(Kind.BROKEN);
            }
            await().atMost(Duration.ofSeconds(5)).until(() -> server.streams() == 0);
        }
    }

    @Test
    void silence_ends_it() {
        try (WebSocket socket = open(Duration.ofMillis(200))) {
            assertThat(end(socket.next())).isEqualTo(Kind.TIMEOUT);
        }
    }

    @Test
    void a_refusal_is_an_answer_and_another_server_is_none() {
        server.refuse(401);
        assertThat(http.open(server.url("/"), Map.of(), 1_000, Duration.ofSeconds(5)))
                .isInstanceOf(WebSocketClient.Failed.class);
        server.refuse(0);
        server.wrongKey();
        assertThat(http.open(server.url("/"), Map.of(), 1_000, Duration.ofSeconds(5)))
                .isInstanceOf(WebSocketClient.Failed.class);
    }

    @Test
    void an_address_of_the_own_network_is_refused_unless_it_is_allowed() {
        try (OutboundHttp strict = new OutboundHttp(new AddressGuard(Set.of()), "Tocsin/test", null, Ticker.system())) {
            URI url = URI.create(server.url("/").toString().replace("http", "ws"));
            WebSocketClient.Opening opening = strict.open(url, Map.of(), 1_000, Duration.ofSeconds(5));
            assertThat(opening)
                    .isInstanceOfSatisfying(
                            WebSocketClient.Failed.class,
                            failed -> assertThat(failed.result()).isInstanceOf(HttpResult.NotSent.class));
            assertThat(server.requests()).isEmpty();
        }
    }
}
