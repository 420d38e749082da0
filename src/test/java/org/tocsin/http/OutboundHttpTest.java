package org.tocsin.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;
import javax.net.SocketFactory;
import okhttp3.Call;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.base.Ticker;
import org.tocsin.http.HttpFailure.Kind;
import org.tocsin.http.HttpResult.Answer;
import org.tocsin.http.HttpResult.NoAnswer;
import org.tocsin.http.HttpResult.NotSent;

@Timeout(30)
class OutboundHttpTest {
    private static final String SECRET = "s3cr3t";

    private static void assertNotSent(HttpResult result, Kind kind) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        NotSent.class,
                        held -> assertThat(held.failure().kind())
                                .as(held.failure().detail())
                                .isEqualTo(kind));
    }

    private static void assertNoAnswer(HttpResult result, Kind kind) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        NoAnswer.class,
                        unknown -> assertThat(unknown.failure().kind())
                                .as(unknown.failure().detail())
                                .isEqualTo(kind));
    }

    private static HttpRequest post(RawServer server) {
        return HttpRequest.post(server.url("/" + SECRET + "?q=" + SECRET), HttpBody.json("{}"))
                .bearer(SECRET);
    }

    @Test
    void a_port_that_refuses_means_not_sent() throws IOException {
        Peer peer;
        // Nobody ever accepts here: where a thread waits in accept, the port may take one more connection after it was
        // closed.
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            peer = new Peer("127.0.0.1", free.getLocalPort());
        }
        URI url = URI.create("http://" + peer + "/" + SECRET + "?q=" + SECRET);
        try (OutboundHttp http = Clients.allowing(peer)) {
            assertNotSent(http.send(HttpRequest.post(url, HttpBody.json("{}")).bearer(SECRET)), Kind.NOT_CONNECTED);
        }
    }

    @Test
    void a_name_that_does_not_exist_means_not_sent() {
        AddressGuard guard = new AddressGuard(Set.of(), host -> {
            throw new UnknownHostException(host);
        });
        try (OutboundHttp http = Clients.with(guard)) {
            assertNotSent(http.send(HttpRequest.get(URI.create("https://nowhere.example/"))), Kind.NAME_NOT_FOUND);
        }
    }

    @Test
    void a_server_that_does_not_speak_tls_means_not_sent() throws IOException {
        try (RawServer server = RawServer.start(connection -> connection.write("HTTP/1.1 400 No\r\n\r\n"));
                OutboundHttp http = Clients.allowing(server)) {
            URI url = URI.create("https://127.0.0.1:" + server.port() + "/");
            assertNotSent(http.send(HttpRequest.post(url, HttpBody.json("{}"))), Kind.TLS);
        }
    }

    @Test
    void a_handshake_that_never_ends_means_not_sent_by_the_deadline() throws IOException {
        try (RawServer server = RawServer.start(RawServer.Connection::hang);
                OutboundHttp http = Clients.allowing(server)) {
            URI url = URI.create("https://127.0.0.1:" + server.port() + "/");
            assertNotSent(
                    http.send(HttpRequest.post(url, HttpBody.json("{}")).within(Duration.ofMillis(300))), Kind.TIMEOUT);
        }
    }

    @Test
    void an_answer_that_trickles_in_ends_by_the_deadline_as_unknown() throws IOException {
        try (RawServer server = RawServer.start(connection -> {
                    connection.read();
                    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
                    while (true) {
                        connection.write("x");
                        LockSupport.parkNanos(10_000_000);
                    }
                });
                OutboundHttp http = Clients.allowing(server)) {
            long start = System.nanoTime();
            assertNoAnswer(http.send(post(server).within(Duration.ofMillis(400))), Kind.TIMEOUT);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(390), Duration.ofSeconds(3));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Le",
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nbad\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n",
                "HTTP/1.1 204 None\r\nContent-Length: 4\r\n\r\nbody",
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope",
                "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 4\r\n\r\nnope",
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip\r\nContent-Length: 4\r\n\r\nnope",
            })
    void an_answer_that_is_not_whole_is_unknown(String answer) throws IOException {
        try (RawServer server = RawServer.start(connection -> {
                    connection.read();
                    connection.write(answer);
                });
                OutboundHttp http = Clients.allowing(server)) {
            assertNoAnswer(http.send(post(server)), Kind.BROKEN);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void a_truncated_gzip_is_unknown_and_a_whole_one_is_read() throws IOException {
        byte[] zipped = gzip("héllo".getBytes(UTF_8));
        AtomicInteger cut = new AtomicInteger();
        try (RawServer server = RawServer.start(connection -> {
                    connection.read();
                    connection.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
                    connection.write(Arrays.copyOf(zipped, zipped.length - cut.getAndSet(6)));
                });
                OutboundHttp http = Clients.allowing(server)) {
            assertThat(http.send(post(server)))
                    .isInstanceOfSatisfying(
                            Answer.class, answer -> assertThat(answer.text()).isEqualTo("héllo"));
            assertNoAnswer(http.send(post(server)), Kind.BROKEN);
            assertThat(server.requests()).allMatch(request -> request.contains("Accept-Encoding: gzip\r\n"));
        }
    }

    @Test
    void a_gzip_bomb_is_given_up_at_the_cap() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(bomb)) {
            for (int i = 0; i < 200; i++) {
                zip.write(new byte[1024 * 1024]);
            }
        }
        try (RawServer server = RawServer.start(connection -> {
                    connection.read();
                    connection.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
                    connection.write(bomb.toByteArray());
                    connection.hang();
                });
                OutboundHttp http = Clients.allowing(server)) {
            long start = System.nanoTime();
            assertNoAnswer(http.read(HttpRequest.get(server.url("/")), 1_000_000), Kind.TOO_LARGE);
            assertNoAnswer(http.send(post(server)), Kind.TOO_LARGE);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 10000000000", "Transfer-Encoding: chunked"})
    void an_answer_of_the_cap_is_read_and_one_byte_more_is_not(String framing) throws IOException {
        try (RawServer server = RawServer.start(connection -> {
                    String path = connection.read().split(" ")[1];
                    if (path.equals("/fits")) {
                        connection.write(closing("x".repeat(1000)));
                    } else if (path.equals("/over")) {
                        connection.write(closing("x".repeat(1001)));
                    } else {
                        connection.write("HTTP/1.1 200 OK\r\n" + framing + "\r\n\r\n");
                        while (true) {
                            connection.write("64\r\n" + "x".repeat(100) + "\r\n");
                        }
                    }
                });
                OutboundHttp http = Clients.allowing(server)) {
            assertThat(http.read(HttpRequest.get(server.url("/fits")), 1000)).isInstanceOf(Answer.class);
            assertNoAnswer(http.read(HttpRequest.get(server.url("/over")), 1000), Kind.TOO_LARGE);
            assertNoAnswer(http.read(HttpRequest.get(server.url("/endless")), 1000), Kind.TOO_LARGE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void headers_are_capped_by_line_and_in_all(int lines) throws IOException {
        String header = ("X-Long: " + "x".repeat(lines == 1 ? 8_200 : 700) + "\r\n").repeat(lines);
        try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\n" + header + "Content-Length: 0\r\n\r\n");
                OutboundHttp http = Clients.allowing(server)) {
            assertNoAnswer(http.send(post(server)), Kind.TOO_LARGE);
        }
    }

    @Test
    void an_interrupted_sender_returns_at_once_and_stays_interrupted() throws Exception {
        try (RawServer server = RawServer.start(connection -> {
                    connection.read();
                    connection.hang();
                });
                OutboundHttp http = Clients.allowing(server)) {
            AtomicReference<HttpResult> result = new AtomicReference<>();
            AtomicBoolean flag = new AtomicBoolean();
            Thread sender = Thread.ofPlatform().start(() -> {
                result.set(http.send(post(server)));
                flag.set(Thread.currentThread().isInterrupted());
            });
            await().atMost(Duration.ofSeconds(5)).until(() -> server.requests().size() == 1);
            sender.interrupt();
            assertThat(sender.join(Duration.ofSeconds(2))).isTrue();
            assertNoAnswer(result.get(), Kind.INTERRUPTED);
            assertThat(flag).isTrue();

            Thread.currentThread().interrupt();
            HttpResult before = http.send(post(server));
            assertThat(Thread.interrupted()).isTrue();
            assertNotSent(before, Kind.INTERRUPTED);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void closing_breaks_off_what_is_under_way_and_use_after_it_is_a_clear_error() throws Exception {
        try (RawServer server = RawServer.start(connection -> {
            connection.read();
            connection.hang();
        })) {
            OutboundHttp http = Clients.allowing(server);
            AtomicReference<HttpResult> result = new AtomicReference<>();
            Thread sender = Thread.ofPlatform().start(() -> result.set(http.send(post(server))));
            await().atMost(Duration.ofSeconds(5)).until(() -> server.requests().size() == 1);
            http.close();
            http.close();
            assertThat(sender.join(Duration.ofSeconds(2))).isTrue();
            assertNoAnswer(result.get(), Kind.INTERRUPTED);
            assertThatThrownBy(() -> http.send(post(server)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        }
    }

    @Test
    void no_secret_is_in_a_text_even_if_the_peer_repeats_it() throws IOException {
        try (RawServer server = RawServer.start(connection -> {
                    connection.read();
                    connection.write(SECRET + " is what you sent\r\n\r\n");
                });
                OutboundHttp http = Clients.allowing(server)) {
            HttpRequest request = post(server);
            HttpRequest form = HttpRequest.post(
                    URI.create("https://me:" + SECRET + "@public.example:8443/" + SECRET),
                    HttpBody.form("p=" + SECRET));
            HttpRequest broken = request.with("X-Token", SECRET + "\n");
            assertThat(List.of(
                            http.send(request),
                            http.send(form),
                            http.send(broken),
                            request,
                            form,
                            String.valueOf(form.body()),
                            new HttpBody.Multipart(List.of(new HttpBody.Part.Field("a", SECRET)))))
                    .map(String::valueOf)
                    .noneMatch(text -> text.contains(SECRET))
                    .anyMatch(text -> text.contains("https://public.example:8443"));
            assertNotSent(http.send(form), Kind.URL_REFUSED);
            assertNotSent(http.send(broken), Kind.URL_REFUSED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain; charset=iso-8859-1", "not a type at all"})
    void a_text_is_sent_byte_for_byte_under_the_very_type_given(String type) throws IOException {
        try (RawServer server = RawServer.answering(RawServer.ok(""));
                OutboundHttp http = Clients.allowing(server)) {
            http.send(HttpRequest.post(server.url("/a%2Fb?c=%C3%A9&d=+"), new HttpBody.Text(type, "né\r\n\u0000😀"))
                    .with("content-type", "x/y")
                    .with("Host", "elsewhere.example")
                    .with("Accept-Encoding", "br"));
            String sent = server.requests().getFirst();
            assertThat(sent).startsWith("POST /a%2Fb?c=%C3%A9&d=+ HTTP/1.1\r\n");
            assertThat(sent.lines().filter(line -> line.startsWith("Content-Type")))
                    .containsExactly("Content-Type: " + type);
            assertThat(sent)
                    .contains("User-Agent: Tocsin/test\r\n", "Host: 127.0.0.1:")
                    .doesNotContain("elsewhere", "br");
            assertThat(new String(sent.getBytes(ISO_8859_1), UTF_8)).endsWith("\r\n\r\nné\r\n\u0000😀");
        }
    }

    @Test
    void files_are_streamed_alone_and_in_a_form(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a.jpg"), "pixels");
        try (RawServer server = RawServer.answering(RawServer.ok(""));
                OutboundHttp http = Clients.allowing(server)) {
            http.send(HttpRequest.post(server.url("/"), new HttpBody.File("image/jpeg", file))
                    .method("PUT"));
            http.send(HttpRequest.post(
                    server.url("/"),
                    new HttpBody.Multipart(List.of(
                            new HttpBody.Part.Field("description", "é \"q\""),
                            new HttpBody.Part.Upload("file", "é\"\r\n.jpg", "image/jpeg", file)))));
            http.send(new HttpRequest("POST", server.url("/"), Map.of(), null, HttpRequest.CALL));
            assertThat(server.requests().getFirst())
                    .startsWith("PUT ")
                    .contains("Content-Type: image/jpeg\r\n", "Content-Length: 6\r\n")
                    .endsWith("\r\n\r\npixels");
            assertThat(new String(server.requests().get(1).getBytes(ISO_8859_1), UTF_8))
                    .contains("Content-Type: multipart/form-data; boundary=")
                    .contains("Content-Disposition: form-data; name=\"description\"\r\n")
                    .contains("\r\n\r\né \"q\"\r\n--")
                    .contains("Content-Disposition: form-data; name=\"file\"; filename=\"é%22%0D%0A.jpg\"\r\n")
                    .contains("Content-Type: image/jpeg\r\n")
                    .contains("\r\n\r\npixels\r\n--");
            assertThat(server.requests().get(2)).contains("Content-Length: 0\r\n");
        }
    }

    @Test
    void a_file_that_is_gone_means_not_sent(@TempDir Path folder) throws IOException {
        try (RawServer server = RawServer.answering(RawServer.ok(""));
                OutboundHttp http = Clients.allowing(server)) {
            HttpBody body = new HttpBody.File("image/jpeg", folder.resolve("gone.jpg"));
            assertNotSent(http.send(HttpRequest.post(server.url("/"), body)), Kind.NOT_CONNECTED);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void proxies_of_the_environment_are_ignored() throws IOException {
        try (RawServer evil = RawServer.answering(RawServer.ok("evil"));
                RawServer server = RawServer.answering(RawServer.ok("good"));
                OutboundHttp http = Clients.allowing(server)) {
            List<String> names = List.of("http.proxyHost", "https.proxyHost", "socksProxyHost");
            names.forEach(name -> System.setProperty(name, "127.0.0.1"));
            names.forEach(name -> System.setProperty(name.replace("Host", "Port"), String.valueOf(evil.port())));
            System.setProperty("http.nonProxyHosts", "");
            try {
                assertThat(http.send(post(server)))
                        .isInstanceOfSatisfying(
                                Answer.class,
                                answer -> assertThat(answer.text()).isEqualTo("good"));
                assertThat(evil.connections()).isZero();
            } finally {
                names.forEach(System::clearProperty);
                names.forEach(name -> System.clearProperty(name.replace("Host", "Port")));
                System.clearProperty("http.nonProxyHosts");
            }
        }
    }

    @Test
    void an_explicit_proxy_is_used_and_where_it_is_down_nothing_goes_around_it() throws IOException {
        RawServer proxy = RawServer.answering(RawServer.ok("by proxy"));
        try (RawServer server = RawServer.answering(RawServer.ok("direct"));
                OutboundHttp http = new OutboundHttp(
                        new AddressGuard(Set.of(server.peer())),
                        "Tocsin/test",
                        InetSocketAddress.createUnresolved("localhost", proxy.port()),
                        Ticker.system())) {
            assertThat(http.send(post(server)))
                    .isInstanceOfSatisfying(
                            Answer.class, answer -> assertThat(answer.text()).isEqualTo("by proxy"));
            assertThat(proxy.requests())
                    .singleElement()
                    .satisfies(sent -> assertThat(sent).startsWith("POST http://127.0.0.1:" + server.port() + "/"));
            assertNotSent(http.send(HttpRequest.get(URI.create("http://127.0.0.2/"))), Kind.ADDRESS_REFUSED);
            proxy.close();
            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(http.send(HttpRequest.get(server.url("/"))))
                            .isInstanceOf(NotSent.class));
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void a_refused_address_gets_no_connection() throws IOException {
        try (RawServer canary = RawServer.answering(RawServer.ok("inside"));
                OutboundHttp http = Clients.with(new AddressGuard(Set.of(), _ -> Clients.addresses("127.0.0.1")))) {
            assertNotSent(http.send(post(canary)), Kind.ADDRESS_REFUSED);
            assertNotSent(
                    http.send(HttpRequest.get(URI.create("http://inside.example:" + canary.port() + "/"))),
                    Kind.ADDRESS_REFUSED);
            assertThatThrownBy(() -> http.okHttp()
                            .newCall(new Request.Builder()
                                    .url(canary.url("/").toString())
                                    .build())
                            .execute())
                    .isInstanceOf(RefusedException.class);
            assertThat(canary.connections()).isZero();
        }
    }

    @Test
    void a_name_that_changes_its_address_is_connected_where_it_was_checked() throws IOException {
        AtomicInteger lookups = new AtomicInteger();
        AddressGuard guard = new AddressGuard(
                Set.of(),
                _ -> lookups.incrementAndGet() == 1
                        ? Clients.addresses("93.184.216.34")
                        : Clients.addresses("127.0.0.1"));
        Recorder recorder = new Recorder();
        try (RawServer canary = RawServer.answering(RawServer.ok("inside"));
                OutboundHttp http = new OutboundHttp(
                        guard, "Tocsin/test", null, Ticker.system(), builder -> builder.socketFactory(recorder))) {
            HttpRequest request = HttpRequest.get(URI.create("http://rebinding.example:" + canary.port() + "/"));
            assertNotSent(http.send(request), Kind.NOT_CONNECTED);
            assertThat(recorder.reached).containsExactly("93.184.216.34");
            assertNotSent(http.send(request), Kind.ADDRESS_REFUSED);
            assertThat(recorder.reached).hasSize(1);
            assertThat(lookups).hasValue(2);
            assertThat(canary.connections()).isZero();
        }
    }

    /** A socket that ends elsewhere than it was told to: the second check, on the open connection, must see it. */
    @Test
    void a_connection_that_ends_at_another_address_carries_nothing() throws IOException {
        AddressGuard guard = new AddressGuard(Set.of(), _ -> Clients.addresses("93.184.216.34"));
        try (RawServer canary = RawServer.answering(RawServer.ok("inside"));
                OutboundHttp http = new OutboundHttp(
                        guard,
                        "Tocsin/test",
                        null,
                        Ticker.system(),
                        builder -> builder.socketFactory(new Astray(canary.port())))) {
            assertNotSent(http.send(HttpRequest.get(URI.create("http://public.example:8080/"))), Kind.ADDRESS_REFUSED);
            await().atMost(Duration.ofSeconds(5)).until(() -> canary.connections() == 1);
            assertThat(canary.requests()).isEmpty();
        }
    }

    @Test
    void idle_connections_do_not_outlive_a_few_seconds() throws IOException {
        try (RawServer server = RawServer.start(connection -> {
                    while (connection.read() != null) {
                        connection.write(RawServer.ok(""));
                    }
                    throw new SocketException("closed by the client");
                });
                OutboundHttp http = Clients.allowing(server)) {
            http.send(post(server));
            assertThat(http.okHttp().connectionPool().connectionCount()).isEqualTo(1);
            await().atMost(Duration.ofSeconds(6))
                    .until(() -> http.okHttp().connectionPool().connectionCount() == 0);
        }
    }

    @Test
    void a_tracked_use_tells_that_nothing_left_and_then_lets_nothing_leave() throws IOException {
        RawServer closed = RawServer.answering("");
        closed.close();
        try (RawServer server = RawServer.answering(RawServer.ok(""));
                OutboundHttp http = Clients.allowing(closed.peer(), server.peer())) {
            Tracked tracked = http.track();
            Call call = tracked.client()
                    .newCall(new Request.Builder()
                            .url(closed.url("/").toString())
                            .build());
            assertThatThrownBy(call::execute).isInstanceOfSatisfying(IOException.class, thrown -> {
                assertThat(tracked.bytesMayHaveLeft()).isFalse();
                assertNotSent(tracked.failed(new IllegalStateException(thrown)), Kind.NOT_CONNECTED);
            });
            assertThatThrownBy(() -> tracked.client()
                            .newCall(new Request.Builder()
                                    .url(server.url("/").toString())
                                    .build())
                            .execute())
                    .hasMessageContaining("ended");
            assertThat(server.requests()).isEmpty();
        }
    }

    private static String closing(String body) {
        return RawServer.ok(body).replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(plain);
        }
        return bytes.toByteArray();
    }

    /** Notes where connections would go, and makes none. */
    private static final class Recorder extends Sockets {
        private final List<String> reached = new CopyOnWriteArrayList<>();

        @Override
        public Socket createSocket() {
            return new Socket() {
                @Override
                public void connect(SocketAddress to, int timeout) throws IOException {
                    reached.add(((InetSocketAddress) to).getAddress().getHostAddress());
                    throw new ConnectException("recorded");
                }
            };
        }
    }

    /** Connects to a port of this machine, whatever it is told. */
    private static final class Astray extends Sockets {
        private final int port;

        Astray(int port) {
            this.port = port;
        }

        @Override
        public Socket createSocket() {
            return new Socket() {
                @Override
                public void connect(SocketAddress to, int timeout) throws IOException {
                    super.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), timeout);
                }
            };
        }
    }

    private abstract static class Sockets extends SocketFactory {
        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
            throw new UnsupportedOperationException();
        }
    }
}
