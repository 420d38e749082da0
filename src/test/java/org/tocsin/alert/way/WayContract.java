package org.tocsin.alert.way;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.alert.way.ScriptedHttp.answer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.base.Secret;
import org.tocsin.http.HttpFailure;
import org.tocsin.http.HttpRequest;
import org.tocsin.http.HttpResult;
import org.tocsin.network.TestClock;
import org.tocsin.recipient.Way;
import org.tocsin.recipient.WayKind;

/** What every way over HTTP keeps: outcomes by the status, one request for each sending, the same request again, and texts that are texts. */
abstract class WayContract {
    static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    final TestClock clock = new TestClock(NOW);
    final ScriptedHttp http = new ScriptedHttp();

    abstract WayKind kind();

    abstract Map<String, String> given();

    /** Where the text that a person sees stands in the body. */
    abstract String shown(JsonNode body);

    /** What must not stand in it, whatever was said. */
    abstract List<String> commands();

    private WayOut out() {
        return WaysOut.of(
                        http,
                        clock,
                        id -> id.equals("c1")
                                ? Optional.of(new TelegramBot("https://tg.example.org", Secret.of("1:token-of-bot")))
                                : Optional.empty())
                .getOrDefault(kind(), (way, letter, id) -> new Sent.Taken());
    }

    private Way way() {
        Map<String, String> settings = new TreeMap<>(given());
        Map<String, Secret> secrets = new TreeMap<>();
        kind().secrets().forEach(name -> secrets.put(name, Secret.of(given().getOrDefault(name, ""))));
        settings.keySet().retainAll(kind().settings());
        return new Way("w", "r", kind(), settings, secrets, NOW, Way.Health.UNTRIED);
    }

    static Letter letter(String title, String text, String url) {
        return new Letter(
                title,
                List.of(new Letter.Line(text, url)),
                "https://desk.example.org/desk/alerts/1",
                "Voir",
                "alert",
                "1");
    }

    Sent send(String id) {
        return out().send(way(), letter("Alerte : piscine", "La piscine ferme", "https://ex.fr/a?b=1&c=2"), id);
    }

    JsonNode sent(Letter letter) {
        out().send(way(), letter, "id-1");
        try {
            return JSON.readTree(http.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void what_is_taken_was_sent_in_one_request_and_says_what_and_where() {
        assertThat(send("id-1")).isEqualTo(new Sent.Taken());
        assertThat(http.got()).hasSize(1);
        assertThat(http.body())
                .contains("piscine")
                .contains("https://ex.fr/a?b=1")
                .contains("/desk/alerts/1");
        assertThat(http.got().getFirst().deadline()).isLessThanOrEqualTo(Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410, 302})
    void what_is_refused_is_refused_for_good(int status) {
        http.next(answer(status, "<html>"));
        assertThat(send("id-1")).isInstanceOf(Sent.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 500, 502, 503, 504})
    void a_server_that_fails_is_tried_again(int status) {
        http.next(answer(status, ""));
        assertThat(send("id-1")).isInstanceOf(Sent.Later.class);
    }

    @Test
    void too_much_waits_for_as_long_as_is_asked() {
        http.next(answer(429, "{}", "retry-after", "90"));
        assertThat(send("id-1"))
                .isInstanceOfSatisfying(
                        Sent.Later.class, later -> assertThat(later.delay()).isEqualTo(Duration.ofSeconds(90)));
    }

    @Test
    void a_maintenance_that_says_its_end_is_waited_for() {
        http.next(answer(503, "", "retry-after", "120"));
        assertThat(send("id-1"))
                .isInstanceOfSatisfying(
                        Sent.Later.class, later -> assertThat(later.delay()).isEqualTo(Duration.ofMinutes(2)));
    }

    @Test
    void silence_is_followed_by_the_same_request_with_the_same_id() {
        http.next(ScriptedHttp.SILENCE);
        assertThat(send("id-1")).isInstanceOf(Sent.Unknown.class);
        clock.move(Duration.ofSeconds(30));
        assertThat(send("id-1")).isEqualTo(new Sent.Taken());
        HttpRequest first = http.got().getFirst();
        HttpRequest second = http.got().getLast();
        assertThat(second.url()).isEqualTo(first.url());
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().get("webhook-id")).isEqualTo(first.headers().get("webhook-id"));
    }

    @Test
    void an_address_that_is_not_called_is_refused_for_good() {
        http.next(new HttpResult.NotSent(new HttpFailure(HttpFailure.Kind.ADDRESS_REFUSED, "private")));
        assertThat(send("id-1")).isInstanceOf(Sent.Refused.class);
    }

    @Test
    void no_failure_tells_a_secret() {
        http.next(answer(401, "no"));
        String said = String.valueOf(send("id-1")) + http.got() + way();
        kind().secrets().forEach(name -> assertThat(said).doesNotContain(given().getOrDefault(name, "?")));
        assertThat(said).doesNotContain("token-of-bot");
    }

    @Test
    void what_strangers_write_stays_text() {
        String hostile =
                "<!channel> @everyone <@U1> <script>alert(1)</script> [x](https://evil.example) **b**\r\nBcc: a@b.c"
                        + " \u202Egnp.exe\u202C <https://evil.example|click> \u0000";
        String seen = shown(sent(letter(hostile, hostile, "javascript:alert(1)")));
        assertThat(seen).doesNotContain("javascript:", "\u202E", "\u202C", "\u0000", "\r");
        commands().forEach(command -> assertThat(seen).doesNotContain(command));
        // The title and the text are a line each, whatever ends of lines they hold.
        assertThat(seen.lines().filter(line -> line.startsWith("Bcc")).toList()).isEmpty();
    }

    @Test
    void words_from_right_to_left_turn_nothing_beside_them() {
        String seen = shown(sent(
                letter("Alerte : \u05e9\u05dc\u05d5\u05dd", "\u0645\u0631\u062d\u0628\u0627 12", "https://ex.fr/")));
        assertThat(seen).contains("\u2068").contains("\u2069");
    }
}
