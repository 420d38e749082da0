package org.tocsin.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpFailure;
import org.tocsin.http.HttpRequest;
import org.tocsin.http.HttpResult;

class LinkCardsTest {
    private static final URI PAGE = URI.create("https://exemple.fr/agenda");
    private static final String HTML = "<title>Été</title>";

    /** Answers every read with the same result, within the caller's cap, and remembers what was asked. */
    private record OnePage(HttpResult result, List<HttpRequest> asked) implements HttpClient {
        OnePage(HttpResult result) {
            this(result, new ArrayList<>());
        }

        @Override
        public HttpResult send(HttpRequest request) {
            throw new AssertionError("a page is read, not sent to");
        }

        @Override
        public HttpResult read(HttpRequest request, int maxBytes) {
            asked.add(request);
            return result instanceof HttpResult.Answer answer && answer.bytes().length > maxBytes
                    ? new HttpResult.NoAnswer(new HttpFailure(HttpFailure.Kind.TOO_LARGE, "exemple.fr"))
                    : result;
        }
    }

    private static HttpResult answer(int status, String type, byte[] bytes) {
        return new HttpResult.Answer(status, Map.of("content-type", List.of(type)), bytes);
    }

    private static byte[] bytes(String text, Charset charset) {
        return text.getBytes(charset);
    }

    static Stream<Arguments> readable() {
        byte[] latin = bytes(HTML, StandardCharsets.ISO_8859_1);
        byte[] utf = bytes(HTML, StandardCharsets.UTF_8);
        byte[] declared = bytes("<meta charset=iso-8859-1>" + HTML, StandardCharsets.ISO_8859_1);
        return Stream.of(
                Arguments.of("text/html", utf),
                Arguments.of("Text/HTML; charset=\"UTF-8\"", utf),
                Arguments.of("text/html;charset=iso-8859-1", latin),
                Arguments.of("text/html; charset=unheard-of", utf),
                Arguments.of("text/html; charset=%%", utf),
                Arguments.of("text/html", declared));
    }

    @ParameterizedTest
    @MethodSource("readable")
    void reads_a_page_in_its_charset(String type, byte[] page) {
        OnePage http = new OnePage(answer(200, type, page));
        assertThat(new LinkCards(http).read(PAGE)).contains(new LinkCard(PAGE.toString(), "Été", "", null));
        assertThat(http.asked()).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("GET");
            assertThat(request.url()).isEqualTo(PAGE);
            assertThat(request.deadline()).isLessThanOrEqualTo(HttpRequest.CALL);
        });
    }

    static Stream<HttpResult> unreadable() {
        byte[] page = bytes(HTML, StandardCharsets.UTF_8);
        return Stream.of(
                answer(404, "text/html", page),
                answer(302, "text/html", page),
                answer(200, "application/pdf", page),
                answer(200, "text/htmlx", page),
                answer(200, "text/html", bytes(HTML + " ".repeat(LinkCards.MOST_BYTES), StandardCharsets.UTF_8)),
                answer(200, "text/html", new byte[0]),
                answer(200, "text/html", new byte[] {-1, 0, -2, 0, 1}),
                new HttpResult.Answer(200, Map.of(), page),
                new HttpResult.NotSent(new HttpFailure(HttpFailure.Kind.ADDRESS_REFUSED, "10.0.0.1")),
                new HttpResult.NoAnswer(new HttpFailure(HttpFailure.Kind.TIMEOUT, "exemple.fr")));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void what_cannot_be_read_has_no_card(HttpResult result) {
        assertThat(new LinkCards(new OnePage(result)).read(PAGE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://exemple.fr/", "/agenda", "https://moi:secret@exemple.fr/", "mailto:a@b.fr", "https:///a"})
    void an_address_that_is_not_of_the_web_is_not_asked(String url) {
        OnePage http = new OnePage(answer(200, "text/html", bytes(HTML, StandardCharsets.UTF_8)));
        assertThat(new LinkCards(http).read(URI.create(url))).isEmpty();
        assertThat(http.asked()).isEmpty();
    }

    @Test
    void a_page_of_exactly_the_cap_is_read() {
        byte[] page = bytes(HTML + " ".repeat(LinkCards.MOST_BYTES - HTML.length() - 2), StandardCharsets.UTF_8);
        assertThat(page).hasSize(LinkCards.MOST_BYTES);
        assertThat(new LinkCards(new OnePage(answer(200, "text/html", page))).read(PAGE))
                .isPresent();
    }
}
