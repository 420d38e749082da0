package org.tocsin.audience;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * At which ages a post is asked about: often while people answer it, then less and less. A reading that was missed is not made up for: the
 * next one is taken at once, and after it the schedule goes on from the age that the post has by then.
 */
public final class PollingAge {
    /** The first reading. */
    public static final Duration FIRST = Duration.ofMinutes(10);

    /** The last reading. */
    public static final Duration LAST = Duration.ofDays(30);

    private static final List<Duration> AGES = Stream.of(
                    Stream.of(FIRST, Duration.ofMinutes(30)),
                    IntStream.of(1, 2, 4, 8, 16).mapToObj(Duration::ofHours),
                    IntStream.rangeClosed(1, 7).mapToObj(Duration::ofDays),
                    IntStream.of(14, 21, 28).mapToObj(Duration::ofDays),
                    Stream.of(LAST))
            .flatMap(part -> part)
            .toList();

    private PollingAge() {}

    /** @return all of them, ascending */
    public static List<Duration> ages() {
        return AGES;
    }

    /**
     * @param published when the post went out
     * @param read      when it was read last
     * @return when it is read next, always later than {@code read}; empty where that was the last time
     */
    public static Optional<Instant> next(Instant published, Instant read) {
        return AGES.stream().map(published::plus).filter(read::isBefore).findFirst();
    }

    /** @return whether a post is too old to be read at all: a day past the last age, for a daemon that was off at the last reading */
    public static boolean over(Instant published, Instant now) {
        return now.isAfter(published.plus(LAST).plus(Duration.ofDays(1)));
    }
}
