package org.tocsin.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.tocsin.audience.AudienceSnapshot.Origin;

class GrowthTest {
    private static final LocalDate DAY = LocalDate.of(2026, 12, 1);

    private static AudienceSnapshot on(int day, long followers) {
        return new AudienceSnapshot("one", DAY.plusDays(day), Instant.EPOCH, followers, Origin.MEASURED);
    }

    private static Period days(int from, int to) {
        return new Period(DAY.plusDays(from), DAY.plusDays(to));
    }

    private static Optional<Growth> growth(Period period, AudienceSnapshot... figures) {
        return Growth.of(List.of(figures), period);
    }

    @Test
    void it_goes_from_the_first_day_to_the_last() {
        Growth growth = growth(days(0, 2), on(-1, 90), on(0, 100), on(1, 99), on(2, 112), on(3, 200))
                .orElseThrow();
        assertThat(growth).isEqualTo(new Growth(on(0, 100), on(2, 112)));
        assertThat(growth.net()).isEqualTo(12);
        assertThat(growth.percent()).hasValue(12);
    }

    @Test
    void a_gap_at_its_beginning_is_bridged_by_a_figure_that_is_known_and_named() {
        assertThat(growth(days(0, 2), on(-3, 90), on(2, 112))).contains(new Growth(on(-3, 90), on(2, 112)));
        assertThat(growth(days(0, 2), on(1, 100), on(2, 112))).contains(new Growth(on(1, 100), on(2, 112)));
        assertThat(growth(days(0, 9), on(0, 100), on(2, 112), on(10, 300)))
                .as("a gap at its end")
                .contains(new Growth(on(0, 100), on(2, 112)));
    }

    @Test
    void what_is_not_known_is_no_growth() {
        assertThat(growth(days(0, 2))).isEmpty();
        assertThat(growth(days(0, 2), on(1, 100))).as("one figure alone").isEmpty();
        assertThat(growth(days(0, 2), on(-1, 100), on(0, 100)))
                .as("nothing in the period")
                .isEmpty();
        assertThat(growth(days(0, 2), on(3, 100), on(4, 200))).isEmpty();
    }

    @Test
    void of_nobody_there_is_no_part() {
        Growth growth = new Growth(on(0, 0), on(1, 5));
        assertThat(growth.net()).isEqualTo(5);
        assertThat(growth.percent()).isEmpty();
        assertThat(new Growth(on(0, 100), on(1, 90)).percent()).hasValue(-10);
    }

    @Test
    void the_period_before_is_as_long_and_ends_where_this_one_begins() {
        assertThat(days(0, 7).before()).isEqualTo(days(-7, 0));
        assertThat(Period.last(30, DAY).days()).isEqualTo(30);
        assertThatThrownBy(() -> days(1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Where something is known from before both, no growth is lost between them and none is counted twice. */
    @Property
    void growths_of_periods_that_follow_each_other_add_up(
            @ForAll @Size(max = 20) Map<@IntRange(min = 0, max = 30) Integer, @IntRange(max = 1000) Integer> figures,
            @ForAll @IntRange(max = 14) int middle) {
        TreeMap<Integer, Integer> byDay = new TreeMap<>(figures);
        byDay.put(0, 500);
        List<AudienceSnapshot> ordered = byDay.entrySet().stream()
                .map(entry -> on(entry.getKey(), entry.getValue()))
                .toList();
        long first = net(ordered, days(0, middle + 1));
        long second = net(ordered, days(middle + 1, 30));
        assertThat(first + second).isEqualTo(net(ordered, days(0, 30)));
    }

    private static long net(List<AudienceSnapshot> ordered, Period period) {
        return Growth.of(ordered, period).map(Growth::net).orElse(0L);
    }
}
