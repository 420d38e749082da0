package org.tocsin.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tocsin.base.BranchId;
import org.tocsin.base.LiveEvent;
import org.tocsin.base.LiveEvents;
import org.tocsin.people.Actor;

/** Event streams over real connections: who is told what, who is cut off, and when. */
class LiveStreamsTest {
    private static final BranchId NORTH = new BranchId("north");
    private static final BranchId SOUTH = new BranchId("south");
    private static final Duration BEAT = Duration.ofMillis(100);
    private static final Duration SOON = Duration.ofSeconds(20);

    private final LiveEvents events = new LiveEvents();
    private final AtomicBoolean stands = new AtomicBoolean(true);
    private final List<Client> clients = new ArrayList<>();

    private WebEngine engine;
    private LiveStreams streams;
    private HttpServer server;

    @BeforeEach
    void start() {
        engine = WebEngine.start();
        streams = new LiveStreams(engine, events, branch -> 7, new LiveStreams.Limits(BEAT, 3, 5)).start();
        server = engine.vertx()
                // As long as this the system keeps what is not read: as little as it may be, so that the test need not
                // send much.
                .createHttpServer(new HttpServerOptions().setSendBufferSize(4096))
                .requestHandler(asked -> {
                    String user = asked.getParam("user");
                    Map<String, String> headers = new HashMap<>();
                    asked.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
                    Response response = streams.response(
                            request(headers), user, new BranchId(asked.getParam("branch")), stands::get, "full");
                    response.headers().forEach(asked.response()::putHeader);
                    response.stream().open(asked);
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterEach
    void stop() throws IOException {
        for (Client client : clients) {
            client.socket.close();
        }
        streams.close();
        server.close().toCompletionStage().toCompletableFuture().join();
        engine.close();
    }

    private static Request request(Map<String, String> headers) {
        return new Request(
                "GET",
                "/live",
                Map.of(),
                Map.of(),
                headers,
                InputStream::nullInputStream,
                0,
                new Actor("a", NORTH, Set.of()),
                Locale.ENGLISH,
                true,
                "127.0.0.1");
    }

    private static final class Client {
        private final Socket socket;
        private final BufferedReader in;

        Client(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        /** Reads until a line begins so. */
        String until(String start) throws IOException {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith(start)) {
                    return line;
                }
            }
            return "the end";
        }
    }

    private Client client(String user, BranchId branch, String... headers) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.setSoTimeout((int) SOON.toMillis());
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.actualPort()));
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        socket.getOutputStream()
                .write(("GET /live?user=" + user + "&branch=" + branch.value() + " HTTP/1.1\r\nHost: x\r\n" + more
                                + "\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        Client client = new Client(socket);
        clients.add(client);
        return client;
    }

    private static LiveEvent moved(BranchId branch, String id) {
        return new LiveEvent.OfDelivery(branch, "post-" + id, id, "PUBLISHED", 4);
    }

    @Test
    void an_event_goes_to_its_branch_and_to_no_other() throws IOException {
        Client north = client("a", NORTH);
        Client south = client("b", SOUTH);
        assertThat(north.until("retry: ")).isNotEqualTo("the end");
        south.until("retry: ");
        events.publish(moved(NORTH, "n"));
        events.publish(new LiveEvent.OfNotices(NORTH));
        events.publish(moved(SOUTH, "s"));
        assertThat(north.until("data: "))
                .isEqualTo("data: {\"postId\":\"post-n\",\"deliveryId\":\"n\",\"state\":\"PUBLISHED\",\"version\":4}");
        assertThat(north.until("data: ")).isEqualTo("data: {\"open\":7}");
        assertThat(south.until("data: ")).contains("\"deliveryId\":\"s\"");
    }

    @Test
    void who_comes_back_is_told_to_look_at_everything_again() throws IOException {
        assertThat(client("a", NORTH, "Last-Event-ID: other-7").until("event: "))
                .isEqualTo("event: reload");
    }

    @Test
    void what_there_was_no_room_for_is_made_up_by_looking_again() throws IOException {
        Client north = client("a", NORTH);
        north.until("retry: ");
        for (int i = 0; i < 200_000; i++) {
            events.publish(moved(SOUTH, String.valueOf(i)));
        }
        assertThat(north.until("event: ")).isEqualTo("event: reload");
    }

    @Test
    void who_may_not_look_any_more_is_cut_off_within_a_beat() throws IOException {
        Client north = client("a", NORTH);
        north.until("retry: ");
        assertThat(north.until(":")).as("a beat").isEqualTo(":");
        stands.set(false);
        assertThat(north.until("event: ")).isEqualTo("the end");
        await().atMost(SOON).until(() -> streams.count() == 0);
    }

    @Test
    void there_is_room_for_so_many_of_one_and_for_so_many_in_all() throws IOException {
        for (int i = 0; i < 3; i++) {
            client("a", NORTH).until("retry: ");
        }
        assertThat(client("a", NORTH).until("HTTP/")).contains(" 503 ");
        client("b", NORTH).until("retry: ");
        client("c", NORTH).until("retry: ");
        assertThat(client("d", NORTH).until("HTTP/")).contains(" 503 ");
        clients.getFirst().socket.close();
        await().atMost(SOON).until(() -> streams.count() == 4);
        assertThat(client("a", NORTH).until("HTTP/")).contains(" 200 ");
    }

    @Test
    void a_client_that_never_reads_is_cut_off_and_the_others_get_theirs() throws IOException {
        client("lazy", NORTH);
        Client north = client("a", NORTH);
        north.until("retry: ");
        await().atMost(SOON).until(() -> streams.count() == 2);
        String padding = "x".repeat(2_000);
        int sent = 0;
        while (streams.count() == 2) {
            assertThat(++sent).as("events until who does not read is cut off").isLessThan(20_000);
            events.publish(moved(NORTH, sent + padding));
            assertThat(north.until("data: ")).contains("\"deliveryId\":\"" + sent + "x");
        }
        events.publish(moved(NORTH, "last"));
        assertThat(north.until("data: ")).contains("\"last\"");
        // Not only forgotten: the connection is gone.
        await().atMost(SOON).untilAsserted(() -> assertThat(open()).isEqualTo(1));
    }

    /** Connections that stand at the end of the server, as the system knows them. */
    private long open() throws IOException {
        String port = String.format("0100007F:%04X", server.actualPort());
        long count = 0;
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            count += Files.readAllLines(Path.of(table)).stream()
                    .map(line -> line.strip().split("\\s+"))
                    .filter(part -> part[1].endsWith(port) && part[3].equals("01"))
                    .count();
        }
        return count;
    }

    @Test
    void closing_ends_every_stream_at_once() throws IOException {
        Client north = client("a", NORTH);
        north.until("retry: ");
        streams.close();
        assertThat(north.until("event: ")).isEqualTo("the end");
    }
}
