package org.tocsin.audience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.tocsin.audience.BestHours.Seen;

class BestHoursTest {
    /** A Monday. */
    private static final LocalDateTime MONDAY = LocalDateTime.parse("2026-11-30T00:00:00");

    private static void add(List<Seen> seen, String channel, int count, int hour, double engagement) {
        for (int i = 0; i < count; i++) {
            seen.add(new Seen(
                    channel + hour + "-" + i, channel, MONDAY.plusDays(i % 7).plusHours(hour), engagement));
        }
    }

    @Test
    void nothing_is_said_of_nothing() {
        BestHours hours = BestHours.of(List.of());
        assertThat(hours.hours())
                .hasSize(8)
                .allSatisfy(slot -> assertThat(slot.ratio()).isEmpty());
        assertThat(hours.weekdays()).hasSize(7);
        assertThat(hours.posts()).isZero();
    }

    @Test
    void an_hour_with_twice_the_usual_says_so() {
        List<Seen> seen = new ArrayList<>();
        add(seen, "one", 10, 9, 10);
        add(seen, "one", 7, 18, 20);
        BestHours hours = BestHours.of(seen);
        assertThat(hours.hours().get(6).ratio()).contains(new Median(2, 2, 2, 7));
        assertThat(hours.hours().get(3).ratio()).contains(new Median(1, 1, 1, 10));
        assertThat(hours.weekdays().getFirst().posts()).isEqualTo(3);
        assertThat(hours.weekdays().getFirst().ratio()).as("too few to say").isEmpty();
    }

    @Test
    void a_big_channel_does_not_decide() {
        List<Seen> seen = new ArrayList<>();
        add(seen, "small", 6, 9, 4);
        add(seen, "small", 7, 18, 2);
        add(seen, "big", 6, 18, 5000);
        BestHours hours = BestHours.of(seen);
        assertThat(hours.hours().get(3).ratio().orElseThrow().value()).isEqualTo(2);
        assertThat(hours.hours().get(6).ratio().orElseThrow().value()).isEqualTo(1);
    }

    @Test
    void one_post_on_three_channels_is_one_observation() {
        List<Seen> seen = new ArrayList<>();
        for (String channel : List.of("a", "b", "c")) {
            for (int i = 0; i < 6; i++) {
                seen.add(new Seen("post" + i, channel, MONDAY.plusDays(i).plusHours(9), 10));
            }
        }
        BestHours hours = BestHours.of(seen);
        assertThat(hours.posts()).isEqualTo(6);
        assertThat(hours.hours().get(3).posts()).isEqualTo(6);
    }

    @Test
    void channels_for_which_nothing_is_usual_are_left_out() {
        List<Seen> seen = new ArrayList<>();
        add(seen, "new", 5, 9, 10);
        add(seen, "silent", 8, 9, 0);
        BestHours hours = BestHours.of(seen);
        assertThat(hours.posts()).isZero();
        assertThat(hours.leftOut()).isEqualTo(13);
    }

    @Property
    void every_post_is_in_one_part_of_the_day_and_on_one_weekday(
            @ForAll List<@IntRange(min = 0, max = 10_000) Integer> hours) {
        List<Seen> seen = new ArrayList<>();
        for (int hour : hours) {
            seen.add(new Seen("p" + seen.size(), "one", MONDAY.plusHours(hour), 1 + hour % 5));
        }
        BestHours best = BestHours.of(seen);
        assertThat(best.hours().stream().mapToInt(BestHours.Slot::posts).sum()).isEqualTo(best.posts());
        assertThat(best.weekdays().stream().mapToInt(BestHours.Slot::posts).sum())
                .isEqualTo(best.posts());
        assertThat(best.posts() + best.leftOut()).isEqualTo(seen.size());
    }
}
