package org.tocsin.http;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tocsin.http.HttpResult.Answer;

/**
 * How long an answer asks to wait: {@code Retry-After} (RFC 9110, section 10.2.3) first, else the moment at which a limit is lifted. The
 * latter is written in many ways: seconds since 1970 (X, Bluesky), ISO 8601 (Mastodon), seconds from now
 * (draft-ietf-httpapi-ratelimit-headers, Discord's {@code -after}).
 */
public final class RetryAfter {
    /** Nobody is asked again sooner, whatever they say. */
    public static final Duration MIN = Duration.ofSeconds(1);
    /** Nobody is left alone for longer, whatever they say. */
    public static final Duration MAX = Duration.ofHours(24);

    private static final List<String> RESETS =
            List.of("x-ratelimit-reset-after", "ratelimit-reset", "x-ratelimit-reset", "x-rate-limit-reset");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}(\\.[0-9]{1,9})?");
    /** Less is a number of seconds from now: as an instant it would be before September 2001. */
    private static final BigDecimal FIRST_EPOCH = BigDecimal.valueOf(1_000_000_000L);
    /** More is milliseconds: as seconds it would be after the year 5000. */
    private static final BigDecimal FIRST_MILLIS = BigDecimal.valueOf(100_000_000_000L);

    private final Clock clock;
    private final HttpDates dates;

    /** @param clock tells now */
    public RetryAfter(Clock clock) {
        this.clock = clock;
        this.dates = new HttpDates(clock);
    }

    /**
     * @param answer one that refuses for now, such as 429 or 503
     * @return the wait, from {@link #MIN} to {@link #MAX}; a {@code Retry-After} of 0 or in the past is {@link #MIN}. Empty where nothing
     *     that can be read is said, or a limit is said to have been lifted already: then the caller backs off by its own rule, never less
     *     than 5 s
     */
    public Optional<Duration> delay(Answer answer) {
        return answer.header("retry-after")
                .flatMap(this::retryAfter)
                .or(() -> RESETS.stream()
                        .flatMap(name -> answer.header(name).stream())
                        .flatMap(value -> reset(value.strip()).stream())
                        .filter(Duration::isPositive)
                        .findFirst())
                .map(RetryAfter::clamped);
    }

    /** As {@link #delay}, as an instant. */
    public Optional<Instant> until(Answer answer) {
        return delay(answer).map(clock.instant()::plus);
    }

    /** @return what {@code Retry-After} alone asks for: in the answer of a server that fails, a rate that is not used up says nothing */
    public Optional<Instant> asked(Answer answer) {
        return answer.header("retry-after")
                .flatMap(this::retryAfter)
                .map(RetryAfter::clamped)
                .map(clock.instant()::plus);
    }

    private Optional<Duration> retryAfter(String value) {
        return seconds(value.strip())
                .map(RetryAfter::duration)
                .or(() -> dates.parse(value).map(this::fromNow));
    }

    private Optional<Duration> reset(String value) {
        Optional<BigDecimal> number = seconds(value);
        if (number.isEmpty()) {
            return iso(value).or(() -> dates.parse(value)).map(this::fromNow);
        }
        BigDecimal read = number.get();
        if (read.compareTo(FIRST_EPOCH) < 0) {
            return Optional.of(duration(read));
        }
        BigDecimal epoch = read.compareTo(FIRST_MILLIS) < 0 ? read : read.movePointLeft(3);
        return Optional.of(duration(epoch.subtract(BigDecimal.valueOf(clock.millis(), 3))));
    }

    private static Optional<BigDecimal> seconds(String value) {
        return NUMBER.matcher(value).matches() ? Optional.of(new BigDecimal(value)) : Optional.empty();
    }

    private static Optional<Instant> iso(String value) {
        try {
            return Optional.of(OffsetDateTime.parse(value).toInstant());
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    /** Rounded up, so that nobody is asked a moment too soon. */
    private static Duration duration(BigDecimal seconds) {
        BigDecimal capped = seconds.min(BigDecimal.valueOf(MAX.toSeconds()));
        return Duration.ofMillis(
                capped.movePointRight(3).setScale(0, RoundingMode.CEILING).longValueExact());
    }

    private Duration fromNow(Instant then) {
        return Duration.between(clock.instant(), then);
    }

    private static Duration clamped(Duration wait) {
        return wait.compareTo(MIN) < 0 ? MIN : wait.compareTo(MAX) > 0 ? MAX : wait;
    }
}
