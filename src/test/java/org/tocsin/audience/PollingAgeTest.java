package org.tocsin.audience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class PollingAgeTest {
    private static final Instant PUBLISHED = Instant.parse("2026-12-01T17:30:00Z");

    private static List<Duration> from(Duration age) {
        List<Duration> ages = new ArrayList<>();
        for (Optional<Instant> next = PollingAge.next(PUBLISHED, PUBLISHED.plus(age));
                next.isPresent();
                next = PollingAge.next(PUBLISHED, next.get())) {
            ages.add(Duration.between(PUBLISHED, next.get()));
        }
        return ages;
    }

    @Test
    void it_is_dense_at_first_then_daily_then_weekly_and_ends_after_thirty_days() {
        assertThat(from(Duration.ZERO).stream().map(Duration::toString))
                .containsExactly(
                        "PT10M", "PT30M", "PT1H", "PT2H", "PT4H", "PT8H", "PT16H", "PT24H", "PT48H", "PT72H", "PT96H",
                        "PT120H", "PT144H", "PT168H", "PT336H", "PT504H", "PT672H", "PT720H");
    }

    @Test
    void a_daemon_that_was_off_takes_one_reading_and_goes_on() {
        Instant back = PUBLISHED.plus(Duration.ofDays(3)).plus(Duration.ofHours(5));
        assertThat(PollingAge.next(PUBLISHED, back)).contains(PUBLISHED.plus(Duration.ofDays(4)));
    }

    @Test
    void a_post_dated_in_the_future_waits_for_its_first_age() {
        assertThat(PollingAge.next(PUBLISHED, PUBLISHED.minusSeconds(3600))).contains(PUBLISHED.plus(PollingAge.FIRST));
    }

    @Test
    void it_is_over_a_day_after_the_last() {
        assertThat(PollingAge.over(PUBLISHED, PUBLISHED.plus(Duration.ofDays(30).plusHours(2))))
                .isFalse();
        assertThat(PollingAge.over(PUBLISHED, PUBLISHED.plus(Duration.ofDays(31).plusSeconds(1))))
                .isTrue();
    }

    @Property
    void the_next_is_always_later_and_never_past_the_end(@ForAll @LongRange(min = -1_000_000, max = 4_000_000) long s) {
        Instant read = PUBLISHED.plusSeconds(s);
        PollingAge.next(PUBLISHED, read)
                .ifPresentOrElse(
                        next -> assertThat(next).isAfter(read).isBeforeOrEqualTo(PUBLISHED.plus(PollingAge.LAST)),
                        () -> assertThat(read).isAfterOrEqualTo(PUBLISHED.plus(PollingAge.LAST)));
    }
}
