package org.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.http.HttpFailure.Kind;
import org.tocsin.http.HttpResult.Answer;
import org.tocsin.http.HttpResult.NoAnswer;

/** A request arrives once, whatever the peer does. The canaries show that the same peers make OkHttp's defaults repeat it. */
@Timeout(30)
class OneRequestTest {
    enum Ending {
        CLOSE,
        RESET
    }

    /** Answers the first request of the first connection, then takes one whole request after another and ends without an answer. */
    private static RawServer closingWhenWarm(Ending ending) throws IOException {
        return RawServer.start(connection -> {
            if (connection.number() == 1) {
                connection.read();
                connection.write(RawServer.ok("warm"));
            }
            connection.read();
            end(connection, ending);
        });
    }

    private static void end(RawServer.Connection connection, Ending ending) throws IOException {
        if (ending == Ending.RESET) {
            connection.reset();
        }
    }

    private static HttpRequest post(RawServer server) {
        return HttpRequest.post(server.url("/create"), HttpBody.json("{\"text\":\"once\"}"));
    }

    @ParameterizedTest
    @EnumSource
    void a_peer_that_ends_a_cold_connection_after_the_request_gets_it_once(Ending ending) throws IOException {
        try (RawServer server = RawServer.start(connection -> {
                    connection.read();
                    end(connection, ending);
                });
                OutboundHttp http = Clients.allowing(server)) {
            assertThat(http.send(post(server)))
                    .isInstanceOfSatisfying(
                            NoAnswer.class,
                            unknown -> assertThat(unknown.failure().kind()).isEqualTo(Kind.BROKEN));
            assertThat(server.requests()).hasSize(1);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_peer_that_ends_a_warm_connection_after_the_request_gets_it_once(Ending ending) throws IOException {
        try (RawServer server = closingWhenWarm(ending);
                OutboundHttp http = Clients.allowing(server)) {
            assertThat(http.send(HttpRequest.get(server.url("/warm")))).isInstanceOf(Answer.class);
            assertThat(http.send(post(server))).isInstanceOf(NoAnswer.class);
            assertThat(server.requests())
                    .filteredOn(request -> request.startsWith("POST"))
                    .hasSize(1);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void a_library_with_our_client_sends_once_as_well_even_if_it_turns_repeats_on() throws IOException {
        try (RawServer server = closingWhenWarm(Ending.CLOSE);
                OutboundHttp http = Clients.allowing(server)) {
            Tracked tracked = http.track();
            OkHttpClient greedy =
                    tracked.client().newBuilder().retryOnConnectionFailure(true).build();
            call(greedy, server, "GET");
            assertThatThrownBy(() -> call(greedy, server, "POST")).isInstanceOf(IOException.class);
            assertThat(server.requests())
                    .filteredOn(request -> request.startsWith("POST"))
                    .hasSize(1);
            assertThat(tracked.bytesMayHaveLeft()).isTrue();
            assertThat(tracked.failed(new IllegalStateException(new IOException("x"))))
                    .isInstanceOf(NoAnswer.class);
        }
    }

    @Test
    void canary_the_defaults_of_okhttp_repeat_a_post_on_a_warm_connection() throws IOException {
        OkHttpClient defaults = new OkHttpClient();
        try (RawServer server = closingWhenWarm(Ending.CLOSE)) {
            call(defaults, server, "GET");
            assertThatThrownBy(() -> call(defaults, server, "POST")).isInstanceOf(IOException.class);
            assertThat(server.requests())
                    .filteredOn(request -> request.startsWith("POST"))
                    .hasSizeGreaterThan(1);
        } finally {
            defaults.connectionPool().evictAll();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 421, 429, 500, 503})
    void an_answer_that_invites_to_repeat_at_once_is_an_answer(int status) throws IOException {
        try (RawServer server = RawServer.answering(
                        "HTTP/1.1 " + status + " Again\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n");
                OutboundHttp http = Clients.allowing(server)) {
            assertThat(http.send(post(server))).isInstanceOfSatisfying(Answer.class, answer -> {
                assertThat(answer.status()).isEqualTo(status);
                assertThat(answer.header("Retry-After")).contains("0");
                assertThat(answer.headers()).containsOnlyKeys("retry-after", "content-length");
            });
            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 503})
    void canary_okhttp_repeats_a_post_when_it_is_invited_to(int status) throws IOException {
        OkHttpClient defaults = new OkHttpClient.Builder()
                .retryOnConnectionFailure(status == 408)
                .build();
        try (RawServer server =
                RawServer.answering("HTTP/1.1 " + status + " Again\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n")) {
            call(defaults, server, "POST");
            assertThat(server.requests()).hasSize(2);
        } finally {
            defaults.connectionPool().evictAll();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 503})
    void a_library_gets_such_an_answer_too(int status) throws IOException {
        try (RawServer server = RawServer.answering(
                        "HTTP/1.1 " + status + " Again\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n");
                OutboundHttp http = Clients.allowing(server)) {
            assertThat(call(http.okHttp(), server, "POST")).isEqualTo(status);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void a_redirect_of_a_post_is_an_answer_and_nothing_is_sent_to_the_other_place(int status) throws IOException {
        try (RawServer other = RawServer.answering(RawServer.ok("other"));
                RawServer server = RawServer.answering("HTTP/1.1 " + status + " Elsewhere\r\nLocation: "
                        + other.url("/") + "\r\nContent-Length: 0\r\n\r\n");
                OutboundHttp http = Clients.allowing(server, other)) {
            assertThat(http.send(post(server)))
                    .isInstanceOfSatisfying(
                            Answer.class, answer -> assertThat(answer.status()).isEqualTo(status));
            assertThat(server.requests()).hasSize(1);
            assertThat(other.connections()).isZero();
        }
    }

    @Test
    void a_library_that_turns_redirects_on_gets_the_redirect_as_an_answer() throws IOException {
        try (RawServer other = RawServer.answering(RawServer.ok("other"));
                RawServer server = RawServer.answering(
                        "HTTP/1.1 302 Elsewhere\r\nLocation: " + other.url("/") + "\r\nContent-Length: 0\r\n\r\n");
                OutboundHttp http = Clients.allowing(server)) {
            OkHttpClient greedy = http.okHttp()
                    .newBuilder()
                    .followRedirects(true)
                    .followSslRedirects(true)
                    .build();
            assertThat(call(greedy, server, "GET")).isEqualTo(302);
            assertThat(other.connections()).isZero();
        }
    }

    @Test
    void a_library_that_repeats_a_call_or_changes_its_host_by_an_interceptor_is_stopped() throws IOException {
        try (RawServer other = RawServer.answering(RawServer.ok("other"));
                RawServer server = RawServer.answering(RawServer.ok("first"));
                OutboundHttp http = Clients.allowing(server)) {
            OkHttpClient twice = http.okHttp()
                    .newBuilder()
                    .addInterceptor(chain -> {
                        chain.proceed(chain.request()).close();
                        return chain.proceed(chain.request());
                    })
                    .build();
            assertThatThrownBy(() -> call(twice, server, "POST")).hasMessage("a request is sent once");
            assertThat(server.requests()).hasSize(1);
            OkHttpClient astray = http.okHttp()
                    .newBuilder()
                    .addInterceptor(chain -> chain.proceed(chain.request()
                            .newBuilder()
                            .url(other.url("/").toString())
                            .build()))
                    .build();
            assertThatThrownBy(() -> call(astray, server, "POST")).isInstanceOf(RefusedException.class);
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void a_challenge_is_an_answer_and_cookies_are_not_kept() throws IOException {
        AtomicInteger number = new AtomicInteger();
        try (RawServer server = RawServer.start(connection -> {
                    while (connection.read() != null) {
                        connection.write("HTTP/1.1 401 Who\r\nWWW-Authenticate: Basic realm=x\r\nSet-Cookie: a=b"
                                + number.incrementAndGet()
                                + "\r\nCache-Control: max-age=60\r\nContent-Length: 0\r\n\r\n");
                    }
                });
                OutboundHttp http = Clients.allowing(server)) {
            assertThat(http.send(HttpRequest.get(server.url("/")))).isInstanceOf(Answer.class);
            assertThat(http.send(HttpRequest.get(server.url("/")))).isInstanceOf(Answer.class);
            assertThat(server.requests()).hasSize(2).noneMatch(request -> request.contains("Cookie"));
        }
    }

    @Test
    void a_second_address_is_tried_where_the_first_refuses_and_one_request_arrives() throws IOException {
        try (RawServer server = RawServer.answering(RawServer.ok("second"))) {
            Peer peer = new Peer("fake.test", server.port());
            AddressGuard guard =
                    new AddressGuard(Set.of(peer), _ -> Clients.addresses("127.0.0.9", "127.0.0.8", "127.0.0.1"));
            try (OutboundHttp http = Clients.with(guard)) {
                HttpRequest request = new HttpRequest(
                        "POST",
                        URI.create("http://fake.test:" + server.port() + "/"),
                        Map.of(),
                        HttpBody.json("{}"),
                        HttpRequest.CALL);
                assertThat(http.send(request))
                        .isInstanceOfSatisfying(
                                Answer.class,
                                answer -> assertThat(answer.text()).isEqualTo("second"));
                assertThat(server.requests())
                        .singleElement()
                        .satisfies(sent -> assertThat(sent).contains("Host: fake.test:" + server.port()));
            }
        }
    }

    private static int call(OkHttpClient client, RawServer server, String method) throws IOException {
        RequestBody body = method.equals("GET") ? null : RequestBody.create(new byte[] {1}, null);
        Request request = new Request.Builder()
                .url(server.url("/").toString())
                .method(method, body)
                .build();
        try (Response response = client.newCall(request).execute()) {
            response.body().bytes();
            return response.code();
        }
    }
}
