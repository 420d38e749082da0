package org.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tocsin.http.HttpResult.Answer;

class RetryAfterTest {
    /** 784111777 s after 1970: the example of RFC 9110. */
    private static final Instant NOW = Instant.parse("1994-11-06T08:49:37Z");

    private static final Instant MODERN = Instant.parse("2026-11-23T12:00:00Z");

    @ParameterizedTest(name = "{0}: {1} → {2}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "retry-after | 120 | PT2M",
                "retry-after | 0 | PT1S",
                "retry-after | 1.5 | PT1.5S",
                "retry-after | 0.0004 | PT1S",
                "retry-after | 86400 | PT24H",
                "retry-after | 86401 | PT24H",
                "retry-after | 1000000000 | PT24H",
                "retry-after | 999999999999999999 | PT24H",
                "retry-after | Sun, 06 Nov 1994 08:50:37 GMT | PT1M",
                "retry-after | Sunday, 06-Nov-94 08:50:37 GMT | PT1M",
                "retry-after | Sun Nov  6 08:50:37 1994 | PT1M",
                "retry-after | Sun, 06 Nov 1994 08:49:36 GMT | PT1S",
                "retry-after | Thu, 01 Jan 1970 00:00:00 GMT | PT1S",
                "retry-after | Fri, 31 Dec 9999 23:59:59 GMT | PT24H",
                "retry-after | -1 | -",
                "retry-after | soon | -",
                "retry-after | 9999999999999999999999 | -",
                "retry-after | 1e9 | -",
                "retry-after | 12,3 | -",
                "retry-after | Sun, 31 Feb 1994 99:00:00 GMT | -",
                "ratelimit-reset | 30 | PT30S",
                "ratelimit-reset | 0 | -",
                "x-ratelimit-reset-after | 1.25 | PT1.25S",
                "x-ratelimit-reset | garbage | -",
                "x-nothing | 30 | -",
            })
    void a_wait_is_read_and_kept_within_bounds(String header, String value, Duration expected) {
        assertThat(read(NOW, Map.of(header, List.of(value)))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {1} → {2}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "x-rate-limit-reset | 1795435260 | PT1M",
                "ratelimit-reset | 1795435200.5 | PT1S",
                "x-ratelimit-reset | 1795435290000 | PT1M30S",
                "x-ratelimit-reset | 2026-11-23T12:05:00.000Z | PT5M",
                "x-ratelimit-reset | 2026-11-23T13:05:00+01:00 | PT5M",
                "x-rate-limit-reset | 1795435199 | -",
                "x-rate-limit-reset | 1000000000 | -",
                "x-ratelimit-reset | 2026-11-23T11:59:59Z | -",
                "x-rate-limit-reset | 99999999999 | PT24H",
            })
    void an_instant_at_which_a_limit_is_lifted_is_read_and_one_in_the_past_is_none(
            String header, String value, Duration expected) {
        assertThat(read(MODERN, Map.of(header, List.of(value)))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"5, 5", "nonsense, 40"})
    void retry_after_comes_before_all_others_where_it_can_be_read(String retryAfter, long seconds) {
        Map<String, List<String>> headers =
                Map.of("retry-after", List.of(retryAfter), "ratelimit-reset", List.of("40"));
        assertThat(read(NOW, headers)).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(new RetryAfter(Clock.fixed(NOW, ZoneOffset.UTC)).until(new Answer(429, headers, new byte[0])))
                .contains(NOW.plusSeconds(seconds));
    }

    private static Duration read(Instant now, Map<String, List<String>> headers) {
        return new RetryAfter(Clock.fixed(now, ZoneOffset.UTC))
                .delay(new Answer(429, headers, new byte[0]))
                .orElse(null);
    }
}
