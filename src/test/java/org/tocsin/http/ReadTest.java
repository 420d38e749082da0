package org.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.http.HttpFailure.Kind;
import org.tocsin.http.HttpResult.Answer;
import org.tocsin.http.HttpResult.NoAnswer;

@Timeout(20)
class ReadTest {
    private static String to(int status, String location) {
        return "HTTP/1.1 " + status + " Go\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n";
    }

    /** Each path with a number leads to the next lower one; 0 is there. */
    private static RawServer countdown() throws IOException {
        return RawServer.start(connection -> {
            for (String request = connection.read(); request != null; request = connection.read()) {
                int number = Integer.parseInt(request.split(" ")[1].substring(1));
                connection.write(number == 0 ? RawServer.ok("there") : to(301 + number % 2, "/" + (number - 1)));
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1, true", "3, true", "4, false", "9, false"})
    void three_redirects_are_followed_and_no_more(int hops, boolean there) throws IOException {
        try (RawServer server = countdown();
                OutboundHttp http = Clients.allowing(server)) {
            HttpResult result = http.read(HttpRequest.get(server.url("/" + hops)), 1000);
            assertThat(server.requests()).hasSize(Math.min(hops, 3) + 1);
            if (there) {
                assertThat(result)
                        .isInstanceOfSatisfying(
                                Answer.class,
                                answer -> assertThat(answer.text()).isEqualTo("there"));
            } else {
                assertRefused(result, Kind.URL_REFUSED);
            }
        }
    }

    @Test
    void a_redirect_into_the_own_network_is_refused_and_nothing_connects() throws IOException {
        try (RawServer canary = RawServer.answering(RawServer.ok("inside"));
                RawServer server = RawServer.answering(to(302, canary.url("/").toString()));
                OutboundHttp http = Clients.allowing(server)) {
            assertRefused(http.read(HttpRequest.get(server.url("/")), 1000), Kind.ADDRESS_REFUSED);
            assertThat(canary.connections()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "gopher://public.example/",
                "http://user@public.example/",
                "http://169.254.169.254:8888\\@public.example/",
                "http://%00/",
                "//",
            })
    void a_redirect_to_what_is_never_called_is_refused(String location) throws IOException {
        try (RawServer server = RawServer.answering(to(302, location));
                OutboundHttp http = Clients.allowing(server)) {
            assertRefused(http.read(HttpRequest.get(server.url("/")), 1000), Kind.URL_REFUSED);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void credentials_stay_with_the_origin_they_were_given_for() throws IOException {
        try (RawServer other = RawServer.answering(RawServer.ok("there"));
                RawServer server = RawServer.start(connection -> {
                    for (String request = connection.read(); request != null; request = connection.read()) {
                        connection.write(to(
                                307,
                                request.startsWith("GET /1")
                                        ? "/2"
                                        : other.url("/").toString()));
                    }
                });
                OutboundHttp http = Clients.allowing(server, other)) {
            HttpRequest request = HttpRequest.get(server.url("/1"))
                    .bearer("secret")
                    .with("Cookie", "secret")
                    .with("X-Api-Key", "secret")
                    .with("If-None-Match", "\"tag\"");
            assertThat(http.read(request, 1000)).isInstanceOf(Answer.class);
            assertThat(server.requests()).hasSize(2).allMatch(sent -> sent.contains("Bearer secret"));
            assertThat(other.requests())
                    .singleElement()
                    .satisfies(sent -> assertThat(sent).contains("\"tag\"").doesNotContain("secret"));
        }
    }

    @Test
    void a_redirect_without_a_place_and_hints_in_a_page_are_answers() throws IOException {
        try (RawServer server =
                        RawServer.answering(to(302, "").replace("Location: ", "Refresh: 0; url=http://127.0.0.1/"));
                OutboundHttp http = Clients.allowing(server)) {
            assertThat(http.read(HttpRequest.get(server.url("/")), 1000)).isInstanceOf(Answer.class);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example/x, https://b.example/, https://b.example/",
        "https://a.example/x, /y, https://a.example/y",
        "http://a.example/, https://a.example/, https://a.example/",
        "https://a.example/, http://a.example/, refused",
        "https://a.example/, HTTP://a.example/, refused",
        "https://a.example/, //b.example/c, https://b.example/c",
    })
    void https_never_leads_to_http(String from, String location, String expected) throws IOException {
        Answer answer = new Answer(301, Map.of("location", List.of(location)), new byte[0]);
        HttpRequest request = HttpRequest.get(URI.create(from));
        if (expected.equals("refused")) {
            assertThatThrownBy(() -> Redirects.next(request, answer)).isInstanceOf(RefusedException.class);
        } else {
            assertThat(Redirects.next(request, answer).map(HttpRequest::url))
                    .isEqualTo(Optional.of(URI.create(expected)));
        }
    }

    @Test
    void only_a_get_is_read() {
        try (OutboundHttp http = Clients.with(new AddressGuard(Set.of()))) {
            HttpRequest post = HttpRequest.post(URI.create("https://public.example/"), HttpBody.json("{}"));
            assertThatThrownBy(() -> http.read(post, 1000)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static void assertRefused(HttpResult result, Kind kind) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        NoAnswer.class,
                        refused -> assertThat(refused.failure().kind())
                                .as(refused.failure().detail())
                                .isEqualTo(kind));
    }
}
