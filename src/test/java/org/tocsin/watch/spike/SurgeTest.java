package org.tocsin.watch.spike;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Series that were made with a known rate and a known seed. */
class SurgeTest {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final Instant START = Instant.parse("2026-09-07T00:00:00Z");
    private static final Duration BUCKET = Baseline.BUCKET;

    private final NavigableMap<Long, Integer> counts = new TreeMap<>();

    private static long bucket(Instant at) {
        return at.getEpochSecond() / BUCKET.toSeconds();
    }

    private void make(int days, long seed, ToDoubleFunction<ZonedDateTime> perHour) {
        Random random = new Random(seed);
        for (Instant at = START; at.isBefore(START.plus(Duration.ofDays(days))); at = at.plus(BUCKET)) {
            int n = poisson(random, perHour.applyAsDouble(at.atZone(PARIS)) / 12);
            if (n > 0) {
                counts.put(bucket(at), n);
            }
        }
    }

    private static int poisson(Random random, double mean) {
        double left = Math.exp(-mean);
        int n = -1;
        for (double product = 1; product > left; n++) {
            product *= random.nextDouble();
        }
        return n;
    }

    /** Each story is told by somebody else. */
    private Surge.Count count(Instant now, Duration window) {
        int stories = counts.subMap(bucket(now.minus(window)), bucket(now)).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        return new Surge.Count(stories, stories);
    }

    private Baseline usual(Instant now) {
        Instant until = now.minus(Duration.ofHours(1));
        Instant back = until.minus(Baseline.LOOK_BACK);
        Instant from = back.isBefore(START) ? START : back;
        return Baseline.of(counts.subMap(bucket(from), true, bucket(until), false), from, until, List.of(), PARIS);
    }

    private boolean begins(Instant now) {
        return Surge.look(usual(now), now, window -> count(now, window))
                .filter(Surge.Found::begins)
                .isPresent();
    }

    /** How many episodes begin between two days; one that goes on begins once. */
    private int episodes(int from, int to) {
        int episodes = 0;
        Instant high = Instant.MIN;
        Baseline usual = usual(START.plus(Duration.ofDays(from)));
        Instant end = START.plus(Duration.ofDays(to));
        for (Instant now = START.plus(Duration.ofDays(from)); now.isBefore(end); now = now.plus(BUCKET)) {
            if (now.getEpochSecond() % Duration.ofHours(6).toSeconds() == 0) {
                usual = usual(now);
            }
            Instant at = now;
            Surge.Found found =
                    Surge.look(usual, now, window -> count(at, window)).orElseThrow();
            boolean open = high.plus(Duration.ofHours(1)).isAfter(now);
            if (found.begins() && !open) {
                episodes++;
            }
            if (open ? found.goesOn() : found.begins()) {
                high = now;
            }
        }
        return episodes;
    }

    /** Measured with this seed in a year: 0 episodes at 0.5 stories an hour, 2 at 2, 1 at 12, 8 at 40. 105,120 looks at 1e-4 would be 10. */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 2, 12, 40})
    void what_never_changes_rings_ten_times_a_year_at_most(double perHour) {
        make(28 + 365, 7, time -> perHour);
        int alarms = episodes(28, 28 + 365);
        assertThat(alarms).isLessThanOrEqualTo(10);
    }

    @Test
    void a_day_that_is_busy_and_a_night_that_is_still_ring_nothing_by_themselves() {
        make(28 + 90, 3, time -> time.getHour() >= 8 && time.getHour() < 20 ? 20 : 1);
        int alarms = episodes(28, 28 + 90);
        assertThat(alarms).isLessThanOrEqualTo(3);
    }

    @Test
    void a_burst_of_minutes_rings_at_once() {
        make(30, 5, time -> 2);
        Instant now = START.plus(Duration.ofDays(29));
        assertThat(begins(now)).isFalse();
        counts.merge(bucket(now.minus(BUCKET)), 6, Integer::sum);
        assertThat(begins(now)).isTrue();
        assertThat(begins(now.plus(Duration.ofHours(2)))).isFalse();
    }

    @Test
    void a_slow_rise_rings_within_the_hour() {
        make(30, 5, time -> 2);
        Instant now = START.plus(Duration.ofDays(29));
        for (int i = 1; i <= 12; i++) {
            counts.merge(bucket(now.minus(BUCKET.multipliedBy(i))), 1, Integer::sum);
        }
        assertThat(begins(now)).isTrue();
    }

    @Test
    void what_is_usual_at_noon_is_not_at_night() {
        make(30, 5, time -> time.getHour() >= 8 && time.getHour() < 20 ? 30 : 0.2);
        Instant noon = START.plus(Duration.ofDays(28)).plus(Duration.ofHours(10));
        Instant night = START.plus(Duration.ofDays(28)).plus(Duration.ofHours(1));
        for (int i = 1; i <= 12; i++) {
            counts.put(bucket(noon.minus(BUCKET.multipliedBy(i))), 3);
            counts.put(bucket(night.minus(BUCKET.multipliedBy(i))), 3);
        }
        assertThat(begins(noon)).isFalse();
        assertThat(begins(night)).isTrue();
    }

    @Test
    void few_stories_or_few_authors_are_no_matter() {
        make(30, 5, time -> 0.01);
        Instant now = START.plus(Duration.ofDays(29));
        Baseline usual = usual(now);
        assertThat(Surge.look(usual, now, window -> new Surge.Count(5, 3))
                        .orElseThrow()
                        .begins())
                .isTrue();
        assertThat(Surge.look(usual, now, window -> new Surge.Count(4, 4))
                        .orElseThrow()
                        .begins())
                .isFalse();
        assertThat(Surge.look(usual, now, window -> new Surge.Count(50, 2))
                        .orElseThrow()
                        .begins())
                .isFalse();
    }

    @Test
    void a_holiday_is_taken_for_a_sunday() {
        make(80, 5, time -> time.getDayOfWeek() == DayOfWeek.SUNDAY ? 1 : 30);
        // 11 November 2026 is a Wednesday.
        Instant noon = Instant.parse("2026-11-11T11:00:00Z");
        assertThat(usual(noon).between(noon, noon.plus(Duration.ofHours(1))).mean())
                .isLessThan(10);
        Instant next = noon.plus(Duration.ofDays(1));
        assertThat(usual(next).between(next, next.plus(Duration.ofHours(1))).mean())
                .isGreaterThan(15);
    }

    @Test
    void before_a_week_was_heard_nothing_is_known() {
        make(8, 5, time -> 2);
        assertThat(usual(START.plus(Duration.ofDays(6))).known()).isFalse();
        assertThat(usual(START.plus(Duration.ofDays(7)).plus(Duration.ofHours(2)))
                        .known())
                .isTrue();
    }

    @Test
    void a_silence_is_the_less_likely_the_longer_it_is_and_the_busier_its_hours_are() {
        make(28, 5, time -> time.getHour() >= 8 && time.getHour() < 20 ? 4 : 0.1);
        Instant night = START.plus(Duration.ofDays(28)).minus(Duration.ofHours(3));
        Baseline usual = usual(night);
        assertThat(usual.silent(night, night.plus(Duration.ofHours(8)))).isGreaterThan(Surge.UNLIKELY);
        assertThat(usual.silent(night, night.plus(Duration.ofHours(13)))).isLessThan(Surge.UNLIKELY);
    }
}
