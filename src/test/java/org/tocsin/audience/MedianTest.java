package org.tocsin.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MedianTest {
    private static List<Double> upTo(int n) {
        return IntStream.rangeClosed(1, n).mapToObj(i -> (double) i).toList();
    }

    @Test
    void too_few_have_no_interval() {
        assertThat(Median.of(upTo(5))).isEmpty();
        assertThat(Median.rank(5)).isZero();
        assertThat(Median.of(List.of())).isEmpty();
    }

    /** The ranks of the usual tables of the sign test for 95 %, such as W. J. Conover's. */
    @Test
    void the_ranks_are_those_of_the_tables() {
        assertThat(List.of(6, 8, 9, 10, 12, 15, 20, 25, 30, 50, 100).stream().map(Median::rank))
                .containsExactly(1, 1, 2, 2, 3, 4, 6, 8, 10, 18, 40);
        assertThat(Median.of(upTo(6))).contains(new Median(3.5, 1, 6, 6));
        assertThat(Median.of(upTo(9))).contains(new Median(5, 2, 8, 9));
    }

    @Test
    void it_holds_for_very_many() {
        // n/2 - 1.96 sqrt(n)/2
        assertThat((double) Median.rank(20_000)).isCloseTo(9861, within(3.0));
    }

    @Test
    void ninety_five_of_a_hundred_intervals_hold_the_true_median() {
        Random random = new Random(1905);
        int held = 0;
        for (int i = 0; i < 4000; i++) {
            List<Double> seen = new ArrayList<>();
            for (int j = 0; j < 12; j++) {
                // Skewed as answers are: most get little, a few very much. The true median is ln 2.
                seen.add(-Math.log(random.nextDouble()));
            }
            Median median = Median.of(seen).orElseThrow();
            if (median.low() <= Math.log(2) && Math.log(2) <= median.high()) {
                held++;
            }
        }
        assertThat(held / 4000.0).isBetween(0.95, 0.97);
    }

    @Property
    void the_value_lies_in_the_interval_and_the_order_does_not_matter(
            @ForAll @Size(min = 6, max = 60) List<@DoubleRange(min = 0, max = 1e6) Double> seen,
            @ForAll @IntRange(min = 0, max = 1000) int seed) {
        Median median = Median.of(seen).orElseThrow();
        assertThat(median.value()).isBetween(median.low(), median.high());
        List<Double> other = new ArrayList<>(seen);
        Collections.shuffle(other, new Random(seed));
        assertThat(Median.of(other)).contains(median);
    }
}
