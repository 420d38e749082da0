package org.tocsin.network.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tocsin.network.TestClock;

class TidsTest {
    @Test
    void identifiers_are_valid_and_grow_though_the_clock_stands_or_is_set_back() {
        TestClock clock = new TestClock(Instant.parse("2026-11-23T10:00:00Z"));
        Tids tids = new Tids(clock);
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            if (i == 500) {
                clock.move(Duration.ofHours(-1));
            }
            made.add(tids.next());
        }
        assertThat(made).allMatch(Tids::isTid).isSorted().doesNotHaveDuplicates();
        // 2026-11-23T10:00:00Z in microseconds, as the specification writes it
        assertThat(made.getFirst()).startsWith(expected(clock.instant().plus(Duration.ofHours(1))));
    }

    private static String expected(Instant at) {
        String alphabet = "234567abcdefghijklmnopqrstuvwxyz";
        long micros = at.toEpochMilli() * 1000;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 11; i++) {
            text.insert(0, alphabet.charAt((int) (micros % 32)));
            micros /= 32;
        }
        return text.toString();
    }
}
